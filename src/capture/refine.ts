import type { Part } from '../classify/rules.ts';
import { countNew, numbered, type Run, runsOf } from '../provenance/runs.ts';
import type { AlignedChange, Span } from '../provenance/span.ts';
import type { Change } from '../text/change.ts';
import { align } from '../text/diff.ts';
import { isRearranged, moves } from '../text/moves.ts';

/** A change whose inserted text is partly known and partly new, before serials are given. */
export interface Refined extends Change {
  /** Lengths add up to the insert's. */
  readonly runs: readonly Run[];
  /** Findings for the new text; lengths add up to it. */
  readonly parts: readonly Part[];
}

/** Above this many characters, on both sides together, the worker aligns, off the editor's thread. */
export const alignHere = 8000;

/** A change as it is, its text new. */
export function asNew(change: Change, parts: readonly Part[]): Refined {
  const { length } = change.insert;
  return { ...change, runs: length === 0 ? [] : [{ length }], parts };
}

/** A change whose text is made of characters that were there before. */
export function asKnown(change: Change, spans: readonly Span[]): Refined {
  return { ...change, runs: spans, parts: [] };
}

/**
 * A step as the smallest honest changes: text that a replacement shares with what it replaced keeps its serials
 * (truth 4), and so does text that the step moved. `parts[i]`: the findings of `changes[i]`, aligned only where
 * they are one; `slice` gives the spans before the step.
 */
export function refine(
  changes: readonly Change[],
  removed: readonly string[],
  parts: readonly (readonly Part[])[],
  slice: (from: number, to: number) => readonly Span[],
): readonly Refined[] {
  const short = isRearranged(
    removed,
    changes.map(c => c.insert),
  );
  const fine: Change[] = [];
  const gone: string[] = [];
  const found: (readonly Part[])[] = [];
  for (const [i, change] of changes.entries()) {
    const own = parts[i] ?? [];
    for (const c of own.length === 1 ? aligned(change.from, removed[i] ?? '', change.insert) : [change]) {
      fine.push(c);
      gone.push((removed[i] ?? '').slice(c.from - change.from, c.to - change.from));
      found.push(own);
    }
  }
  return moves(fine, gone, short).map((pieces, i) => {
    const change = fine[i]!;
    const runs = runsOf(pieces, slice);
    return { ...change, runs, parts: partsOf(found[i]!, runs) };
  });
}

function aligned(from: number, removed: string, insert: string): readonly Change[] {
  const to = from + removed.length;
  if (removed === '' || insert === '') return [{ from, to, insert }];
  if (insert.startsWith(removed)) return [{ from: to, to, insert: insert.slice(removed.length) }];
  if (insert.endsWith(removed)) return [{ from, to: from, insert: insert.slice(0, insert.length - removed.length) }];
  const one = oneSided(removed, insert);
  if (one) return [{ from: from + one.from, to: from + one.to, insert: one.insert }];
  return align(removed, insert).map(c => ({ from: from + c.from, to: from + c.to, insert: c.insert }));
}

/** The change where one text is the other with a piece more inside: a word that is completed in its middle. */
function oneSided(removed: string, insert: string): Change | undefined {
  const most = Math.min(removed.length, insert.length);
  let head = 0;
  while (head < most && removed[head] === insert[head]) head++;
  let tail = 0;
  while (tail < most - head && removed.at(-1 - tail) === insert.at(-1 - tail)) tail++;
  // Nor between the halves of one character.
  if (head + tail < most || /[\uDC00-\uDFFF]/.test(removed[head] ?? insert[head] ?? '')) return undefined;
  return { from: head, to: removed.length - tail, insert: insert.slice(head, insert.length - tail) };
}

/** The findings of what is new. Those of several parts were found for the whole text and are cut to it. */
function partsOf(parts: readonly Part[], runs: readonly Run[]): Part[] {
  const count = countNew(runs);
  if (count === 0) return [];
  if (parts.length === 1) return [{ length: count, origin: parts[0]!.origin }];
  const out: Part[] = [];
  let at = 0;
  for (const { length, serial } of runs) {
    if (serial === undefined) out.push(...cut(parts, at, at + length));
    at += length;
  }
  return out;
}

function cut(parts: readonly Part[], from: number, to: number): Part[] {
  const out: Part[] = [];
  let at = 0;
  for (const { length, origin } of parts) {
    const n = Math.min(to, at + length) - Math.max(from, at);
    if (n > 0) out.push({ length: n, origin });
    at += length;
  }
  return out;
}

/** Gives new serials to what is new, in order from `first`. */
export function number(changes: readonly Refined[], first: number): AlignedChange[] {
  let next = first;
  return changes.map(({ from, to, insert, runs }): AlignedChange => {
    const spans = numbered(runs, next);
    next += countNew(runs);
    return { from, to, insert, spans };
  });
}
