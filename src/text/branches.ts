/** Entries a branch holds. Wide enough that a million spans lie three branches deep. */
export const fan = 32;

/**
 * The branches of one tree, by number, in shared columns: entry `branch * fan + slot` has the number
 * of a kid (branch or leaf) and the sum of the lengths below it.
 */
export class Branches {
  kids = new Int32Array(fan);
  sums = new Int32Array(fan);
  counts = new Int32Array(1);
  #made = 0;
  #free: number[] = [];

  /** Bytes that the columns hold. */
  get bytes(): number {
    return this.counts.length * (fan * 8 + 4);
  }

  clone(): Branches {
    const copy = new Branches();
    copy.kids = this.kids.slice();
    copy.sums = this.sums.slice();
    copy.counts = this.counts.slice();
    copy.#made = this.#made;
    copy.#free = [...this.#free];
    return copy;
  }

  /** An empty branch. */
  make(): number {
    const free = this.#free.pop();
    if (free !== undefined) {
      this.counts[free] = 0;
      return free;
    }
    if (this.#made === this.counts.length) {
      const more = this.#made + (this.#made >> 3) + 1;
      this.kids = grown(this.kids, more * fan);
      this.sums = grown(this.sums, more * fan);
      this.counts = grown(this.counts, more);
    }
    return this.#made++;
  }

  drop(branch: number): void {
    this.#free.push(branch);
  }

  /** The branch must not be full. */
  insert(branch: number, slot: number, kid: number, sum: number): void {
    const entry = branch * fan + slot;
    const end = branch * fan + this.counts[branch]!;
    this.kids.copyWithin(entry + 1, entry, end);
    this.sums.copyWithin(entry + 1, entry, end);
    this.kids[entry] = kid;
    this.sums[entry] = sum;
    this.counts[branch]!++;
  }

  erase(branch: number, slot: number): void {
    const entry = branch * fan + slot;
    const end = branch * fan + this.counts[branch]!;
    this.kids.copyWithin(entry, entry + 1, end);
    this.sums.copyWithin(entry, entry + 1, end);
    this.counts[branch]!--;
  }

  /** Moves the entries of `from`, from slot `slot` on, to the end of `to`; gives the sum of their lengths. */
  move(from: number, slot: number, to: number): number {
    let moved = 0;
    for (let i = slot; i < this.counts[from]!; i++) {
      const sum = this.sums[from * fan + i]!;
      this.insert(to, this.counts[to]!, this.kids[from * fan + i]!, sum);
      moved += sum;
    }
    this.counts[from] = slot;
    return moved;
  }

  sum(branch: number): number {
    let sum = 0;
    for (let i = 0; i < this.counts[branch]!; i++) sum += this.sums[branch * fan + i]!;
    return sum;
  }
}

function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(size);
  out.set(array);
  return out;
}
