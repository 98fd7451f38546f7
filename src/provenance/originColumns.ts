import { type Origin, sameOrigin } from './origin.ts';
import { block, hole, OriginBlock, sumOf } from './originBlock.ts';

export interface Made {
  /** Absent: nothing is known to have made this serial. */
  readonly origin: Origin | undefined;
  readonly act: number;
  readonly until: number;
}

/** A run of serials of one origin. */
export interface MadeRun extends Made {
  /** Each is of an act of its own: `act` is the first one's, and they go on by one. */
  readonly each: boolean;
}

/** Ranges that were added before and lie elsewhere. They do not change while they are asked for. */
export interface OlderOrigins {
  at(serial: number): Made;
  /** None of the serials from this one up to there (exclusive) was added; the serial itself if it was. */
  freeUntil(serial: number): number;
}

/** Serial ranges with origin and act, each serial once, in typed columns; what is typed key by key is one range. */
export class OriginColumns implements OlderOrigins {
  #older: OlderOrigins | undefined;
  /** Serials of which the older ones are known to have none: where it is gone on, mostly. */
  #freeFrom = 0;
  #freeUntil = 0;
  readonly #blocks = new Map<number, OriginBlock>();
  readonly #origins: Origin[] = [];
  readonly #numbers = new Map<string, number>();
  #last = -1;
  /** The block asked for last. */
  #near: OriginBlock | undefined;

  constructor(older?: OlderOrigins) {
    this.#older = older;
  }

  /** All that was added lies elsewhere now and is forgotten here. */
  shelve(older: OlderOrigins): void {
    this.#blocks.clear();
    this.#near = undefined;
    this.#older = older;
    this.#freeUntil = 0;
  }

  /** Throws RangeError if one of the serials was added before, or is none (below 0, from 2^53 on). */
  add(first: number, count: number, origin: Origin, act: number): void {
    const end = first + count;
    if (!(Number.isSafeInteger(first) && first >= 0 && count >= 0 && Number.isSafeInteger(end))) {
      throw new RangeError(`${first}+${count} are no serials`);
    }
    if (!this.#isFree(first, count)) throw new RangeError(`serials from ${first} were made before`);
    const number = this.#numberOf(origin);
    const only = Math.floor(first / block);
    if (count > 0 && end <= (only + 1) * block) {
      this.#columns(only).addFree(first, end, number, act);
      return;
    }
    const pieces: { columns: OriginBlock; from: number; to: number }[] = [];
    for (let from = first; from < end; ) {
      const key = Math.floor(from / block);
      const to = Math.min(end, (key + 1) * block);
      pieces.push({ columns: this.#columns(key), from, to });
      from = to;
    }
    // All or nothing: a range may reach over the end of a block.
    for (const { columns, from, to } of pieces) columns.demandFree(from, to);
    for (const { columns, from, to } of pieces) columns.addFree(from, to, number, act);
  }

  /**
   * The same for acts that follow one another, each of which made as many characters as `counts` says, from `at` up to
   * `end`, more than none. False, and nothing is added, where that is to be done one by one.
   */
  addEach(first: number, counts: Float64Array, at: number, end: number, origin: Origin, act: number): boolean {
    const key = Math.floor(first / block);
    const columns = this.#near;
    if (!this.#isFree(first, sumOf(counts, at, end))) return false;
    return columns?.key === key && columns.addEach(first, counts, at, end, this.#numberOf(origin), act);
  }

  /** Whether the serial was added. */
  has(serial: number): boolean {
    const key = Math.floor(serial / block);
    const columns = this.#near?.key === key ? this.#near : this.#blocks.get(key);
    if (columns !== undefined && columns.found[columns.holder(serial)] !== hole) return true;
    return !this.#isFree(serial, 1);
  }

  /** Whether `add` would take these. */
  areFree(first: number, count: number): boolean {
    const end = first + count;
    if (!(Number.isSafeInteger(first) && first >= 0 && count >= 0 && Number.isSafeInteger(end))) return false;
    if (count === 1) return !this.has(first);
    for (let serial = first; serial < end; ) {
      const until = this.freeUntil(serial);
      if (until === serial) return false;
      serial = until;
    }
    return true;
  }

  freeUntil(serial: number): number {
    const { origin, until } = this.at(serial);
    return origin === undefined ? until : serial;
  }

  at(serial: number): Made {
    const { origin, act, each, until } = this.runAt(serial);
    return { origin, act, until: each ? serial + 1 : until };
  }

  /** The same of as many serials as have one origin, though acts that follow one another made them. */
  runAt(serial: number): MadeRun {
    const key = Math.floor(serial / block);
    const columns = this.#blocks.get(key);
    if (columns === undefined) return this.#olderAt(serial, (key + 1) * block);
    const i = columns.find(serial);
    const until = i + 1 < columns.count ? columns.starts[i + 1]! : (key + 1) * block;
    const found = columns.found[i]!;
    if (found === hole) return this.#olderAt(serial, until);
    const each = (found & 1) === 1;
    const act = columns.acts[i]! + (each ? serial - columns.starts[i]! : 0);
    return { origin: this.#origins[found >> 1], act, until, each };
  }

  /** Whether the older ones have none of these. */
  #isFree(first: number, count: number): boolean {
    if (this.#older === undefined) return true;
    for (let serial = first; serial < first + count; serial = this.#freeUntil) {
      if (serial >= this.#freeFrom && serial < this.#freeUntil) continue;
      const until = this.#older.freeUntil(serial);
      if (until === serial) return false;
      this.#freeFrom = serial;
      this.#freeUntil = until;
    }
    return true;
  }

  /** Of a serial in a hole that ends there. */
  #olderAt(serial: number, holeEnd: number): MadeRun {
    const made = this.#older?.at(serial);
    if (made === undefined) return { origin: undefined, act: -1, until: holeEnd, each: false };
    const { origin, act, until } = made;
    return { origin, act, until: Math.min(until, holeEnd), each: false };
  }

  #columns(key: number): OriginBlock {
    if (this.#near?.key === key) return this.#near;
    let columns = this.#blocks.get(key);
    if (columns === undefined) {
      columns = new OriginBlock(key);
      this.#blocks.set(key, columns);
    }
    this.#near = columns;
    return columns;
  }

  #numberOf(origin: Origin): number {
    const last = this.#origins[this.#last];
    if (last !== undefined && sameOrigin(last, origin)) return this.#last;
    const key = JSON.stringify([origin.kind, origin.basis, origin.rule, origin.prompt, origin.commit]);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#origins.push(origin) - 1;
      this.#numbers.set(key, number);
    }
    this.#last = number;
    return number;
  }
}
