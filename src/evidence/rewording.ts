import { align } from '../text/diff.ts';

/** A prompt as the words in it are compared. */
export interface Worded {
  readonly id: string;
  /** Of one conversation in one tool. */
  readonly conversation: string;
  readonly text: string;
}

/** A prompt that says most of an earlier one of its conversation again. */
export interface Rewording {
  /** Id of the earlier prompt. */
  readonly of: string;
  /** What was put in place of what, in order; empty: the same words again. */
  readonly changes: readonly { readonly removed: string; readonly added: string }[];
  /** Changes beyond those that are listed. */
  readonly more: number;
}

/** So many prompts of the conversation are looked back at. */
const back = 8;
/** Words that must be said again: of two short prompts half is soon alike. */
const leastWords = 3;
const mostChanges = 40;
/** Code units of a prompt whose words are compared: longer ones carry files along. */
const longest = 50_000;
/** Places that one comparison may look at: see `text/diff.ts`. */
const budget = 2 ** 18;

/**
 * By id of a prompt, which earlier prompt it rewords. A prompt rewords an earlier one when more than half of the earlier
 * one's letters and digits stand in words that it says again, at least three and in their order; of several the one
 * it repeats most of, and of those the latest. `prompts`: in the order of asking.
 */
export function rewordingsOf(prompts: readonly Worded[]): ReadonlyMap<string, Rewording> {
  const earlier = new Map<string, Counted[]>();
  const found = new Map<string, Rewording>();
  for (const prompt of prompts) {
    const before = earlier.get(prompt.conversation) ?? [];
    const own = counted(prompt);
    const best = mostRepeated(before, own);
    const changes = best && changesOf(best.prompt.text, prompt.text);
    if (best !== undefined && changes !== undefined) found.set(prompt.id, { of: best.prompt.id, ...changes });
    earlier.set(prompt.conversation, [...before.slice(-(back - 1)), own]);
  }
  return found;
}

interface Counted {
  readonly prompt: Worded;
  /** How often each word is said, in lower case. */
  readonly words: ReadonlyMap<string, number>;
  /** Code units of all words. */
  readonly size: number;
}

function counted(prompt: Worded): Counted {
  const words = new Map<string, number>();
  let size = 0;
  for (const [word] of prompt.text
    .slice(0, longest)
    .toLowerCase()
    .matchAll(/[\p{L}\p{M}\p{N}_]+/gu)) {
    words.set(word, (words.get(word) ?? 0) + 1);
    size += word.length;
  }
  return { prompt, words, size };
}

function mostRepeated(before: readonly Counted[], own: Counted): Counted | undefined {
  let best: Counted | undefined;
  let most = 0.5;
  for (const one of before) {
    let [again, size] = [0, 0];
    for (const [word, times] of one.words) {
      const both = Math.min(times, own.words.get(word) ?? 0);
      again += both;
      size += both * word.length;
    }
    const share = size / one.size;
    if (again < leastWords || share <= 0.5 || share < most) continue;
    best = one;
    most = share;
  }
  return best;
}

/** Undefined where the words that are said again stand in another order: then half of it is gone. */
function changesOf(before: string, after: string): Pick<Rewording, 'changes' | 'more'> | undefined {
  const { from, to, newTo } = differing(before, after);
  const changes = align(before.slice(from, to), after.slice(from, newTo), { budget })
    .map(change => ({
      removed: before.slice(from + change.from, from + change.to).trim(),
      added: change.insert.trim(),
    }))
    .filter(({ removed, added }) => removed !== '' || added !== '');
  const gone = changes.reduce((sum, { removed }) => sum + lettersIn(removed), 0);
  if (gone * 2 >= lettersIn(before)) return undefined;
  return { changes: changes.slice(0, mostChanges), more: Math.max(0, changes.length - mostChanges) };
}

/** Whole words with white space before, so that all that differs lies between them: most of a prompt is often said again. */
function differing(before: string, after: string): { from: number; to: number; newTo: number } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  if (from < before.length || from < after.length) while (from > 0 && !isBlank(before, from - 1)) from--;
  let behind = 0;
  const most = shorter - from;
  while (behind < most && before.charCodeAt(before.length - 1 - behind) === after.charCodeAt(after.length - 1 - behind))
    behind++;
  while (behind > 0 && !isBlank(before, before.length - behind)) behind--;
  return { from, to: before.length - behind, newTo: after.length - behind };
}

function isBlank(text: string, at: number): boolean {
  return /\s/u.test(text[at] ?? '');
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
