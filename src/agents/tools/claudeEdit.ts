import type { AgentEdit } from '../agent.ts';
import { type Effect, written } from '../reading/effect.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { applyPatch } from '../reading/patch.ts';
import { type Replacement, replace } from '../reading/replacement.ts';

/** Tools of Claude Code that change a file with a text that the record holds. */
const tools = new Set(['Edit', 'MultiEdit', 'Write', 'NotebookEdit']);

export function editsFiles(tool: string): boolean {
  return tools.has(tool);
}

/**
 * The effect of a successful call from its input and, where the transcript has one, its structured
 * result (`toolUseResult`: the file before, what was replaced, a patch, whether the person changed the
 * proposal). If the person changed it, what was written is not known and `after` stays absent.
 */
export function effectOf(tool: string, input: Fields, result: Fields | undefined): Effect | undefined {
  const file = text(result?.filePath) ?? text(input.file_path) ?? text(input.notebook_path);
  if (file === undefined) return undefined;
  const changedByPerson = result?.userModified === true;
  const before = beforeIn(result);
  if (tool === 'Write') {
    const content = changedByPerson ? undefined : text(input.content);
    if (content !== undefined && !('before' in before)) return written(file, content);
    return { file, ...before, ...known(content) };
  }
  if (tool === 'NotebookEdit') {
    const whole = text(result?.original_file);
    return { file, ...(whole === undefined ? {} : { before: whole }), ...known(text(result?.updated_file)) };
  }
  const asked = replacements(input);
  const replaced = asked.length === 1 ? { replaced: asked[0]! } : {};
  if (changedByPerson) return { file, ...before, ...replaced };
  const after = afterOf(before.before ?? '', 'before' in before, actual(asked, result), result?.structuredPatch);
  const whole = 'before' in before && after !== undefined;
  return { file, ...before, ...(whole ? {} : replaced), ...known(after) };
}

function known(after: string | undefined): Pick<AgentEdit, 'after'> {
  return after === undefined ? {} : { after };
}

/** The whole file before; `null`: there was none. Some versions name the field otherwise for several edits. */
function beforeIn(result: Fields | undefined): { before?: string | null } {
  const original = result?.originalFile ?? result?.originalFileContents;
  if (typeof original === 'string') return { before: original };
  return result?.type === 'create' ? { before: null } : {};
}

function replacements(input: Fields): Replacement[] {
  const several = input.edits === undefined ? [input] : list(input.edits).map(edit => fields(edit) ?? {});
  return several.flatMap(edit => {
    const [old, next] = [text(edit.old_string), text(edit.new_string)];
    return old === undefined || next === undefined ? [] : [{ old, new: next, all: edit.replace_all === true }];
  });
}

/** What the tool really replaced: it mends quotation marks and says so in its result. */
function actual(asked: readonly Replacement[], result: Fields | undefined): readonly Replacement[] {
  const [old, next] = [text(result?.oldString), text(result?.newString)];
  if (asked.length > 1 || old === undefined || next === undefined) return asked;
  return [{ old, new: next, all: result?.replaceAll === true }];
}

/**
 * The whole text after, from two accounts that must agree: the replacements and the patch. Where they
 * differ in white space only, the patch is right about a line end taken away with the text, and the
 * replacement about tabs, which patches show as spaces. Where they differ in more, nothing is known.
 */
function afterOf(before: string, hasBefore: boolean, all: readonly Replacement[], patch: unknown): string | undefined {
  if (all.length === 0) return undefined;
  // An empty old text: the call wrote a file that was not there or was empty.
  if (!hasBefore) return all.length === 1 && all[0]!.old === '' ? all[0]!.new : undefined;
  let replaced: string | undefined = before;
  for (const one of all) replaced = replaced === undefined ? undefined : replace(replaced, one);
  const patched = list(patch).length === 0 ? undefined : applyPatch(before, patch);
  if (replaced === undefined || patched === undefined || replaced === patched) return replaced ?? patched;
  if (replaced.replace(/\s+/g, '') !== patched.replace(/\s+/g, '')) return undefined;
  return all.some(one => one.new.includes('\t')) ? replaced : patched;
}
