import type { Span } from './span.ts';

/** A run of inserted characters: known ones with the serial of the first, or new ones that are still to get theirs. */
export interface Run {
  readonly length: number;
  readonly serial?: number;
}

/** How many characters of the runs are new. */
export function countNew(runs: readonly Run[]): number {
  let count = 0;
  for (const { length, serial } of runs) if (serial === undefined) count += length;
  return count;
}

/** The runs as spans: what is new takes serials from `first` on, in order. Neighbours that go on are one. */
export function numbered(runs: readonly Run[], first: number): Span[] {
  const spans: Span[] = [];
  let next = first;
  for (const { length, serial = next } of runs) {
    if (length === 0) continue;
    if (serial === next) next += length;
    const last = spans.at(-1);
    if (last !== undefined && last.serial + last.length === serial) {
      spans[spans.length - 1] = { serial: last.serial, length: last.length + length };
    } else spans.push({ serial, length });
  }
  return spans;
}

/** What `pieces` (a length, and the offset a run was taken from) are, read in the spans of the text before. */
export function runsOf(
  pieces: readonly { readonly length: number; readonly from?: number }[],
  slice: (from: number, to: number) => readonly Span[],
): Run[] {
  return pieces.flatMap(({ length, from }): readonly Run[] =>
    from === undefined ? [{ length }] : slice(from, from + length),
  );
}
