import { type Effect, written } from '../reading/effect.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';

/**
 * What a tool call did to a file, or undefined: it is no edit, it failed, it was refused or it is still under way.
 * Records without an outcome are of versions that write down finished calls alone. The result for display has the
 * whole texts; where the person changed the proposal before accepting it, what was written is not known to be the tool's.
 */
export function geminiEffect(call: Fields): Effect | undefined {
  const args = fields(call.args) ?? {};
  const shown = fields(call.resultDisplay);
  const file = text(shown?.filePath) ?? text(args.file_path) ?? text(args.absolute_path);
  const tool = text(call.name);
  if (file === undefined || (tool !== 'replace' && tool !== 'write_file') || !wasDone(call)) return undefined;
  const before = beforeIn(shown);
  const changed = changedByPerson(args, shown);
  const after = changed
    ? undefined
    : (text(shown?.newContent) ?? (tool === 'write_file' ? text(args.content) : undefined));
  if (after !== undefined && 'before' in before) return { file, ...before, after };
  if (after !== undefined && tool === 'write_file') return written(file, after);
  const [old, next] = [text(args.old_string), text(changed ? args.ai_proposed_string : args.new_string)];
  if (tool === 'write_file' || old === undefined || next === undefined) return { file, ...before };
  const all =
    args.allow_multiple === true || (typeof args.expected_replacements === 'number' && args.expected_replacements > 1);
  return { file, ...before, replaced: { old, new: next, all } };
}

/** `null`: there was no file. */
function beforeIn(shown: Fields | undefined): Pick<Effect, 'before'> {
  const original = shown?.originalContent;
  return original === null || typeof original === 'string' ? { before: original } : {};
}

function changedByPerson(args: Fields, shown: Fields | undefined): boolean {
  const stat = fields(shown?.diffStat);
  const counts = ['user_added_lines', 'user_removed_lines', 'user_added_chars', 'user_removed_chars'];
  return args.modified_by_user === true || counts.some(count => typeof stat?.[count] === 'number' && stat[count] > 0);
}

function wasDone(call: Fields): boolean {
  if (call.status !== undefined) return call.status === 'success';
  const responses = list(call.result).map(part => fields(fields(fields(part)?.functionResponse)?.response));
  return !responses.some(response => response?.error !== undefined);
}
