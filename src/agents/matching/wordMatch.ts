import { partsOf as wordsAt } from '../../text/words.ts';
import type { DigestedEdit } from './editChains.ts';
import { effectOn } from './editText.ts';
import type { Range } from './explained.ts';
import { introduced, type Run } from './introduced.ts';
import type { Align } from './nearby.ts';
import { joined, SHORTEST } from './newText.ts';

/** What one edit tells of our text after. */
export interface Words {
  readonly edit: DigestedEdit;
  /** In our text after, sorted and disjoint. */
  readonly ranges: readonly Range[];
  /** Our text is what the edits lead to; or that but for signs and white space. */
  readonly exact: boolean;
  readonly formatted: boolean;
}

/**
 * What edits, one after the other from our text before, tell of our text after where something else has changed it
 * too: a formatter, or a person who took a part of the proposal. Words in their order; what the other changed is not
 * told of. Of an edit of which less than half is there, only passages are told of that are long.
 */
export async function wordsLeft(
  edits: readonly DigestedEdit[],
  before: string,
  after: string,
  align: Align,
): Promise<readonly Words[]> {
  const texts = [before];
  const row: DigestedEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.time - b.time)) {
    const next = await effectOn(texts.at(-1)!, edit, align);
    if (next === undefined || next === texts.at(-1)) continue;
    texts.push(next);
    row.push(edit);
  }
  if (row.length === 0) return [];
  const last = texts.at(-1)!;
  const exact = last === after;
  const formatted = exact || letters(last) === letters(after);
  const brought = lettersByStep(last, await introduced(texts, align));
  const runs = await introduced([...texts, after], align);
  const left = lettersByStep(after, runs);
  const isThere = (step: number) => formatted || (left.get(step) ?? 0) * 2 >= (brought.get(step) ?? 0);
  const parts = partsIn(after, runs);
  const counts = formatted ? parts.map(() => passages.bound) : passagesOf(parts, row.length);
  const counted = parts.filter(
    ({ step }, i) => counts[i] === passages.long || (counts[i] === passages.bound && isThere(step)),
  );
  return row.flatMap((edit, step) => {
    const ranges = joined(counted.filter(part => part.step === step));
    return ranges.length > 0 ? [{ edit, ranges, exact, formatted }] : [];
  });
}

/** Letters and digits alone. */
function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}

function lettersByStep(text: string, runs: readonly Run[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  let at = 0;
  for (const { length, step } of runs) {
    if (step >= 0) counts.set(step, (counts.get(step) ?? 0) + letters(text.slice(at, at + length)).length);
    at += length;
  }
  return counts;
}

interface Part extends Range {
  readonly step: number;
  readonly letters: number;
}

/** Runs cut into words (with letters) and what stands between them. */
function partsIn(text: string, runs: readonly Run[]): Part[] {
  const out: Part[] = [];
  let at = 0;
  for (const { length, step } of runs) {
    const end = at + length;
    const { starts, ends, letters: own } = wordsAt(text, at, end);
    for (let i = 0; i < starts.length; i++) {
      const [from, to] = [starts[i]!, ends[i]!];
      if (from > at) out.push({ from: at, to: from, step, letters: 0 });
      out.push({ from, to, step, letters: own[i]! });
      at = to;
    }
    if (end > at) out.push({ from: at, to: end, step, letters: 0 });
    at = end;
  }
  return out;
}

/** What a matched passage, from one word of the other's to the next, is: too short, bound to its place, or long. */
const passages = { none: 0, bound: 1, long: 2 } as const;

/** Of each part: that of the passage in which it stands; signs and white space beside the other's words are in none. */
function passagesOf(parts: readonly Part[], other: number): number[] {
  const out: number[] = parts.map(() => passages.none);
  const words = parts.flatMap(({ letters: n }, i) => (n > 0 ? [i] : []));
  const isOther = (k: number) => parts[words[k]!]!.step === other;
  for (let first = 0; first < words.length; first++) {
    if (isOther(first)) continue;
    let end = first;
    while (end < words.length && !isOther(end)) end++;
    const passage = words.slice(first, end).map(i => parts[i]!);
    const own = passage.filter(({ step }) => step >= 0);
    // Old text in it binds a passage to its place.
    const isBound = own.length < passage.length || (first === 0 && end === words.length);
    const [from, to] = [first === 0 ? 0 : words[first]!, end === words.length ? parts.length : words[end - 1]! + 1];
    out.fill(isLong(passage) ? passages.long : isBound ? passages.bound : passages.none, from, to);
    first = end - 1;
  }
  return out;
}

/** Whether words of edits stand in it together that are long enough. */
function isLong(passage: readonly Part[]): boolean {
  let from: number | undefined;
  return passage.some(part => {
    from = part.step < 0 ? undefined : (from ?? part.from);
    return from !== undefined && part.to - from >= SHORTEST;
  });
}
