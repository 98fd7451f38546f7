import { type Origin, sameOrigin } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';
import type { Span } from '../provenance/span.ts';

/** One event's new characters. */
export interface Insertion {
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
  /** What they were found to be when they came. */
  readonly origin: Origin;
}

/** `live`: by a change of an open document. `initial`: there at consent. `unseen`: found afterwards. */
export type Entry = 'live' | 'initial' | 'unseen';

/** Part of one insertion that is of one origin, as known in the end. Shared: read it before the next. */
export interface Inserted {
  time: number;
  zone: number;
  session: number;
  document: number;
  entry: Entry;
  origin: Origin;
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
  readonly #found: Origin[] = [];
  readonly #numbers = new Map<string, number>();
  #last = -1;

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
    cells[at] = insertion.time;
    cells[at + 1] = insertion.zone;
    cells[at + 2] = insertion.session;
    cells[at + 3] = insertion.document;
    cells[at + 4] = insertion.first;
    cells[at + 5] = insertion.count;
    cells[at + 6] = entries.indexOf(insertion.entry);
    cells[at + 7] = this.#numberOf(insertion.origin);
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

  /** Code points in a range of serials that were made by one event. */
  characters(first: number, count: number): number {
    if (this.#halves.length === 0) return count;
    if (!this.#sorted) {
      this.#halves.sort((a, b) => a - b);
      this.#sorted = true;
    }
    return count - (lowerBound(this.#halves, first + count) - lowerBound(this.#halves, first));
  }

  /**
   * Every part of every insertion by what is known of it now. `revised`: all serials that any later event
   * says something of, in rising order, disjoint; of the others the first finding holds. The object is reused.
   */
  *walk(origins: Origins, revised: readonly Span[]): Generator<Inserted, void, undefined> {
    const origin: Origin = { kind: 'unknown', basis: 'none', rule: 'none' };
    const part: Inserted = { time: 0, zone: 0, session: 0, document: 0, entry: 'live', origin, characters: 0 };
    const cells = this.#cells;
    for (let row = 0; row < this.#size; row++) {
      const at = row * width;
      const first = cells[at + 4]!;
      const end = first + cells[at + 5]!;
      part.time = cells[at]!;
      part.zone = cells[at + 1]!;
      part.session = cells[at + 2]!;
      part.document = cells[at + 3]!;
      part.entry = entries[cells[at + 6]!]!;
      const mayDiffer = touches(revised, first, end);
      for (let serial = first; serial < end; ) {
        const found = mayDiffer ? origins.at(serial) : undefined;
        const stop = Math.min(found?.until ?? end, end);
        part.origin = found?.origin ?? this.#found[cells[at + 7]!]!;
        part.characters = this.characters(serial, stop - serial);
        yield part;
        serial = stop;
      }
    }
  }

  /** Equal origins are one object, so that who counts them need not compare. */
  #numberOf(origin: Origin): number {
    const last = this.#found[this.#last];
    if (last !== undefined && sameOrigin(last, origin)) return this.#last;
    const key = JSON.stringify([origin.kind, origin.basis, origin.rule, origin.prompt, origin.commit]);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      const { kind, basis, rule, prompt, commit } = origin;
      const led = { ...(prompt !== undefined && { prompt }), ...(commit !== undefined && { commit }) };
      number = this.#found.push({ kind, basis, rule, ...led }) - 1;
      this.#numbers.set(key, number);
    }
    this.#last = number;
    return number;
  }
}

function touches(revised: readonly Span[], first: number, end: number): boolean {
  let low = 0;
  let high = revised.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (revised[middle]!.serial + revised[middle]!.length <= first) low = middle + 1;
    else high = middle;
  }
  return low < revised.length && revised[low]!.serial < end;
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
