import { type Origin, sameOrigin } from './origin.ts';

/** Serials of one block of this size lie in one set of columns: sessions count in leases of it. */
const block = 2 ** 32;

export interface Made {
  /** Absent: nothing is known to have made this serial. */
  readonly origin: Origin | undefined;
  readonly act: number;
  readonly until: number;
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
  readonly #blocks = new Map<number, Columns>();
  readonly #origins: Origin[] = [];
  readonly #numbers = new Map<string, number>();
  #last = -1;
  /** The block asked for last. */
  #near: Columns | undefined;

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
    const pieces: { columns: Columns; from: number; to: number }[] = [];
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

  freeUntil(serial: number): number {
    const { origin, until } = this.at(serial);
    return origin === undefined ? until : serial;
  }

  at(serial: number): Made {
    const key = Math.floor(serial / block);
    const columns = this.#blocks.get(key);
    if (columns === undefined) return this.#olderAt(serial, (key + 1) * block);
    const i = columns.find(serial);
    const until = i + 1 < columns.count ? columns.starts[i + 1]! : (key + 1) * block;
    const found = columns.found[i]!;
    if (found === hole) return this.#olderAt(serial, until);
    const origin = this.#origins[found >> 1];
    if ((found & 1) === 0) return { origin, act: columns.acts[i]!, until };
    return { origin, act: columns.acts[i]! + serial - columns.starts[i]!, until: serial + 1 };
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
  #olderAt(serial: number, holeEnd: number): Made {
    const made = this.#older?.at(serial);
    if (made === undefined) return { origin: undefined, act: -1, until: holeEnd };
    return made.until <= holeEnd ? made : { ...made, until: holeEnd };
  }

  #columns(key: number): Columns {
    if (this.#near?.key === key) return this.#near;
    let columns = this.#blocks.get(key);
    if (columns === undefined) {
      columns = new Columns(key);
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

function sumOf(counts: Float64Array, at: number, end: number): number {
  let sum = 0;
  for (let i = at; i < end; i++) sum += counts[i]!;
  return sum;
}

/** In place of what was found: nothing is known. */
const hole = -1;

/**
 * Range i runs from `starts[i]` to `starts[i + 1]`; sorted, one behind the other. `found[i]`: twice the number of the
 * origin, and 1 more where each serial is of an act of its own, the first of `acts[i]`, the others of those that follow.
 */
class Columns {
  /** Rank of the block. */
  readonly key: number;
  starts = new Float64Array(16);
  found = new Int32Array(16);
  acts = new Float64Array(16);
  count = 1;
  /** The range found last; a guess, wherever ranges were put or dropped since. */
  #near = 0;

  constructor(key: number) {
    this.key = key;
    this.#put(0, key * block, hole, -1);
  }

  /** The range that holds a serial of this block. Who reads a text asks for the same or the next one, mostly. */
  find(serial: number): number {
    for (let near = this.#near; near < Math.min(this.#near + 2, this.count); near++) {
      if (this.starts[near]! <= serial && serial < this.#end(near)) {
        this.#near = near;
        return near;
      }
    }
    this.#near = this.#search(serial);
    return this.#near;
  }

  #search(serial: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.starts[middle]! <= serial) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The range, with a hole in which all of it lies. Throws RangeError where there is none. */
  demandFree(from: number, to: number): number {
    const at = this.holder(from);
    if (this.found[at] !== hole || to > this.#end(at))
      throw new RangeError(`serials ${from} to ${to} were made before`);
    return at;
  }

  addFree(from: number, to: number, origin: number, act: number): void {
    const at = this.demandFree(from, to);
    const holeEnd = this.#end(at);
    const start = this.starts[at]!;
    if (start === from && this.#isTaken(at, from, to - from, origin, act)) {
      // The range before runs on: the hole begins later, or is gone.
      if (to === holeEnd) this.#drop(at);
      else this.starts[at] = to;
      return;
    }
    if (to < holeEnd) this.#insert(at + 1, to, hole, -1);
    if (from > start) this.#insert(at + 1, from, origin << 1, act);
    else this.#put(at, from, origin << 1, act);
  }

  /** Adds ranges behind all others, if that is where the first of them goes on. */
  addEach(first: number, counts: Float64Array, at: number, end: number, origin: number, act: number): boolean {
    let [serial, i] = [first, this.count - 1];
    if (this.found[i] !== hole || this.starts[i] !== first) return false;
    if (first + sumOf(counts, at, end) > (this.key + 1) * block) return false;
    for (let k = at; k < end; k++, act++) {
      const count = counts[k]!;
      if (!this.#isTaken(i, serial, count, origin, act)) {
        if (i + 1 === this.starts.length) this.#grow();
        this.#put(i++, serial, origin << 1, act);
      }
      serial += count;
    }
    this.#put(i, serial, hole, -1);
    this.count = i + 1;
    return true;
  }

  /** Whether the range before `at` takes up the serials behind it: of its own act, or one of the act after its last. */
  #isTaken(at: number, serial: number, count: number, origin: number, act: number): boolean {
    const last = at - 1;
    if (last < 0 || this.found[last]! >> 1 !== origin) return false;
    const each = (this.found[last]! & 1) === 1;
    if (!each && this.acts[last] === act) return true;
    const length = serial - this.starts[last]!;
    if (count !== 1 || this.acts[last]! + length !== act || !(each || length === 1)) return false;
    this.found[last]! |= 1;
    return true;
  }

  /** As `find`; nearly always the last range, what is not yet made, is where the next serials go. */
  holder(serial: number): number {
    return serial >= this.starts[this.count - 1]! ? this.count - 1 : this.find(serial);
  }

  #end(at: number): number {
    return at + 1 < this.count ? this.starts[at + 1]! : Infinity;
  }

  #insert(at: number, start: number, found: number, act: number): void {
    if (this.count === this.starts.length) this.#grow();
    // Nearly always it is the last: then there is nothing to move, and to ask for that costs as much as all the rest.
    if (at < this.count) {
      this.starts.copyWithin(at + 1, at, this.count);
      this.found.copyWithin(at + 1, at, this.count);
      this.acts.copyWithin(at + 1, at, this.count);
    }
    this.count++;
    this.#put(at, start, found, act);
  }

  #drop(at: number): void {
    this.starts.copyWithin(at, at + 1, this.count);
    this.found.copyWithin(at, at + 1, this.count);
    this.acts.copyWithin(at, at + 1, this.count);
    this.count--;
  }

  #put(at: number, start: number, found: number, act: number): void {
    this.starts[at] = start;
    this.found[at] = found;
    this.acts[at] = act;
  }

  #grow(): void {
    const size = this.starts.length * 2;
    const { starts, found, acts } = this;
    this.starts = new Float64Array(size);
    this.found = new Int32Array(size);
    this.acts = new Float64Array(size);
    this.starts.set(starts);
    this.found.set(found);
    this.acts.set(acts);
  }
}
