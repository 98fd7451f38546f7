import { align } from '../text/diff.ts';
import { classOf, letter } from './letters.ts';
import type { PassageUnit } from './passages.ts';

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

/**
 * The passage that holds `from` to `to`, whole: where it begins and ends, at most 300 units away. A sentence ends as
 * `passageEnds` has it, but not behind the number of an item.
 */
export function contextOf(text: Text, from: number, to: number, unit: PassageUnit): { from: number; to: number } {
  for (const reach of [100, around]) {
    const left = text.slice(Math.max(0, from - reach), from);
    const right = text.slice(to, Math.min(text.length, to + reach));
    const begins = beginOf(left, unit);
    const ends = endOf(left.slice(begins), right, unit);
    const whole = (begins > 0 || left.length === from) && (ends < right.length || to + right.length === text.length);
    if (whole || reach === around) return { from: from - left.length + begins, to: to + ends };
  }
  return { from, to };
}

/** Behind the last passage that ends in the text; 0 where none does. */
function beginOf(left: string, unit: PassageUnit): number {
  for (let at = left.length; at > 0; at--) if (isEnd(left, at, unit)) return at;
  return 0;
}

/** Where the passage that `last` belongs to ends behind it. */
function endOf(last: string, right: string, unit: PassageUnit): number {
  // What is taken out, or was put in, says nothing of where its passage ends.
  const whole = last + right;
  for (let at = last.length; at < whole.length; at++) if (isEnd(whole, at, unit)) return at - last.length;
  return right.length;
}

/** Whether a passage ends right before `at`. */
function isEnd(text: string, at: number, unit: PassageUnit): boolean {
  const last = text.charCodeAt(at - 1);
  if (last === 0x0a && (unit === 'line' || text.charCodeAt(at - 2) === 0x0a)) return true;
  if (unit === 'line' || !(last === 0x0a || last === 0x20 || last === 0x09 || last === 0xa0)) return false;
  let sign = at - 2;
  while (sign >= 0 && '"\'»”’)]*_'.includes(text[sign]!)) sign--;
  return (
    sign >= 0 &&
    '.!?…。！？'.includes(text[sign]!) &&
    !/(?:^|\n)\s*\d+\.$/.test(text.slice(Math.max(0, sign - 8), sign + 1))
  );
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
  const differ = wordCount(before, same, before.length - ends) + wordCount(after, same, after.length - ends);
  if (differ < leastWords || differ <= least) return 0;
  // Nothing was taken out, and nothing put in between words that stayed: new text, as most is.
  if (same + ends === before.length && (isBare(before, 0, same) || isBare(before, same, before.length))) return 0;
  const { removed, added } = changedWords(before.slice(0, compared), after.slice(0, compared));
  return removed + added >= leastWords ? removed + added : 0;
}

/** Whether part of a text has no letter or digit. */
function isBare(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (classOf(text.charCodeAt(at), text, at) === letter) return false;
  return true;
}

/** Words in part of a text, those at its ends included that go on beyond. */
export function wordCount(text: string, from: number, to: number): number {
  let words = 0;
  let inside = false;
  for (let at = from; at < to; at++) {
    const begins = classOf(text.charCodeAt(at), text, at) === letter;
    if (begins && !inside) words++;
    inside = begins;
  }
  // One word in which nothing but a sign differs was parted or joined.
  return words + 1;
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
