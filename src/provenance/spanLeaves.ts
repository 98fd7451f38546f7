import type { LengthTree } from '../text/lengthTree.ts';
import type { RunColumns } from './runColumns.ts';
import type { SpanWriter } from './spanBytes.ts';

/** Runs a leaf holds. */
export const cap = 64;
/** Runs put into a leaf when a tree is loaded: nine tenths, so that there is room to type in. */
export const loaded = 58;

/**
 * The leaves of one span tree, by number, in shared columns: run `leaf * cap + i` has a length and
 * the value of its first character. 12 bytes a run.
 */
export class SpanLeaves {
  lengths = new Int32Array(cap);
  values = new Float64Array(cap);
  counts = new Uint8Array(1);
  /** Runs in all leaves. */
  runs = 0;
  #made = 0;
  #free: number[] = [];

  clone(): SpanLeaves {
    const copy = new SpanLeaves();
    copy.lengths = this.lengths.slice();
    copy.values = this.values.slice();
    copy.counts = this.counts.slice();
    copy.runs = this.runs;
    copy.#made = this.#made;
    copy.#free = [...this.#free];
    return copy;
  }

  /** An empty leaf. */
  make(): number {
    const free = this.#free.pop();
    if (free !== undefined) {
      this.counts[free] = 0;
      return free;
    }
    // By an eighth: memory stays within that of what is used, and copying stays within nine times of it.
    if (this.#made === this.counts.length) this.#reserve(this.#made + (this.#made >> 3) + 1);
    return this.#made++;
  }

  drop(leaf: number): void {
    this.#free.push(leaf);
  }

  #reserve(leaves: number): void {
    if (leaves <= this.counts.length) return;
    const { lengths, values, counts } = this;
    this.lengths = new Int32Array(leaves * cap);
    this.values = new Float64Array(leaves * cap);
    this.counts = new Uint8Array(leaves);
    this.lengths.set(lengths);
    this.values.set(values);
    this.counts.set(counts);
  }

  /** Fills the leaves of a tree that has one, empty leaf. */
  load({ count, lengths, values }: RunColumns, tree: LengthTree): void {
    this.#reserve(Math.ceil(count / loaded));
    for (let from = 0; from < count; from += loaded) {
      const to = Math.min(count, from + loaded);
      const leaf = from === 0 ? tree.leaf : this.make();
      const part = lengths.subarray(from, to);
      this.lengths.set(part, leaf * cap);
      this.values.set(values.subarray(from, to), leaf * cap);
      this.counts[leaf] = to - from;
      let size = 0;
      for (const length of part) size += length;
      if (from === 0) tree.grow(size);
      else tree.append(leaf, size);
    }
    this.runs = count;
  }

  /** The runs of one leaf, in order. */
  write(leaf: number, out: SpanWriter): void {
    const end = leaf * cap + this.counts[leaf]!;
    for (let k = leaf * cap; k < end; k++) out.add(this.lengths[k]!, this.values[k]!);
  }

  /** A new run before run `i`. The leaf must have room. */
  put(leaf: number, i: number, length: number, value: number): void {
    const { lengths, values } = this;
    const at = leaf * cap + i;
    for (let k = leaf * cap + this.counts[leaf]!; k > at; k--) {
      lengths[k] = lengths[k - 1]!;
      values[k] = values[k - 1]!;
    }
    lengths[at] = length;
    values[at] = value;
    this.counts[leaf]!++;
    this.runs++;
  }

  /** Run `i` keeps its first `kept` characters; a run of `length` from `value` on follows it. */
  cut(leaf: number, i: number, kept: number, length: number, value: number): void {
    this.lengths[leaf * cap + i] = kept;
    this.put(leaf, i + 1, length, value);
  }

  /** A new run behind the first `inside` characters, not all, of run `i`. The leaf must have room for two. */
  putInside(leaf: number, i: number, inside: number, length: number, value: number, step: 0 | 1): void {
    const k = leaf * cap + i;
    const rest = this.lengths[k]! - inside;
    const restValue = this.values[k]! + inside * step;
    if (step === 0 && restValue === value) this.lengths[k]! += length;
    else if (restValue === value) this.cut(leaf, i, inside + length, rest, restValue);
    else if (restValue === value + length * step) this.cut(leaf, i, inside, rest + length, value);
    else {
      this.cut(leaf, i, inside, rest, restValue);
      this.put(leaf, i + 1, length, value);
    }
  }

  /** Takes out runs `i` to `j`. */
  close(leaf: number, i: number, j: number): void {
    if (i === j) return;
    const base = leaf * cap;
    const end = base + this.counts[leaf]!;
    const { lengths, values } = this;
    for (let k = base + j, to = base + i; k < end; k++, to++) {
      lengths[to] = lengths[k]!;
      values[to] = values[k]!;
    }
    this.counts[leaf]! -= j - i;
    this.runs -= j - i;
  }

  /** Moves runs `i` and following of one leaf to the end of another; gives their length. */
  move(from: number, i: number, to: number): number {
    const start = from * cap + i;
    const end = from * cap + this.counts[from]!;
    const target = to * cap + this.counts[to]!;
    this.lengths.copyWithin(target, start, end);
    this.values.copyWithin(target, start, end);
    this.counts[to]! += end - start;
    this.counts[from] = i;
    return this.#lengthOf(target, target + end - start);
  }

  /** The tree's current, full leaf hands runs to one beside it that has room; false if none has. It stays the current one. */
  lend(tree: LengthTree): boolean {
    const { leaf } = tree;
    if (tree.next()) {
      const n = this.#lent(leaf, tree.leaf);
      const moved = n === 0 ? 0 : this.#toNext(leaf, tree.leaf, n);
      tree.grow(moved);
      tree.previous();
      tree.grow(-moved);
      if (moved > 0) return true;
    }
    if (!tree.previous()) return false;
    const n = this.#lent(leaf, tree.leaf);
    const moved = n === 0 ? 0 : this.#toPrevious(leaf, tree.leaf, n);
    tree.grow(moved);
    tree.next();
    tree.grow(-moved);
    return moved > 0;
  }

  /** How many runs a leaf may take over from a full one so that both have the same; 0 if that would soon be undone. */
  #lent(leaf: number, other: number): number {
    return this.counts[other]! > cap - (cap >> 2) ? 0 : (this.counts[leaf]! - this.counts[other]!) >> 1;
  }

  #toNext(leaf: number, next: number, n: number): number {
    const { lengths, values, counts } = this;
    const [from, to] = [leaf * cap + counts[leaf]! - n, next * cap];
    for (const column of [lengths, values]) {
      column.copyWithin(to + n, to, to + counts[next]!);
      column.copyWithin(to, from, from + n);
    }
    counts[next]! += n;
    counts[leaf]! -= n;
    return this.#lengthOf(to, to + n);
  }

  #toPrevious(leaf: number, previous: number, n: number): number {
    const { lengths, values, counts } = this;
    const [from, to] = [leaf * cap, previous * cap + counts[previous]!];
    for (const column of [lengths, values]) {
      column.copyWithin(to, from, from + n);
      column.copyWithin(from, from + n, from + counts[leaf]!);
    }
    counts[previous]! += n;
    counts[leaf]! -= n;
    return this.#lengthOf(to, to + n);
  }

  #lengthOf(from: number, to: number): number {
    let length = 0;
    for (let k = from; k < to; k++) length += this.lengths[k]!;
    return length;
  }

  /** The tree's current leaf takes in the next one, if there is one and both fill at most three quarters. */
  absorb(tree: LengthTree): boolean {
    const { leaf } = tree;
    if (!tree.next()) return false;
    if (this.counts[leaf]! + this.counts[tree.leaf]! > cap - (cap >> 2)) {
      tree.previous();
      return false;
    }
    const length = tree.size;
    this.move(tree.leaf, 0, leaf);
    tree.grow(-length);
    this.drop(tree.leaf);
    tree.remove();
    tree.grow(length);
    return true;
  }

  /** Throws unless the leaves hold, in this order, a canonical list of runs; gives its length. */
  check(leaves: readonly number[], step: 0 | 1): number {
    let runs = 0;
    let length = 0;
    let next = Number.NaN;
    for (const leaf of leaves) {
      if (this.counts[leaf] === 0 && leaves.length > 1) throw new Error(`leaf ${leaf} is empty`);
      for (let k = leaf * cap; k < leaf * cap + this.counts[leaf]!; k++) {
        if (this.lengths[k]! <= 0) throw new Error(`an empty run at ${length}`);
        if (this.values[k] === next) throw new Error(`the runs that meet at ${length} are not joined`);
        next = this.values[k]! + this.lengths[k]! * step;
        length += this.lengths[k]!;
        runs++;
      }
    }
    if (runs !== this.runs) throw new Error(`${runs} runs, counted as ${this.runs}`);
    return length;
  }
}
