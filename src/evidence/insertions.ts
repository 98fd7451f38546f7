import type { Origin } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';

/** One event's new characters. */
export interface Insertion {
  readonly sequence: number;
  readonly time: number;
  readonly zone: number;
  readonly session: number;
  readonly document: number;
  /** Serial of the first new character; the others go on by one. */
  readonly first: number;
  /** Serials made: UTF-16 code units. */
  readonly count: number;
  /** How they reached the journal: see `Entry`. */
  readonly entry: Entry;
}

/** `live`: by a change of an open document. `initial`: there at consent. `unseen`: found afterwards. */
export type Entry = 'live' | 'initial' | 'unseen';

/** Part of one insertion that is of one origin, as known in the end. Shared: read it before the next. */
export interface Inserted {
  /** Index of the insertion. */
  row: number;
  origin: Origin;
  serial: number;
  /** Code points. */
  characters: number;
}

const entries: readonly Entry[] = ['live', 'initial', 'unseen'];
const width = 8;

/** All new characters of a journal, in the order of its events. Append-only columns: a million rows stay small. */
export class Insertions {
  #cells = new Float64Array(1024 * width);
  #size = 0;
  /** Serials of second halves of surrogate pairs: they are no characters of their own. */
  #halves: number[] = [];
  #sorted = true;

  get size(): number {
    return this.#size;
  }

  add(insertion: Insertion): void {
    const at = this.#size * width;
    if (at === this.#cells.length) {
      const grown = new Float64Array(at * 2);
      grown.set(this.#cells);
      this.#cells = grown;
    }
    const cells = this.#cells;
    cells[at] = insertion.sequence;
    cells[at + 1] = insertion.time;
    cells[at + 2] = insertion.zone;
    cells[at + 3] = insertion.session;
    cells[at + 4] = insertion.document;
    cells[at + 5] = insertion.first;
    cells[at + 6] = insertion.count;
    cells[at + 7] = entries.indexOf(insertion.entry);
    this.#size++;
  }

  /** Notes the surrogate pairs of a text whose first code unit has this serial. */
  addPairs(text: string, serial: number): void {
    if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return;
    for (let i = 1; i < text.length; i++) {
      if ((text.charCodeAt(i) & 0xfc00) !== 0xdc00 || (text.charCodeAt(i - 1) & 0xfc00) !== 0xd800) continue;
      this.#halves.push(serial + i);
      this.#sorted = false;
    }
  }

  at(row: number): Insertion {
    const at = row * width;
    const cells = this.#cells;
    return {
      sequence: cells[at]!,
      time: cells[at + 1]!,
      zone: cells[at + 2]!,
      session: cells[at + 3]!,
      document: cells[at + 4]!,
      first: cells[at + 5]!,
      count: cells[at + 6]!,
      entry: entries[cells[at + 7]!]!,
    };
  }

  /** Code points in a range of serials that were made by one event. */
  characters(first: number, count: number): number {
    if (this.#halves.length === 0) return count;
    if (!this.#sorted) {
      this.#halves.sort((a, b) => a - b);
      this.#sorted = true;
    }
    return count - (lowerBound(this.#halves, first + count) - lowerBound(this.#halves, first));
  }

  /** Every part of every insertion by what is known of it now. The object is reused. */
  *walk(origins: Origins): Generator<Inserted, void, undefined> {
    const part: Inserted = {
      row: 0,
      origin: { kind: 'unknown', basis: 'none', rule: 'none' },
      serial: 0,
      characters: 0,
    };
    for (let row = 0; row < this.#size; row++) {
      const first = this.#cells[row * width + 5]!;
      const end = first + this.#cells[row * width + 6]!;
      for (let serial = first; serial < end; ) {
        const { origin, until } = origins.at(serial);
        const stop = Math.min(until, end);
        part.row = row;
        part.origin = origin;
        part.serial = serial;
        part.characters = this.characters(serial, stop - serial);
        yield part;
        serial = stop;
      }
    }
  }
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
