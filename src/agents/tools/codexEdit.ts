import { resolve } from 'node:path';
import { type Effect, pathAt, written } from '../reading/effect.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { type FilePatch, filesOf } from './codexPatch.ts';

/** A patch that a call was to apply, and the folder that its paths start from, where the call names one. */
export interface AskedPatch {
  readonly patch: string;
  readonly folder?: string;
}

/**
 * The patch in a tool call: of `apply_patch` itself (its input or `{patch | input}`), or of a shell command that is
 * nothing else than `apply_patch` with the patch as its document or argument. Other shell commands are not read.
 */
export function patchIn(call: Fields): AskedPatch | undefined {
  const name = text(call.name);
  const args = fields(call.arguments) ?? fields(call.action) ?? parsed(text(call.arguments)) ?? {};
  const folder = text(args.workdir) ?? text(args.working_directory);
  const at = folder === undefined ? {} : { folder };
  if (name === 'apply_patch') {
    const patch = text(call.input) ?? text(args.patch) ?? text(args.input);
    return patch === undefined ? undefined : { patch, ...at };
  }
  const words = list(args.command ?? args.cmd).map(text);
  const command = text(args.command) ?? text(args.cmd) ?? words.at(-1);
  if (command === undefined) return undefined;
  const [program] = words;
  if ((program === 'apply_patch' || program === 'applypatch') && words.length === 2) return { patch: command, ...at };
  const [, , quoted, plain, rest] = shellPatch.exec(command) ?? [];
  if (rest === undefined) return undefined;
  const moved = quoted ?? plain;
  return { patch: rest, ...(moved === undefined ? at : { folder: folder ? resolve(folder, moved) : moved }) };
}

/** `cd FOLDER && apply_patch <<'EOF' … EOF` and nothing behind it. */
const shellPatch =
  /^\s*(?:cd\s+(?:(['"])([^'"\n]+)\1|([^\s'"&;|]+))\s*&&\s*)?(?:apply_patch|applypatch)\s+<<-?[^\S\n]*['"]?\w+['"]?[^\S\n]*\n([\s\S]*\n\*\*\* End Patch)[^\S\n]*\n\w+\s*$/;

function parsed(json: string | undefined): Fields | undefined {
  try {
    return json === undefined ? undefined : fields(JSON.parse(json));
  } catch (error) {
    // Arguments that a model wrote wrongly: the tool refused the call.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What a patch asked for did, if it was applied; undefined: it is malformed. */
export function effectsOfPatch({ patch, folder: own }: AskedPatch, folder: string | undefined): Effect[] | undefined {
  const base = own === undefined || folder === undefined ? (own ?? folder) : resolve(folder, own);
  return filesOf(patch)
    ?.map(file => ({ name: pathAt(base, file.kind === 'update' ? (file.to ?? file.file) : file.file), file }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .flatMap(({ name, file }) => effectsIn(name, file));
}

function effectsIn(name: string, file: FilePatch): Effect[] {
  switch (file.kind) {
    case 'add':
      return [written(name, file.text)];
    case 'delete':
      return [{ file: name }];
    case 'update':
      return file.places.map(place => ({ file: name, replaced: { old: place.old, new: place.new, all: false } }));
  }
}

/**
 * What was done, as the tool itself says behind it: `changes` by path, each `add` or `delete` with its content or
 * `update` with a unified diff and perhaps a new path. In the order of the paths, since the record's is by chance.
 */
export function effectsOfChanges(changes: unknown, folder: string | undefined): Effect[] {
  const named = Object.entries(fields(changes) ?? {}).map(([path, value]) => {
    const change = changeIn(fields(value));
    return { name: pathAt(folder, text(change.move_path) || path), change };
  });
  named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return named.flatMap(({ name, change }): Effect[] => {
    const content = text(change.content);
    if (change.type === 'add') return content === undefined ? [] : [written(name, content)];
    if (change.type === 'delete') return [{ file: name, ...(content === undefined ? {} : { before: content }) }];
    return placesOf(text(change.unified_diff) ?? '').map(replaced => ({ file: name, replaced }));
  });
}

/** Older versions name the kind by the only field: `{add: {content}}`. */
function changeIn(change: Fields | undefined): Fields {
  if (typeof change?.type === 'string') return change;
  for (const type of ['add', 'delete', 'update']) {
    const inner = fields(change?.[type]);
    if (inner) return { ...inner, type };
  }
  return {};
}

/** The places of a unified diff, each as its kept and removed lines against its kept and new ones. */
export function placesOf(diff: string): { old: string; new: string; all: boolean }[] {
  const places: { old: string; new: string; all: boolean }[] = [];
  const lines = diff.split('\n');
  if (lines.at(-1) === '') lines.pop();
  let last = '';
  for (const line of lines) {
    if (line.startsWith('@@')) places.push({ old: '', new: '', all: false });
    const place = places.at(-1);
    if (!place || line.startsWith('@@')) continue;
    const [sign, own] = [line.charAt(0) || ' ', `${line.slice(1)}\n`];
    // "\ No newline at end of file" speaks of the line before it.
    if (sign === '\\' && last !== '+') place.old = place.old.slice(0, -1);
    if (sign === '\\' && last !== '-') place.new = place.new.slice(0, -1);
    if (sign === ' ' || sign === '-') place.old += own;
    if (sign === ' ' || sign === '+') place.new += own;
    last = sign;
  }
  return places.filter(place => place.old !== place.new);
}

/** Whether the call's output says that the patch was applied; undefined: it does not say. */
export function applied(output: unknown): boolean | undefined {
  const told = fields(output);
  if (typeof told?.success === 'boolean') return told.success;
  const said = told ? text(told.content) : (text(output) ?? list(output).map(textOf).join('\n'));
  if (said === undefined) return undefined;
  const code = fields(parsed(said)?.metadata)?.exit_code;
  if (typeof code === 'number') return code === 0;
  const [, exit] = /(?:^Exit code: |^Process exited with code |"exit_code":\s*)(-?\d+)/m.exec(said) ?? [];
  if (exit !== undefined) return Number(exit) === 0;
  if (said.includes('Success. Updated the following files')) return true;
  return /fail|error|reject|abort|denied|invalid|cancel|not |unsupported/i.test(said) ? false : undefined;
}

function textOf(part: unknown): string {
  return text(fields(part)?.text) ?? '';
}
