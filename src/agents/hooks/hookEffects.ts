import { type Effect, written } from '../reading/effect.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { effectOf } from '../tools/claudeEdit.ts';
import { effectsOfPatch } from '../tools/codexEdit.ts';

/** Tools that write a whole file, by their names in lower case without `_`. */
const writes = new Set(['write', 'writefile', 'create', 'createfile', 'writetofile', 'newfile']);
/** Tools that change places of a file. */
const changes = new Set([
  ...['edit', 'multiedit', 'editfile', 'strreplace', 'strreplaceeditor', 'searchreplace', 'replace', 'replaceinfile'],
  ...[
    'replacestringinfile',
    'multireplacestringinfile',
    'inserteditintofile',
    'applydiff',
    'applypatch',
    'notebookedit',
  ],
]);

/**
 * What a successful call of a tool did to files, from its input and, where the hook has one, its result. Tools that
 * edit no file, and shells, have none. Sketches with elisions, and forms that are not known, name the file alone. Sources:
 * the tools' own pages on hooks and tools (Claude Code, VS Code, Copilot CLI, Codex, Gemini CLI, Cursor, Cline, Droid).
 */
export function hookEffects(tool: string, input: Fields, result: Fields | undefined): readonly Effect[] {
  const name = tool.toLowerCase().replace(/[_\s-]/g, '');
  if (!writes.has(name) && !changes.has(name)) return [];
  const exact = claudeLike.has(tool) ? effectOf(tool, input, result) : undefined;
  const known = exact?.after !== undefined || exact?.replaced !== undefined || result?.userModified === true;
  if (exact && known) return [exact];
  const patch = patchIn(input);
  if (patch !== undefined) return effectsOfPatch({ patch }, undefined) ?? [];
  const file = fileIn(input) ?? fileIn(result ?? {});
  const places = list(input.edits ?? input.replacements).map(fields);
  if (places.length > 0) return places.flatMap(place => replacedIn(place ?? {}, fileIn(place ?? {}) ?? file));
  const replaced = replacedIn(input, file);
  if (replaced.length > 0) return replaced;
  if (file === undefined) return [];
  const whole = writes.has(name) ? text(input.content ?? input.file_text ?? input.contents) : undefined;
  if (whole !== undefined) return [written(file, whole)];
  return [{ file }];
}

/** Tools of Claude Code whose results say more, also where other tools have taken over its forms. */
const claudeLike = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit']);

/** The places of one file that an edit hook lists (`afterFileEdit`, `post_write_code`). */
export function listedEffects(file: string | undefined, edits: unknown): readonly Effect[] {
  const found = list(edits).flatMap(edit => replacedIn(fields(edit) ?? {}, file));
  return found.length > 0 || file === undefined ? found : [{ file }];
}

function fileIn(from: Fields): string | undefined {
  const found =
    from.file_path ?? from.filePath ?? from.path ?? from.absolutePath ?? from.target_file ?? from.filepath ?? from.file;
  return text(found);
}

function replacedIn(from: Fields, file: string | undefined): Effect[] {
  const old = text(from.old_string ?? from.oldString ?? from.old_str ?? from.oldStr);
  const next = text(from.new_string ?? from.newString ?? from.new_str ?? from.newStr);
  if (file === undefined || old === undefined || next === undefined) return [];
  const all = from.replace_all ?? from.replaceAll ?? from.change_all ?? false;
  return [{ file, replaced: { old, new: next, all: all === true } }];
}

function patchIn(input: Fields): string | undefined {
  const found = [input.input, input.patch, input.patchText, input.command, input.diff].map(value => text(value));
  return found.find(value => value?.includes('*** Begin Patch') === true);
}
