import { isAbsolute, resolve } from 'node:path';
import type { AgentEdit } from '../agent.ts';
import { type Fields, fields, list, text } from './json.ts';
import type { Replacement } from './replacement.ts';

/** What a call did to one place of a file: only what the record says or what follows from it alone. */
export type Effect = Pick<AgentEdit, 'file' | 'before' | 'after' | 'replaced'>;

/** A whole file that the tool wrote, over one that may have been there: so what stood there before is not known. */
export function written(file: string, content: string): Effect {
  return { file, after: content, replaced: { old: '', new: content, all: false } };
}

/** A replacement as tools name its parts: `old_str`, `new_str` and the like. */
export function replacementIn(from: Fields): Replacement | undefined {
  const [old, next] = [text(from.old_str ?? from.old_string), text(from.new_str ?? from.new_string)];
  if (old === undefined || next === undefined) return undefined;
  return { old, new: next, all: from.replace_all === true || from.change_all === true };
}

/** The replacements that a call lists, or the only one that it is. */
export function replacementsIn(input: Fields): Replacement[] {
  const listed = [...list(input.edits), ...list(input.changes)].map(fields);
  return (listed.length > 0 ? listed : [input]).flatMap(one => (one && replacementIn(one)) ?? []);
}

/** The path from the folder that the tool worked in. */
export function pathAt(folder: string | undefined, file: string): string {
  return isAbsolute(file) || folder === undefined ? file : resolve(folder, file);
}
