import { type Effect, effectsOf, replacementsIn, wholeFile } from '../reading/askedEdit.ts';
import { type Fields, text } from '../reading/json.ts';
import type { Replacement } from '../reading/replacement.ts';
import type { ClineCall } from './clineCalls.ts';
import { effectsOfPatch } from './codexEdit.ts';

/** An effect with the file as the tool was told it. */
export type FileEffect = Effect & { readonly file: string };

const denied = /denied this operation|"status":\s*"denied"|operation was rejected/;
const done =
  /successfully saved|<final_file_content|<file_write_result>|<operation>(created|modified)|"operation":\s*"(created|modified)"|successfully applied|were applied|applied successfully|successfully inserted|File created successfully at|^Edited |"Edited |Inserted content at line|"success":\s*true/m;
const failed =
  /execution failed|<error|"status":\s*"error"|reverted to its original state|No changes needed|No replacement performed|only available in ACT MODE|not executed|blocked by|Missing value for|Error|"success":\s*false/;
const byPerson = /made the following updates to your content|<user_edits>|"user_edits"/;

/**
 * What a call did, by what came back: nothing if the person refused it or it failed; `unknown` if the words are other
 * than those that are known. A person may change the proposal before taking it: then the text is not the model's alone,
 * and only what was asked for in pieces is told. `created`: the view said that the file was a new one. Forms: Cline and Roo Code, `core/prompts/responses.ts` and tools.
 */
export function clineEffects(
  call: Pick<ClineCall, 'tool' | 'input' | 'result'>,
  created = false,
): readonly FileEffect[] | 'unknown' {
  const { tool, input, result } = call;
  if (!edits.has(tool) || denied.test(result)) return [];
  if (!done.test(result)) return failed.test(result) ? [] : 'unknown';
  if (tool === 'apply_patch') {
    const patch = text(input.input) ?? text(input.patch) ?? '';
    return effectsOfPatch({ patch }, undefined) ?? [];
  }
  const file = clineFile(input);
  if (file === undefined) return 'unknown';
  return effectsIn(tool, input, result, created).map(effect => ({ file, ...effect }));
}

/** The file that a call names. */
export function clineFile(input: Fields): string | undefined {
  return text(input.path) ?? text(input.absolutePath) ?? text(input.file_path);
}

const edits = new Set([
  ...['write_to_file', 'new_file', 'replace_in_file', 'apply_diff', 'insert_content', 'search_and_replace'],
  ...['search_replace', 'edit_file', 'edit', 'editor', 'apply_patch'],
]);

function effectsIn(tool: string, input: Fields, result: string, created: boolean): readonly Effect[] {
  switch (tool) {
    case 'write_to_file':
    case 'new_file':
      return whole(finalIn(result) ?? text(input.content), result, created);
    case 'editor':
      return edited(text(input.old_text), text(input.new_text), result);
    case 'replace_in_file':
    case 'apply_diff':
      return effectsOf(blocksIn(text(input.diff) ?? ''));
    case 'insert_content':
      return effectsOf(pair('', text(input.content)));
    case 'search_and_replace': {
      const exact = text(input.use_regex) !== 'true' && input.use_regex !== true;
      return effectsOf(exact ? pair(text(input.search), text(input.replace), true) : []);
    }
    default:
      return effectsOf(replacementsIn(input));
  }
}

function whole(content: string | undefined, result: string, created: boolean): readonly Effect[] {
  if (content === undefined || byPerson.test(result)) return [{}];
  return [wholeFile(content, created || /<operation>created|"operation":\s*"created"/.test(result))];
}

/** The command line's one tool for all. */
function edited(old: string | undefined, next: string | undefined, result: string): readonly Effect[] {
  if (next !== undefined && result.includes('File created successfully at')) return [wholeFile(next, true)];
  return effectsOf(pair(result.includes('Inserted content') ? '' : old, next));
}

function pair(old: string | undefined, next: string | undefined, all = false): Replacement[] {
  return old === undefined || next === undefined ? [] : [{ old, new: next, all }];
}

/** The file as it was saved, which Cline gives the model back. */
function finalIn(result: string): string | undefined {
  const head = /<final_file_content path="[^"]*">\r?\n/.exec(result);
  const end = result.lastIndexOf('\n</final_file_content>');
  if (!head) return undefined;
  const from = head.index + head[0].length;
  return end < from - 1 ? undefined : result.slice(from, Math.max(from, end)).replace(/\r$/, '');
}

const start = /^(?:<{5,}|-{5,}) SEARCH>?\s*$/;
const middle = /^={5,}\s*$/;
const end = /^(?:>{5,}|\+{5,}) REPLACE>?\s*$/;

/** Blocks of Cline and Roo Code; Roo's have line numbers over a rule at their head. */
function blocksIn(diff: string): Replacement[] {
  const out: Replacement[] = [];
  let [old, next]: [string[] | undefined, string[] | undefined] = [undefined, undefined];
  for (const line of diff.split(/\r?\n/)) {
    if (start.test(line)) [old, next] = [[], undefined];
    else if (old && !next && middle.test(line)) next = [];
    else if (old && next && end.test(line)) {
      out.push({ old: joined(withoutHead(old)), new: joined(next), all: false });
      [old, next] = [undefined, undefined];
    } else (next ?? old)?.push(line);
  }
  return out;
}

function withoutHead(lines: readonly string[]): readonly string[] {
  const rule = lines.findIndex(line => /^-{5,}\s*$/.test(line));
  const head = rule > 0 && lines.slice(0, rule).every(line => /^:(start|end)_line:\s*\d+\s*$/.test(line));
  return head ? lines.slice(rule + 1) : lines;
}

function joined(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join('');
}
