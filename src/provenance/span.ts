import type { Change } from '../text/change.ts';

/**
 * A run of characters whose serials follow one another. No position: a document's spans stand in
 * order and their lengths add up to its length (UTF-16 code units).
 */
export interface Span {
  readonly length: number;
  /** Serial of the first character; the others go on from it by one. */
  readonly serial: number;
}

/** A span with the offset of its first character in a text. */
export interface PlacedSpan extends Span {
  readonly at: number;
}

/** A change with the serials of what it inserts: `spans` add up to `insert.length`. */
export interface AlignedChange extends Change {
  readonly spans: readonly Span[];
}
