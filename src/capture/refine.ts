import type { Part } from '../classify/rules.ts';
import type { AlignedChange, Span } from '../provenance/span.ts';
import type { Change } from '../text/change.ts';

/** A change whose inserted text is partly known (spans) and partly new (null spans), before serials are given. */
export interface Refined extends Change {
  /** Spans of the inserted text; absent where it is new. */
  readonly known?: readonly Span[];
  /** Findings for the new text; empty where it is known. */
  readonly parts: readonly Part[];
}

/** Above this many characters on either side the worker aligns, off the editor's thread. */
export const alignHere = 4000;

/**
 * One replacement as the smallest honest changes: text that both sides share keeps its serials (truth 4).
 * `align` gives changes from `removed` to `inserted` in offsets of `removed`. Only for insertions of one origin.
 */
export function refine(
  from: number,
  removed: string,
  inserted: string,
  part: Part,
  align: (a: string, b: string) => readonly Change[],
): readonly Refined[] {
  const one = (at: number, to: number, insert: string): Refined => ({
    from: at,
    to,
    insert,
    parts: insert === '' ? [] : [{ length: insert.length, origin: part.origin }],
  });
  if (removed === '' || inserted === '') return [one(from, from + removed.length, inserted)];
  if (inserted.startsWith(removed))
    return [one(from + removed.length, from + removed.length, inserted.slice(removed.length))];
  if (inserted.endsWith(removed)) return [one(from, from, inserted.slice(0, inserted.length - removed.length))];
  return align(removed, inserted).map(c => one(from + c.from, from + c.to, c.insert));
}

/** Gives new serials to what is new, in order from `first`. Returns the aligned changes and how many were taken. */
export function number(changes: readonly Refined[], first: number): { aligned: AlignedChange[]; count: number } {
  let next = first;
  const aligned = changes.map(({ from, to, insert, known }): AlignedChange => {
    if (known) return { from, to, insert, spans: known };
    const spans = insert === '' ? [] : [{ length: insert.length, serial: next }];
    next += insert.length;
    return { from, to, insert, spans };
  });
  return { aligned, count: next - first };
}
