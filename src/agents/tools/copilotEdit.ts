import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentEdit } from '../agent.ts';
import { written } from '../reading/effect.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { filesOf } from './codexPatch.ts';

/** What a call did at one place of a file: only what its arguments say. Without texts: which file it was, no more. */
export type CopilotEffect = Pick<AgentEdit, 'file' | 'before' | 'after' | 'replaced'>;

/** Undefined: the arguments are not understood. */
type Effects = readonly CopilotEffect[] | undefined;

/** Tools that change files, by the names that the models know: first those of VS Code, then the command line's. */
const tools: Readonly<Record<string, (input: Fields) => Effects>> = {
  create_file: input => whole(text(input.filePath), text(input.content)),
  replace_string_in_file: input => replaced(input),
  multi_replace_string_in_file: input => list(input.replacements).flatMap(one => replaced(fields(one) ?? {}) ?? []),
  apply_patch: input => patched(text(input.input) ?? text(input.patch)),
  // The code has elisions ("...existing code..."), so it is no text of the file.
  insert_edit_into_file: input => only(text(input.filePath)),
  // A cell's text stands in the file as JSON.
  edit_notebook_file: input => only(text(input.filePath)),
  create: input => whole(text(input.path), text(input.file_text)),
  edit: input => replaced(input),
  str_replace: input => replaced(input),
  insert: input => inserted(input),
  write: input => whole(text(input.path), text(input.file_text) ?? text(input.content)),
  str_replace_editor: input => editor(input),
  git_apply_patch: input => patched(text(input.input) ?? text(input.patch)),
};

/** Names that VS Code itself has for them: `copilot_createFile`, in traces without what is before the line. */
const aliases: Readonly<Record<string, string>> = {
  createFile: 'create_file',
  replaceString: 'replace_string_in_file',
  multiReplaceString: 'multi_replace_string_in_file',
  applyPatch: 'apply_patch',
  insertEdit: 'insert_edit_into_file',
  editNotebook: 'edit_notebook_file',
};

export function editsFiles(tool: string): boolean {
  return Object.hasOwn(tools, named(tool));
}

function named(tool: string): string {
  const own = tool.replace(/^copilot_/, '');
  return Object.hasOwn(aliases, own) ? aliases[own]! : tool;
}

/**
 * The effects of a successful call of an editing tool, in order; undefined where its arguments are not understood.
 * `input`: its arguments as an object, as the JSON of one, or for `apply_patch` as the patch alone. `folder`: what
 * relative paths stand under.
 */
export function effectsOf(tool: string, input: unknown, folder: string | undefined): Effects {
  const name = named(tool);
  const effects = Object.hasOwn(tools, name) ? tools[name]!(argumentsOf(name, input)) : [];
  const found = effects?.flatMap(effect => {
    const file = absolute(effect.file, folder);
    return file === undefined ? [] : [{ ...effect, file }];
  });
  return found?.length === 0 && effects!.length > 0 ? undefined : found;
}

function argumentsOf(tool: string, input: unknown): Fields {
  if (typeof input !== 'string') return fields(input) ?? {};
  try {
    return fields(JSON.parse(input)) ?? {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return tool.endsWith('apply_patch') ? { input } : {};
  }
}

/** A path or a `file:` URI as an absolute path. */
export function absolute(file: string, folder: string | undefined): string | undefined {
  if (file.startsWith('file:')) {
    try {
      return fileURLToPath(file);
    } catch (error) {
      // Another machine's, or no URI at all.
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  }
  if (file === '' || file.includes('\0')) return undefined;
  if (isAbsolute(file)) return file;
  return folder === undefined ? undefined : resolve(folder, file);
}

function only(file: string | undefined): Effects {
  return file === undefined ? undefined : [{ file }];
}

function whole(file: string | undefined, after: string | undefined): Effects {
  if (file === undefined) return undefined;
  return [after === undefined ? { file } : written(file, after)];
}

function replaced(input: Fields): Effects {
  const file = text(input.filePath) ?? text(input.path);
  const old = text(input.oldString) ?? text(input.old_str);
  const next = text(input.newString) ?? text(input.new_str);
  if (file === undefined) return undefined;
  return [old === undefined || next === undefined ? { file } : { file, replaced: { old, new: next, all: false } }];
}

function inserted(input: Fields): Effects {
  const file = text(input.path);
  const next = text(input.new_str) ?? text(input.insert_text);
  if (file === undefined) return undefined;
  return [next === undefined ? { file } : { file, replaced: { old: '', new: next, all: false } }];
}

function editor(input: Fields): Effects {
  const command = text(input.command);
  if (command === 'create') return whole(text(input.path), text(input.file_text));
  if (command === 'str_replace' || command === 'edit') return replaced(input);
  if (command === 'insert') return inserted(input);
  return command === 'view' ? [] : undefined;
}

/** Each place of a patch; whether a new file's last line has an end is left to the tool, so it is left out. */
function patched(patch: string | undefined): Effects {
  return filesOf(patch ?? '')?.flatMap((one): CopilotEffect[] => {
    if (one.kind === 'delete') return [];
    if (one.kind === 'add') {
      return [{ file: one.file, replaced: { old: '', new: one.text.replace(/\n$/, ''), all: false } }];
    }
    const file = one.to ?? one.file;
    return one.places.map(({ old, new: next }) => ({ file, replaced: { old, new: next, all: false } }));
  });
}
