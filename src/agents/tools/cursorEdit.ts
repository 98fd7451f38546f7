import { type Effect, effectsOf, pathOf, replacementsIn, wholeFile } from '../reading/askedEdit.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import type { Replacement } from '../reading/replacement.ts';
import { effectsOfPatch } from './codexEdit.ts';

/** Tools of Cursor that change what stands in files, in its versions to 3. */
const tools = new Set([
  ...['edit_file_v2', 'edit_file', 'search_replace', 'MultiEdit', 'write', 'apply_patch', 'reapply', 'edit_notebook'],
]);

/** A call's effect on one file. */
export type FileEffect = Effect & { readonly file: string };

/**
 * What a call did: by the whole texts that its result refers to, else by its arguments, else by the pieces of the diff in
 * its result; a sketch (`code_edit`) says no text. `content`: the text behind a reference. `waits`: it is not done yet;
 * undefined: it is no edit, or failed. Forms: getspecstory, `providers/cursoride`.
 */
export function cursorEffects(
  call: Fields,
  folder: string | undefined,
  content: (id: string) => string | undefined,
): 'waits' | readonly FileEffect[] | undefined {
  const tool = text(call.name) ?? '';
  const result = objectIn(call.result) ?? {};
  if (!tools.has(tool) || result.applyFailed === true || result.rejected === true) return undefined;
  const status = text(call.status);
  // A call that completed may have failed all the same.
  if ([status, fields(call.additionalData)?.status].some(one => one === 'error' || one === 'cancelled'))
    return undefined;
  if (status !== 'completed') return 'waits';
  const [params, args] = [objectIn(call.params) ?? {}, objectIn(call.rawArgs) ?? {}];
  const patched = tool === 'apply_patch' ? patchEffects(text(args.patch) ?? text(call.rawArgs), folder) : undefined;
  if (patched) return patched;
  const named = text(params.relativeWorkspacePath) ?? text(args.file_path) ?? text(args.target_file) ?? text(args.path);
  const file = pathOf(named, folder);
  if (file === undefined) return [];
  return effectsIn(tool, args, result, content).map(effect => ({ file, ...effect }));
}

/** Of a patch in OpenAI's form; undefined: it is none. */
export function patchEffects(patch: string | undefined, folder: string | undefined): readonly FileEffect[] | undefined {
  return patch?.includes('*** Begin Patch') ? effectsOfPatch({ patch }, folder) : undefined;
}

function effectsIn(
  tool: string,
  args: Fields,
  result: Fields,
  content: (id: string) => string | undefined,
): readonly Effect[] {
  const [before, after] = [text(result.beforeContentId), text(result.afterContentId)].map(id => id && content(id));
  if (after !== undefined) return [{ ...(before === undefined ? {} : { before }), after }];
  const asked = replacementsIn(args);
  if ((tool === 'search_replace' || tool === 'MultiEdit') && asked.length > 0) return effectsOf(asked);
  const whole = text(args.contents) ?? text(args.content);
  if (tool === 'write' && whole !== undefined) {
    return [wholeFile(whole)];
  }
  return effectsOf(list(fields(result.diff)?.chunks).flatMap(piece => pieceOf(text(fields(piece)?.diffString))));
}

/** A piece of a unified diff without its head. */
function pieceOf(diff: string | undefined): Replacement[] {
  if (diff === undefined || diff === '') return [];
  const [old, next]: [string[], string[]] = [[], []];
  for (const line of diff.replace(/\n$/, '').split(/\r?\n/)) {
    const rest = line.slice(1);
    if (line.startsWith('-')) old.push(rest);
    else if (line.startsWith('+')) next.push(rest);
    else if (line.startsWith(' ') || line === '') for (const side of [old, next]) side.push(rest);
    else if (!line.startsWith('@@') && !line.startsWith('\\')) return [];
  }
  return [{ old: old.join('\n'), new: next.join('\n'), all: false }];
}

/** Arguments and results stand as JSON in a text. */
export function objectIn(value: unknown): Fields | undefined {
  if (typeof value !== 'string') return fields(value);
  try {
    return fields(JSON.parse(value));
  } catch (error) {
    // A model's arguments may be no JSON while they come in.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
