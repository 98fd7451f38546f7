import type { Origin } from '../provenance/origin.ts';
import type { Chronicle, Placing, ReplayedDocument } from './chronicle.ts';

/** A run of a text of one origin that one act placed. Offsets: UTF-16 code units. Shared: read it before the next. */
export interface Piece {
  from: number;
  to: number;
  /** Of its first character; the others go on from it by one. */
  serial: number;
  origin: Origin;
  /** Sequence of the event that made it, or its first character; -1 if none is known. */
  act: number;
  /** Each character was made by an event of its own, one after another. */
  each: boolean;
  /** Absent where it stands as it was made. */
  placing: Placing | undefined;
}

/** Characters that are looked at together: of a text of a million spans not all are held twice. */
const stretch = 1 << 16;

/**
 * A document's text from start to end, cut wherever an answer changes, and sometimes where it does not. The object is
 * reused.
 */
export function* piecesOf(chronicle: Chronicle, { provenance }: ReplayedDocument): Generator<Piece, void, undefined> {
  const { origins } = chronicle.folding;
  const piece: Piece = {
    from: 0,
    to: 0,
    serial: 0,
    origin: { kind: 'unknown', basis: 'none', rule: 'none' },
    act: -1,
    each: false,
    placing: undefined,
  };
  for (let at = 0; at < provenance.length; at += stretch) {
    const stop = Math.min(provenance.length, at + stretch);
    const placements = provenance.placements(at, stop);
    let index = 0;
    let placedUntil = at + placements[0]!.length;
    for (const span of provenance.slice(at, stop)) {
      const end = span.serial + span.length;
      for (let serial = span.serial; serial < end; ) {
        while (piece.to >= placedUntil) placedUntil += placements[++index]!.length;
        const { origin, act, each, until } = origins.runAt(serial);
        const length = Math.min(until - serial, end - serial, placedUntil - piece.to);
        const placed = placements[index]!.serial;
        piece.from = piece.to;
        piece.to += length;
        piece.serial = serial;
        piece.origin = origin;
        piece.act = act;
        piece.each = each;
        piece.placing = placed === 0 ? undefined : chronicle.placings.get(placed);
        yield piece;
        serial += length;
      }
    }
  }
}
