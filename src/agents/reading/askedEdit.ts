import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentEdit } from '../agent.ts';
import { type Fields, fields, list, text } from './json.ts';
import { type Replacement, replace } from './replacement.ts';

/** What a call did to a file, as far as its record says. */
export type Effect = Pick<AgentEdit, 'before' | 'after' | 'replaced'>;

/** The replacements of a call whose arguments have the usual names, one or a list of them (`edits`), in order. */
export function replacementsIn(input: Fields): readonly Replacement[] {
  const several = input.edits === undefined ? [input] : list(input.edits).map(edit => fields(edit) ?? {});
  return several.flatMap(edit => {
    const old = text(edit.old_string) ?? text(edit.oldString);
    const next = text(edit.new_string) ?? text(edit.newString);
    if (old === undefined || next === undefined) return [];
    return [{ old, new: next, all: edit.replace_all === true || edit.replaceAll === true }];
  });
}

/**
 * The effects of a call that makes these replacements one after the other: a single one with the whole texts where the
 * text before is recorded and all fit, else one for each replacement; for none, one that says only that there was a change.
 */
export function effectsOf(replacements: readonly Replacement[], before?: string | null): readonly Effect[] {
  if (typeof before === 'string' && replacements.length > 0) {
    let after: string | undefined = before;
    for (const one of replacements) after = after === undefined ? undefined : replace(after, one);
    if (after !== undefined) return [{ before, after }];
  }
  return replacements.length === 0 ? [{}] : replacements.map(replaced => ({ replaced }));
}

/** A file written whole; `created`: there was none before, else it is not known what there was. */
export function wholeFile(content: string, created = false): Effect {
  return created
    ? { before: null, after: content }
    : { after: content, replaced: { old: '', new: content, all: false } };
}

/** A path as a tool wrote it, or a `file:` URI, as an absolute path; undefined for one that lies nowhere here. */
export function pathOf(file: string | undefined, folder: string | undefined): string | undefined {
  if (file === undefined || file === '') return undefined;
  if (file.startsWith('file:')) {
    try {
      return fileURLToPath(file);
    } catch (error) {
      // Another machine's, or no URI at all.
      if (error instanceof Error) return undefined;
      throw error;
    }
  }
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(file)) return undefined;
  if (isAbsolute(file)) return resolve(file);
  return folder === undefined ? undefined : resolve(folder, file);
}
