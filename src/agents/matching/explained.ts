import type { Placed } from './outsideChange.ts';

/** How surely a character of a change is explained: by what an edit's record says, its words, its lines, its very text. */
export const ranks = { none: 0, words: 1, lines: 2, text: 3 } as const;
export type Rank = (typeof ranks)[keyof typeof ranks];

/** A part of the text after a change (UTF-16 code units), half-open. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

interface Piece extends Placed {
  readonly rank: Rank;
  /** Id of the edit. */
  readonly by?: string;
}

/** Which of a change's new characters are explained, how surely and by which edit. Mutable. */
export class Explained {
  #pieces: readonly Piece[];

  /** `fresh`: in the order of the text. */
  constructor(fresh: readonly Placed[]) {
    this.#pieces = fresh.map(run => ({ ...run, rank: ranks.none }));
  }

  /** The runs that are explained less surely, in the order of the text; what goes on is one run. */
  below(rank: Rank): Placed[] {
    const out: { length: number; serial: number; at: number }[] = [];
    for (const { length, serial, at, rank: own } of this.#pieces) {
      if (own >= rank) continue;
      const last = out.at(-1);
      const goesOn = last && last.at + last.length === at && last.serial + last.length === serial;
      if (goesOn) last.length += length;
      else out.push({ length, serial, at });
    }
    return out;
  }

  /** Explains what of these ranges (sorted, disjoint) is explained less surely so far, and gives it. */
  take(ranges: readonly Range[], rank: Rank, by: string): Placed[] {
    const taken: Placed[] = [];
    const next: Piece[] = [];
    let first = 0;
    for (const piece of this.#pieces) {
      const end = piece.at + piece.length;
      while (first < ranges.length && ranges[first]!.to <= piece.at) first++;
      let at = piece.at;
      for (let i = first; piece.rank < rank && i < ranges.length && ranges[i]!.from < end; i++) {
        const [from, to] = [Math.max(at, ranges[i]!.from), Math.min(end, ranges[i]!.to)];
        if (from >= to) continue;
        if (from > at) next.push(cut(piece, at, from));
        const own = { ...cut(piece, from, to), rank, by };
        next.push(own);
        taken.push({ length: own.length, serial: own.serial, at: own.at });
        at = to;
      }
      if (at === piece.at) next.push(piece);
      else if (at < end) next.push(cut(piece, at, end));
    }
    if (taken.length > 0) this.#pieces = next;
    return taken;
  }

  /** What this edit explained counts as unexplained again. */
  forget(by: string): void {
    this.#pieces = this.#pieces.map(({ by: own, ...piece }) =>
      own === undefined ? piece : own === by ? { ...piece, rank: ranks.none } : { ...piece, by: own },
    );
  }
}

function cut(piece: Piece, from: number, to: number): Piece {
  return { ...piece, at: from, length: to - from, serial: piece.serial + from - piece.at };
}
