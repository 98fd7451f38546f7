import { type Origin, unknown } from './origin.ts';
import { type OlderOrigins, OriginColumns } from './originColumns.ts';
import { Revisions } from './revisions.ts';
import type { Span } from './span.ts';

/** What is known of one serial. */
export interface Found {
  readonly origin: Origin;
  /** The event that made the character; -1 if no event is known to have. Of an equated one, the older's. */
  readonly act: number;
  /** The event whose finding this is: `act`, or a later resolution. */
  readonly foundBy: number;
  /** All serials from the one asked for up to here (exclusive) have the same answer. */
  readonly until: number;
}

/** A run of characters of one origin; serials go on by one. */
export interface FoundRun {
  readonly origin: Origin;
  /** As of a `Found`; of the first, where `each` is true. */
  readonly act: number;
  /** Each character is of an act of its own, and those go on by one. */
  readonly each: boolean;
  readonly until: number;
}

/** A run of characters of one answer; serials go on from `serial` by one. */
export interface FoundSpan extends Span {
  readonly origin: Origin;
  readonly act: number;
  readonly foundBy: number;
}

/**
 * What made the characters of one journal: serial ranges and their findings. Append-only: what is
 * added stays, and a later resolution wins for the serials it names. `act` is any number that names
 * the event, such as its sequence. `at` costs O(log ranges).
 */
export class Origins {
  readonly #made: OriginColumns;
  readonly #revised = new Revisions();

  /** `older`: what was added before. */
  constructor(older?: OlderOrigins) {
    this.#made = new OriginColumns(older);
  }

  /** What was added so far, but not how it was revised, lies there from now on. */
  shelve(older: OlderOrigins): void {
    this.#made.shelve(older);
  }

  /** New characters. Serials are made once: adding one again throws RangeError. */
  add(first: number, count: number, origin: Origin, act: number): void {
    this.#made.add(first, count, origin, act);
  }

  /** The characters are of another origin than was found; `act` is the resolution. */
  resolve(first: number, count: number, origin: Origin, act: number): void {
    if (count > 0) this.#revised.put({ from: first, until: first + count, origin, act });
  }

  /**
   * Serial `first + i` is the same character as `to + i` and has its origin, now and after any later
   * resolution of that. Throws RangeError if that would make a character its own elder.
   */
  equate(first: number, count: number, to: number): void {
    for (let i = 0; i < count; ) {
      const elder = this.#revised.eldest(to + i);
      const n = Math.min(count - i, elder.until - elder.serial);
      if (this.#revised.leadsInto(to + i, n, first, first + count)) {
        throw new RangeError(`serials ${first}+${count} equated with themselves through ${to}`);
      }
      i += n;
    }
    if (count > 0) this.#revised.put({ from: first, until: first + count, to });
  }

  /**
   * New characters of acts that follow one another, as many of each as `counts` says from `at` up to `end`, more than
   * none; `act` is the first's. False, and nothing is added, where they have to be added one by one.
   */
  addEach(first: number, counts: Float64Array, at: number, end: number, origin: Origin, act: number): boolean {
    return this.#made.addEach(first, counts, at, end, origin, act);
  }

  /** Whether these are serials, and none was given to a character. */
  areFree(first: number, count: number): boolean {
    return this.#made.areFree(first, count);
  }

  /** Whether the serial was given to a character. */
  has(serial: number): boolean {
    return this.#made.has(serial);
  }

  at(serial: number): Found {
    const { origin, act, foundBy, each, until } = this.#found(serial);
    return { origin, act, foundBy, until: each ? serial + 1 : until };
  }

  /** The same of as many serials as have one origin, also where one act after another made them, a character each. */
  runAt(serial: number): FoundRun {
    return this.#found(serial);
  }

  #found(serial: number): Found & FoundRun {
    if (this.#revised.isEmpty) {
      const { origin = unknown, act, until, each } = this.#made.runAt(serial);
      return { origin, act, foundBy: act, until, each };
    }
    const elder = this.#revised.eldest(serial);
    const { origin = unknown, act, each, until: madeUntil } = this.#made.runAt(elder.serial);
    const until = Math.min(elder.until, madeUntil) + (serial - elder.serial);
    const { revision } = elder;
    if (revision !== undefined) return { origin: revision.origin, act, foundBy: revision.act, until, each };
    return { origin, act, foundBy: act, until, each };
  }

  /** The spans cut where the answer changes; neighbours of one answer whose serials go on are one. */
  *walk(spans: Iterable<Span>): Generator<FoundSpan, void, undefined> {
    let last: FoundSpan | undefined;
    for (const span of spans) {
      const end = span.serial + span.length;
      for (let serial = span.serial; serial < end; ) {
        const { origin, act, foundBy, until } = this.at(serial);
        const length = Math.min(until, end) - serial;
        const same = last?.origin === origin && last.act === act && last.foundBy === foundBy;
        if (last !== undefined && same && last.serial + last.length === serial) {
          last = { ...last, length: last.length + length };
        } else {
          if (last !== undefined) yield last;
          last = { length, serial, origin, act, foundBy };
        }
        serial += length;
      }
    }
    if (last !== undefined) yield last;
  }
}
