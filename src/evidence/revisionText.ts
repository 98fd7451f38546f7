import { align } from '../text/diff.ts';
import { type PassageUnit, passageEnds } from './passages.ts';

/** Code units looked at on each side for where a passage begins and ends. */
const around = 300;
/** Places that one comparison may look at: see `text/diff.ts`. */
const budget = 2 ** 16;
/** Code units that are compared: of longer passages the middle is. */
const compared = 20_000;
/** Words written on at an edge that count for each that was taken out there. */
const writtenOn = 5;
/** Fewer changed words than these are trivial. */
export const leastWords = 3;

interface Text {
  readonly length: number;
  slice(from: number, to: number): string;
}

/** What ends here is the number of an item, and no passage. */
const ordinal = /(?:^|\n)\s*\d+[.)]\s+$/;

/** The passages that hold `from` to `to`, whole: where they begin and end, at most 300 units away. */
export function contextOf(text: Text, from: number, to: number, unit: PassageUnit): { from: number; to: number } {
  const start = Math.max(0, from - around);
  const left = text.slice(start, from);
  const right = text.slice(to, Math.min(text.length, to + around));
  let begins = 0;
  for (const end of passageEnds(left, unit)) if (!ordinal.test(left.slice(0, end))) begins = end;
  // What is taken out, or was put in, says nothing of where its passage ends.
  const last = left.slice(begins);
  let ends = right.length;
  for (const end of passageEnds(last + right, unit)) {
    if (end < last.length || ordinal.test((last + right).slice(0, end))) continue;
    ends = end - last.length;
    break;
  }
  return { from: start + begins, to: to + ends };
}

/** Words of each that the other does not have in its place. */
export interface ChangedWords {
  readonly removed: number;
  readonly added: number;
}

/**
 * Words that were taken out, and put in. Not counted: what differs but in case, signs or white space; and what was written
 * on before the first or behind the last word that stayed, beyond five for each word that was taken out there: new text.
 */
export function changedWords(before: string, after: string): ChangedWords {
  let [removed, added] = [0, 0];
  for (const { from, to, insert } of align(before, after, { budget })) {
    const out = wordsIn(before.slice(from, to));
    const put = wordsIn(insert);
    if (out.join(' ') === put.join(' ')) continue;
    const edge = !/[\p{L}\p{N}]/u.test(before.slice(0, from)) || !/[\p{L}\p{N}]/u.test(before.slice(to));
    removed += out.length;
    added += edge ? Math.min(put.length, writtenOn * out.length) : put.length;
  }
  return { removed, added };
}

/** Changed words in all; 0 where they are fewer than `leastWords`, or cannot be more than `least`. */
export function substanceOf(before: string, after: string, least: number): number {
  let same = 0;
  const shorter = Math.min(before.length, after.length);
  while (same < shorter && before.charCodeAt(same) === after.charCodeAt(same)) same++;
  let ends = 0;
  while (
    ends < shorter - same &&
    before.charCodeAt(before.length - 1 - ends) === after.charCodeAt(after.length - 1 - ends)
  )
    ends++;
  const differs = before.length + after.length - 2 * (same + ends);
  if (differs < leastWords || differs / 2 + 2 <= least) return 0;
  const { removed, added } = changedWords(before.slice(0, compared), after.slice(0, compared));
  return removed + added >= leastWords ? removed + added : 0;
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
