import { digestLength } from './digest.ts';
import { type SaltSource, saltSource } from './parts.ts';

/** What the salts of a segment's events come from: its secret, or where something was taken out, what was kept. */
export type SegmentSecret = Uint8Array | KeptSalts;

/** Salts (32 bytes) of an event; of a part that was taken out 0x01 and its leaf (33 bytes). Good for one pass over the event. */
export function saltsIn(secret: SegmentSecret, sequence: number): SaltSource {
  return secret instanceof KeptSalts ? secret.of(sequence) : saltSource(secret, sequence);
}

/** Of each salted part of an event, in order: 0x00 and its salt, or 0x01 and its leaf. */
const rowLength = 1 + digestLength;

/**
 * Salts of a segment of which something was taken out: of each event what was kept, and for those that were appended
 * later a secret of their own. Read-only.
 */
export class KeptSalts {
  readonly #rows: ReadonlyMap<number, Uint8Array>;
  readonly #secret: Uint8Array | undefined;

  /** `rows`: by sequence. `secret`: absent where no event of the segment needs one any more. */
  constructor(rows: ReadonlyMap<number, Uint8Array>, secret: Uint8Array | undefined) {
    this.#rows = rows;
    this.#secret = secret;
  }

  /** Throws RangeError where nothing is kept of the event's salts, or fewer than are asked for. */
  of(sequence: number): SaltSource {
    const row = this.#rows.get(sequence);
    if (row !== undefined) return kept(row);
    if (this.#secret !== undefined) return saltSource(this.#secret, sequence);
    return () => {
      throw new RangeError(`no salts of event ${sequence}`);
    };
  }

  /** Of each event of which something was taken out: which of its salted parts, in order. */
  *allTaken(): Generator<readonly [sequence: number, taken: readonly boolean[]], void, undefined> {
    for (const sequence of this.#rows.keys()) {
      const taken = this.taken(sequence);
      if (taken !== undefined) yield [sequence, taken];
    }
  }

  /** Which salted parts of an event were taken out, in order; undefined where none was. */
  taken(sequence: number): readonly boolean[] | undefined {
    const flags = flagsOf(this.#rows.get(sequence));
    return flags.includes(true) ? flags : undefined;
  }
}

/** Salted parts of a row, in order: whether each was taken out. */
export function flagsOf(row: Uint8Array = new Uint8Array(0)): boolean[] {
  return Array.from({ length: Math.floor(row.length / rowLength) }, (_, i) => row[i * rowLength] === 1);
}

/** Whether a row is one of an event with so many salted parts. */
export function isRowOf(row: Uint8Array, parts: number): boolean {
  return (
    row.length === parts * rowLength && Array.from({ length: parts }, (_, i) => row[i * rowLength]!).every(f => f < 2)
  );
}

/** The row of an event: `salts` of its salted parts, as a SaltSource gives them. */
export function keptRow(salts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(salts.map(salt => (salt.length === rowLength ? salt : Buffer.concat([Uint8Array.of(0), salt]))));
}

/** What a SaltSource gives for a part that was taken out. */
export function takenSalt(leaf: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(1), leaf]);
}

function kept(row: Uint8Array): SaltSource {
  let at = 0;
  return () => {
    const from = at;
    at += rowLength;
    if (at > row.length) throw new RangeError('fewer salts than parts');
    return row[from] === 1 ? row.subarray(from, at) : row.subarray(from + 1, at);
  };
}
