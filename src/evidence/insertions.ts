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

/** Part of what came in one minute and is of one origin, as known in the end. Shared: read it before the next. */
export interface Inserted {
  /** When its first and its last characters came. */
  time: number;
  until: number;
  zone: number;
  session: number;
  document: number;
  entry: Entry;
  origin: Origin;
  /** Code points. */
  characters: number;
  /** Its serials: UTF-16 code units. */
  serial: number;
  length: number;
}

/** A surrogate pair: two units that are one character. */
export const pairs = /[\ud800-\udbff][\udc00-\udfff]/;

const entries: readonly Entry[] = ['live', 'initial', 'unseen'];
const width = 9;

/**
 * All new characters of a journal, in the order of its events. Append-only columns, in which a row holds what came by
 * several events, where one went on from the other within a minute and all else is the same.
 */
export class Insertions {
  #cells = new Float64Array(1024 * width);
  #size = 0;
  /** By event: ms after its row's time, and count of its characters. Of a row that was revised they are asked for. */
  #offsets = new Uint16Array(1024);
  #counts = new Int32Array(1024);
  #events = 0;
  /** Serials of second halves of surrogate pairs: they are no characters of their own. */
  #halves: number[] = [];
  #sorted = true;
  readonly #found: Origin[] = [];
  readonly #numbers = new Map<string, number>();
  #last = -1;

  /** How many rows the insertions into some documents take. */
  rowsOf(includes: (document: number) => boolean): number {
    let rows = 0;
    for (let at = 3; at < this.#size * width; at += width) if (includes(this.#cells[at]!)) rows++;
    return rows;
  }

  add(insertion: Insertion): void {
    const at = this.#size * width;
    if (this.#goesOn(at - width, insertion)) return;
    this.#note(0, insertion.count);
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
    cells[at + 8] = this.#events - 1;
    this.#size++;
  }

  /**
   * The same of events that follow one another, of which all but time, zone and count is the same, and serials go on:
   * `clocks` and `made` have those of each from their `at` on.
   */
  addEach(
    shared: Omit<Insertion, 'time' | 'zone' | 'count'>,
    events: number,
    clocks: { readonly times: Float64Array; readonly zones: Float64Array; readonly at: number },
    made: { readonly counts: Float64Array; readonly at: number },
  ): void {
    let first = shared.first;
    for (let i = 0; i < events; ) {
      const time = clocks.times[clocks.at + i]!;
      const zone = clocks.zones[clocks.at + i]!;
      const count = made.counts[made.at + i++]!;
      this.add({ ...shared, time, zone, first, count });
      first += count;
      // Most of the others are of the same minute: they need but be counted.
      const at = (this.#size - 1) * width;
      const start = this.#cells[at]!;
      const minute = minuteOf(start, zone);
      let since = this.#offsets[this.#events - 1]!;
      for (; i < events && clocks.zones[clocks.at + i] === zone; i++) {
        const next = clocks.times[clocks.at + i]! - start;
        if (next < since || minuteOf(start + next, zone) !== minute) break;
        const more = made.counts[made.at + i]!;
        this.#note(next, more);
        this.#cells[at + 5]! += more;
        first += more;
        since = next;
      }
    }
  }

  /** The row at `at`, the last, takes it up if it goes on from there. */
  #goesOn(at: number, { time, zone, session, document, first, count, entry, origin }: Insertion): boolean {
    const cells = this.#cells;
    if (at < 0 || cells[at + 4]! + cells[at + 5]! !== first) return false;
    const since = time - cells[at]!;
    if (since < this.#offsets[this.#events - 1]!) return false;
    if (cells[at + 1] !== zone || minuteOf(cells[at]!, zone) !== minuteOf(time, zone)) return false;
    if (cells[at + 2] !== session || cells[at + 3] !== document || entries[cells[at + 6]!] !== entry) return false;
    if (cells[at + 7] !== this.#numberOf(origin)) return false;
    cells[at + 5]! += count;
    this.#note(since, count);
    return true;
  }

  #note(since: number, count: number): void {
    if (this.#events === this.#counts.length) {
      const [offsets, counts] = [new Uint16Array(this.#events * 2), new Int32Array(this.#events * 2)];
      offsets.set(this.#offsets);
      counts.set(this.#counts);
      [this.#offsets, this.#counts] = [offsets, counts];
    }
    this.#offsets[this.#events] = since;
    this.#counts[this.#events++] = count;
  }

  /** Notes the surrogate pairs of a text whose first code unit has this serial. */
  addPairs(text: string, serial: number): void {
    if (!pairs.test(text)) return;
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
   * When the last of some characters came, ms since 1970 UTC, by the clock of its event; undefined where an event of one
   * of them is not known. Cost: linear in rows.
   */
  lastMade(first: number, count: number): { readonly time: number; readonly zone: number } | undefined {
    const cells = this.#cells;
    let left = count;
    let last: { readonly time: number; readonly zone: number } | undefined;
    for (let row = this.#size - 1; row >= 0 && left > 0; row--) {
      const at = row * width;
      const begin = Math.max(first, cells[at + 4]!);
      const end = Math.min(first + count, cells[at + 4]! + cells[at + 5]!);
      if (begin >= end) continue;
      left -= end - begin;
      let event = cells[at + 8]!;
      for (let made = cells[at + 4]! + this.#counts[event]!; made < end; made += this.#counts[event]!) event++;
      const time = cells[at]! + this.#offsets[event]!;
      if (last === undefined || time > last.time) last = { time, zone: cells[at + 1]! };
    }
    return left > 0 ? undefined : last;
  }

  /**
   * Every part of every insertion by what is known of it now. `revised`: all serials that any later event
   * says something of, in rising order, disjoint; of the others the first finding holds. The object is reused.
   */
  *walk(origins: Origins, revised: readonly Span[]): Generator<Inserted, void, undefined> {
    const origin: Origin = { kind: 'unknown', basis: 'none', rule: 'none' };
    const none = { time: 0, until: 0, zone: 0, session: 0, document: 0, characters: 0, serial: 0, length: 0 };
    const part: Inserted = { ...none, entry: 'live', origin };
    const cells = this.#cells;
    for (let row = 0; row < this.#size; row++) {
      const at = row * width;
      const time = cells[at]!;
      const first = cells[at + 4]!;
      const end = first + cells[at + 5]!;
      part.zone = cells[at + 1]!;
      part.session = cells[at + 2]!;
      part.document = cells[at + 3]!;
      part.entry = entries[cells[at + 6]!]!;
      const ends = row + 1 < this.#size ? cells[at + width + 8]! : this.#events;
      if (!touches(revised, first, end)) {
        part.time = time;
        part.until = time + this.#offsets[ends - 1]!;
        part.origin = this.#found[cells[at + 7]!]!;
        part.characters = this.characters(first, end - first);
        part.serial = first;
        part.length = end - first;
        yield part;
        continue;
      }
      let serial = first;
      for (let event = cells[at + 8]!; event < ends; event++) {
        part.time = part.until = time + this.#offsets[event]!;
        for (const stop = serial + this.#counts[event]!; serial < stop; ) {
          const found = origins.at(serial);
          const to = Math.min(found.until, stop);
          part.origin = found.origin;
          part.characters = this.characters(serial, to - serial);
          part.serial = serial;
          part.length = to - serial;
          yield part;
          serial = to;
        }
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

/** Minute of the local clock, counted from 1970: `time` in ms UTC, `zone` in minutes. */
export function minuteOf(time: number, zone: number): number {
  return Math.floor((time + zone * 60_000) / 60_000);
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
