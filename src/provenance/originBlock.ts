/** Serials of one block of this size lie in one set of columns: sessions count in leases of it. */
export const block = 2 ** 32;

/** In place of what was found: nothing is known. */
export const hole = -1;

/**
 * Range i runs from `starts[i]` to `starts[i + 1]`; sorted, one behind the other. `found[i]`: twice the number of the
 * origin, and 1 more where each serial is of an act of its own, the first of `acts[i]`, the others of those that follow.
 */
export class OriginBlock {
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

export function sumOf(counts: Float64Array, at: number, end: number): number {
  let sum = 0;
  for (let i = at; i < end; i++) sum += counts[i]!;
  return sum;
}
