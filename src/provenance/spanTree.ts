import { LengthTree } from '../text/lengthTree.ts';
import { join, makeRoom } from './leafBalance.ts';
import { RunColumns } from './runColumns.ts';
import type { Span } from './span.ts';
import { readRuns, SpanWriter } from './spanBytes.ts';
import { cap, SpanLeaves } from './spanLeaves.ts';
import { pushSpan } from './spans.ts';

/**
 * The spans of one text: a B+tree of run lengths. Mutable, with an identity. `step` 1: serials go on
 * inside a span; 0: all characters of a span have its value. Always canonical: no span is empty, and
 * neighbours whose values go on are one. The place last worked at is remembered, so what is near it
 * is found at once; elsewhere a change costs O(log spans). Offsets outside the text throw RangeError.
 */
export class SpanTree {
  readonly #step: 0 | 1;
  #tree!: LengthTree;
  #leaves!: SpanLeaves;
  /** Leaf, run in it, and where in the leaf that run starts: the place last looked at. */
  #leaf = -1;
  #run = 0;
  #before = 0;

  constructor(spans: Iterable<Span> | RunColumns = [], step: 0 | 1 = 1) {
    this.#step = step;
    this.#load(RunColumns.of(spans, step));
  }

  /** Reads what `toBytes` wrote; `step` as there. Throws RangeError on anything else. */
  static fromBytes(bytes: Uint8Array, step: 0 | 1 = 1): SpanTree {
    return new SpanTree(readRuns(bytes, step), step);
  }

  get length(): number {
    return this.#tree.length;
  }

  /** Number of spans. */
  get count(): number {
    return this.#leaves.runs;
  }

  replace(from: number, to: number, spans: readonly Span[]): void {
    this.#demand(from, to);
    if (to > from) this.#erase(from, to);
    let at = from;
    for (let i = 0; i < spans.length; i++) {
      const { length, serial } = spans[i]!;
      if (length > 0) this.#insert(at, length, serial);
      at += length;
    }
  }

  slice(from: number, to: number): Span[] {
    this.#demand(from, to);
    if (from === to) return [];
    const out: Span[] = [];
    this.#locate(from + 1);
    const leaves = this.#leaves;
    const tree = this.#tree;
    let run = this.#run;
    let skip = from - tree.start - this.#before;
    for (let left = to - from; left > 0; ) {
      const k = leaves.base + run;
      const length = Math.min(leaves.lengths[k]! - skip, left);
      pushSpan(out, { length, serial: leaves.values[k]! + skip * this.#step }, this.#step);
      left -= length;
      skip = 0;
      if (++run === leaves.counts[tree.leaf] && left > 0) {
        tree.next();
        this.#look(tree.leaf, 0, 0);
        run = 0;
      }
    }
    return out;
  }

  spans(): Span[] {
    return this.slice(0, this.length);
  }

  clone(): SpanTree {
    const copy = new SpanTree([], this.#step);
    copy.#tree = this.#tree.clone();
    copy.#leaves = new SpanLeaves(this.#leaves);
    return copy;
  }

  /** The spans as bytes; equal trees give equal bytes. */
  toBytes(): Uint8Array {
    return this.#leaves.write(this.#tree, new SpanWriter(this.count, this.#step)).bytes();
  }

  /** Bytes that its columns hold. */
  get bytes(): number {
    return this.#leaves.bytes + this.#tree.bytes;
  }

  /** Throws if an invariant is broken; gives the number of leaves. For tests. */
  check(): number {
    const leaves = this.#tree.check();
    const length = this.#leaves.check(leaves, this.#step);
    if (length !== this.length) throw new Error(`spans of ${length} in a tree of ${this.length}`);
    return leaves.length;
  }

  #load(runs: RunColumns): void {
    this.#leaf = -1;
    this.#leaves = new SpanLeaves();
    this.#tree = new LengthTree(this.#leaves.make());
    this.#leaves.load(runs, this.#tree);
  }

  #demand(from: number, to: number): void {
    if (from >= 0 && from <= to && to <= this.length) return;
    throw new RangeError(`${from}-${to} is not in a text of ${this.length}`);
  }

  /** Finds the run that holds the character before `offset`, which is not 0. */
  #locate(offset: number): void {
    const tree = this.#tree;
    tree.seek(offset);
    if (tree.leaf !== this.#leaf) this.#look(tree.leaf, 0, 0);
    const { lengths, base } = this.#leaves;
    const local = offset - tree.start;
    let k = base + this.#run;
    let before = this.#before;
    while (local <= before) before -= lengths[--k]!;
    while (local > before + lengths[k]!) before += lengths[k++]!;
    this.#run = k - base;
    this.#before = before;
  }

  #look(leaf: number, run: number, before: number): void {
    this.#leaves.go(leaf);
    this.#leaf = leaf;
    this.#run = run;
    this.#before = before;
  }

  /** Takes out `from`..`to`, not empty, and joins what then meets. */
  #erase(from: number, to: number): void {
    const tree = this.#tree;
    if (tree.leaf === this.#leaf && this.#run + 1 < this.#leaves.counts[this.#leaf]!) {
      // Most often the end of the run last looked at is taken back.
      const { lengths, values, base } = this.#leaves;
      const k = base + this.#run;
      const start = tree.start + this.#before;
      if (from > start && to === start + lengths[k]!) {
        lengths[k]! -= to - from;
        tree.grow(from - to);
        if (values[k]! + lengths[k]! * this.#step === values[k + 1]) this.#seam(from);
        return;
      }
    }
    let [emptied, apart] = [false, false];
    for (let left = to - from; left > 0; ) {
      this.#locate(from + 1);
      const { lengths, values, counts, base } = this.#leaves;
      const count = counts[tree.leaf]!;
      const skip = from - tree.start - this.#before;
      let i = this.#run;
      let gone = 0;
      if (skip > 0) {
        gone = lengths[base + i]! - skip;
        if (left < gone) {
          if (this.#step === 0) lengths[base + i]! -= left;
          else if (count === cap) {
            this.#split();
            continue;
          } else this.#leaves.cut(i, skip, gone - left, values[base + i]! + skip + left);
          tree.grow(-left);
          return;
        }
        lengths[base + i++] = skip;
      }
      let j = i;
      while (j < count && left - gone >= lengths[base + j]!) gone += lengths[base + j++]!;
      if (j < count && left > gone) {
        lengths[base + j]! -= left - gone;
        values[base + j]! += (left - gone) * this.#step;
        gone = left;
      }
      this.#leaves.close(i, j);
      emptied ||= j > i;
      tree.grow(-gone);
      left -= gone;
      // Most often what meets stands in one leaf and does not go on.
      const k = base + i - 1;
      apart = skip > 0 && i < counts[tree.leaf]! && values[k]! + lengths[k]! * this.#step !== values[k + 1];
      if (this.#run >= counts[tree.leaf]!) this.#leaf = -1;
      if (tree.size === 0) this.#drop();
    }
    if (emptied) this.#tidy(from);
    if (!apart) this.#seam(from);
  }

  #insert(at: number, length: number, value: number): void {
    const tree = this.#tree;
    if (tree.leaf === this.#leaf && this.#run + 1 < this.#leaves.counts[this.#leaf]!) {
      // Most often the run last looked at goes on.
      const { lengths, values, base } = this.#leaves;
      const k = base + this.#run;
      const goesOn = at === tree.start + this.#before + lengths[k]! && value === values[k]! + lengths[k]! * this.#step;
      if (goesOn && values[k + 1] !== value + length * this.#step) {
        lengths[k]! += length;
        tree.grow(length);
        return;
      }
    }
    if (at > 0) this.#locate(at);
    else {
      tree.seek(0);
      this.#look(tree.leaf, 0, 0);
    }
    const { leaf } = tree;
    if (this.#leaves.counts[leaf]! > cap - 2) {
      this.#split();
      this.#insert(at, length, value);
      return;
    }
    const { lengths, values, counts, base } = this.#leaves;
    const count = counts[leaf]!;
    const i = this.#run;
    const k = base + i;
    const inside = at - tree.start - this.#before;
    const next = value + length * this.#step;
    if (at === 0) {
      if (count > 0 && values[k] === next) {
        lengths[k]! += length;
        values[k] = value;
      } else this.#leaves.put(0, length, value);
    } else if (inside < lengths[k]!) {
      this.#leaves.putInside(i, inside, length, value, this.#step);
    } else {
      const joinsLeft = values[k]! + lengths[k]! * this.#step === value;
      if (joinsLeft) lengths[k]! += length;
      else if (i + 1 < count && values[k + 1] === next) {
        lengths[k + 1]! += length;
        values[k + 1] = value;
      } else this.#leaves.put(i + 1, length, value);
      tree.grow(length);
      if (i + 1 === count || (joinsLeft && values[k + 1] === next)) this.#seam(at + length);
      return;
    }
    tree.grow(length);
  }

  /** Joins the runs that meet at an offset, if their values go on. */
  #seam(offset: number): void {
    const tree = this.#tree;
    if (offset <= 0 || offset >= this.length) return;
    this.#locate(offset);
    const { lengths, values, counts, base } = this.#leaves;
    const k = base + this.#run;
    if (offset < tree.start + this.#before + lengths[k]!) return;
    const next = values[k]! + lengths[k]! * this.#step;
    if (this.#run + 1 < counts[tree.leaf]!) {
      if (values[k + 1] !== next) return;
      lengths[k]! += lengths[k + 1]!;
      this.#leaves.close(this.#run + 1, this.#run + 2);
      return;
    }
    tree.next();
    if (this.#leaves.firstValue(tree.leaf) !== next) {
      tree.previous();
      return;
    }
    this.#look(tree.leaf, 0, 0);
    const length = this.#leaves.lengths[this.#leaves.base]!;
    this.#leaves.close(0, 1);
    tree.grow(-length);
    if (tree.size === 0) this.#drop();
    else tree.previous();
    lengths[k]! += length;
    tree.grow(length);
    this.#leaf = -1;
  }

  #split(): void {
    makeRoom(this.#tree, this.#leaves, this.#run);
    this.#leaf = -1;
  }

  /** Runs at an offset are gone: leaves that have few join, and where too much is not in use, all is made anew. */
  #tidy(offset: number): void {
    if (join(this.#tree, this.#leaves, offset)) this.#leaf = -1;
    if (this.#leaves.sparse) this.#load(this.#leaves.write(this.#tree, new RunColumns(this.count)));
  }

  /** Takes out the current leaf, which is empty; the one before it is current then. One leaf always stays. */
  #drop(): void {
    this.#leaf = -1;
    if (this.length === 0) return;
    this.#leaves.drop(this.#tree.leaf);
    this.#tree.remove();
  }
}
