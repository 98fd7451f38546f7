import { Branches, fan } from './branches.ts';

/** More branches deep than any text below 2^31 can lead to. */
const deepest = 16;

/**
 * An order of numbered leaves, each with a length: the inner part of a B+tree, found by offset in
 * O(log leaves). What a leaf holds is its owner's, who also chooses the numbers. Mutable. There is
 * always one current leaf; all operations work on it, and what is near it is cheap: its own changes
 * of length reach the branches only when the place moves on. Lengths are whole numbers below 2^31.
 */
export class LengthTree {
  /** Sum of all leaves. */
  length = 0;
  /** Number of the current leaf, the offset where it starts, its length. */
  leaf: number;
  start = 0;
  size = 0;

  #branches = new Branches();
  #root: number;
  #depth = 1;
  /** Branch and slot, level by level, that lead to the current leaf. */
  #path = new Int32Array(deepest);
  #slots = new Int32Array(deepest);
  /** What the current leaf grew by since its branches were last told. */
  #untold = 0;

  /** One leaf of this number, of length 0. */
  constructor(leaf: number) {
    this.leaf = leaf;
    this.#root = this.#branches.make();
    this.#branches.insert(this.#root, 0, leaf, 0);
  }

  /** Bytes that its columns hold. */
  get bytes(): number {
    return this.#branches.bytes;
  }

  clone(): LengthTree {
    this.#tell();
    const copy = new LengthTree(this.leaf);
    copy.length = this.length;
    copy.start = this.start;
    copy.size = this.size;
    copy.#branches = this.#branches.clone();
    copy.#root = this.#root;
    copy.#depth = this.#depth;
    copy.#path = this.#path.slice();
    copy.#slots = this.#slots.slice();
    return copy;
  }

  /** Goes to the leaf that holds the character before `offset`; to the first leaf for 0. */
  seek(offset: number): void {
    if (offset > this.start && offset <= this.start + this.size) return;
    this.#tell();
    this.#descend(offset);
  }

  /** The current leaf grows by `n` (shrinks, if negative). */
  grow(n: number): void {
    this.size += n;
    this.length += n;
    this.#untold += n;
  }

  /** The last `moved` characters of the current leaf, not all of them, become a new leaf behind it. */
  split(leaf: number, moved: number): void {
    this.#tell();
    this.#put(this.#depth - 1, leaf, moved);
    this.#descend(this.start + this.size - moved);
  }

  /** A new last leaf, which becomes the current one. The one before must not be empty. */
  append(leaf: number, size: number): void {
    this.seek(this.length);
    this.grow(size);
    this.split(leaf, size);
    this.next();
  }

  /** Takes out the current leaf, which must be empty; the one before it, or else the first, is current then. The only leaf stays. */
  remove(): void {
    if (this.length === 0) return;
    this.#tell();
    this.#take(this.#depth - 1);
    this.#descend(this.start);
  }

  /** Goes one leaf on; false, and stays, at the last. */
  next(): boolean {
    let level = this.#depth - 1;
    while (level >= 0 && this.#slots[level] === this.#branches.counts[this.#path[level]!]! - 1) level--;
    if (level < 0) return false;
    this.#tell();
    this.start += this.size;
    this.#slots[level]!++;
    this.#edge(level, false);
    return true;
  }

  /** Goes one leaf back; false, and stays, at the first. */
  previous(): boolean {
    let level = this.#depth - 1;
    while (level >= 0 && this.#slots[level] === 0) level--;
    if (level < 0) return false;
    this.#tell();
    this.#slots[level]!--;
    this.#edge(level, true);
    this.start -= this.size;
    return true;
  }

  /** Throws if sums and counts do not agree; for tests. Gives the leaves in order. */
  check(): number[] {
    this.#tell();
    const leaves: number[] = [];
    const walk = (branch: number, level: number): number => {
      const count = this.#branches.counts[branch]!;
      if (count < 1 || count > fan) throw new Error(`a branch of ${count}`);
      let sum = 0;
      for (let i = 0; i < count; i++) {
        const kid = this.#branches.kids[branch * fan + i]!;
        const own = this.#branches.sums[branch * fan + i]!;
        if (level === this.#depth - 1) leaves.push(kid);
        else if (walk(kid, level + 1) !== own) throw new Error(`branch ${kid} does not sum up to ${own}`);
        sum += own;
      }
      return sum;
    };
    if (walk(this.#root, 0) !== this.length) throw new Error(`leaves do not sum up to ${this.length}`);
    return leaves;
  }

  #tell(): void {
    if (this.#untold === 0) return;
    for (let level = 0; level < this.#depth; level++) {
      this.#branches.sums[this.#path[level]! * fan + this.#slots[level]!]! += this.#untold;
    }
    this.#untold = 0;
  }

  #descend(offset: number): void {
    const sums = this.#branches.sums;
    let branch = this.#root;
    let base = 0;
    let entry = 0;
    for (let level = 0; level < this.#depth; level++) {
      entry = branch * fan;
      const last = entry + this.#branches.counts[branch]! - 1;
      while (entry < last && offset > base + sums[entry]!) base += sums[entry++]!;
      this.#path[level] = branch;
      this.#slots[level] = entry - branch * fan;
      branch = this.#branches.kids[entry]!;
    }
    this.leaf = branch;
    this.start = base;
    this.size = sums[entry]!;
  }

  /** From the slot at `level` down to its first or last leaf. */
  #edge(level: number, last: boolean): void {
    let entry = this.#path[level]! * fan + this.#slots[level]!;
    for (let below = level + 1; below < this.#depth; below++) {
      const branch = this.#branches.kids[entry]!;
      this.#path[below] = branch;
      this.#slots[below] = last ? this.#branches.counts[branch]! - 1 : 0;
      entry = branch * fan + this.#slots[below]!;
    }
    this.leaf = this.#branches.kids[entry]!;
    this.size = this.#branches.sums[entry]!;
  }

  /** A new entry behind the path's one at `level`, to which `sum` of that one's length moves. */
  #put(level: number, kid: number, sum: number): void {
    const branches = this.#branches;
    const branch = this.#path[level]!;
    const slot = this.#slots[level]!;
    branches.sums[branch * fan + slot]! -= sum;
    if (branches.counts[branch]! < fan) {
      branches.insert(branch, slot + 1, kid, sum);
      return;
    }
    // What comes behind a full branch goes to a new one alone: a text that grows at its end fills its branches.
    const kept = slot === fan - 1 ? fan : fan >> 1;
    const other = branches.make();
    branches.move(branch, kept, other);
    if (slot < kept && kept < fan) branches.insert(branch, slot + 1, kid, sum);
    else branches.insert(other, slot + 1 - kept, kid, sum);
    const moved = branches.sum(other);
    if (level > 0) this.#put(level - 1, other, moved);
    else {
      this.#root = branches.make();
      branches.insert(this.#root, 0, branch, branches.sum(branch));
      branches.insert(this.#root, 1, other, moved);
      this.#depth++;
    }
  }

  /** Takes out the path's entry at `level`, whose sum is 0; a branch left nearly empty joins a neighbour. */
  #take(level: number): void {
    const branches = this.#branches;
    const branch = this.#path[level]!;
    branches.erase(branch, this.#slots[level]!);
    if (level === 0) {
      for (; this.#depth > 1 && branches.counts[this.#root] === 1; this.#depth--) {
        branches.drop(this.#root);
        this.#root = branches.kids[this.#root * fan]!;
      }
      return;
    }
    const count = branches.counts[branch]!;
    if (count > fan >> 2) return;
    const above = this.#path[level - 1]!;
    const slot = this.#slots[level - 1]!;
    const entry = above * fan + slot;
    if (slot > 0) this.#join(level, branches.kids[entry - 1]!, branch, slot);
    else if (slot + 1 < branches.counts[above]!) this.#join(level, branch, branches.kids[entry + 1]!, slot + 1);
    else if (count === 0) {
      branches.drop(branch);
      this.#take(level - 1);
    }
  }

  /** Moves all of `right`, at `slot` of the branch above, to `left` before it, if there is room. */
  #join(level: number, left: number, right: number, slot: number): void {
    const branches = this.#branches;
    if (branches.counts[left]! + branches.counts[right]! > fan) return;
    const moved = branches.move(right, 0, left);
    const entry = this.#path[level - 1]! * fan + slot;
    branches.sums[entry - 1]! += moved;
    branches.sums[entry]! -= moved;
    branches.drop(right);
    this.#slots[level - 1] = slot;
    this.#take(level - 1);
  }
}
