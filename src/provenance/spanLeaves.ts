import type { LengthTree } from '../text/lengthTree.ts';
import type { RunColumns } from './runColumns.ts';
import type { SpanWriter } from './spanBytes.ts';

/** Runs a leaf holds. */
export const cap = 64;
/** Runs put into a leaf when a tree is loaded: nine tenths, so that there is room to type in. */
export const loaded = 58;

/** Leaves in one block of columns, as a power of two: where there is no more room, only the last block is copied. */
const bits = 5;
const block = 1 << bits;
/** So many runs are put anew in a millisecond. */
const many = 1 << 16;

/** Columns of up to 32 leaves, in one buffer. */
interface Block {
  readonly lengths: Int32Array<ArrayBuffer>;
  readonly values: Float64Array<ArrayBuffer>;
}

/**
 * The leaves of one span tree, by number, in columns: each run has a length and the value of its first
 * character, 12 bytes. What is done with runs is done in the leaf that was gone to last: run `i` of it
 * stands at `base + i` of the columns.
 */
export class SpanLeaves {
  lengths!: Int32Array<ArrayBuffer>;
  values!: Float64Array<ArrayBuffer>;
  base = 0;
  counts = new Uint8Array(1);
  /** Runs in all leaves. */
  runs = 0;
  #leaf = 0;
  readonly #blocks: Block[] = [];
  /** Leaves there is room for in the blocks. */
  #room = 0;
  #made = 0;
  #free: number[] = [];

  /** Of which other leaves it is a copy; without, there is no leaf yet. */
  constructor(other?: SpanLeaves) {
    if (other === undefined) return;
    this.counts = other.counts.slice();
    this.runs = other.runs;
    for (const one of other.#blocks) this.#blocks.push(blockOf(one.lengths.length, one));
    this.#room = other.#room;
    this.#made = other.#made;
    this.#free = [...other.#free];
    this.go(other.#leaf);
  }

  /** Bytes that the columns hold. */
  get bytes(): number {
    return this.#room * cap * 12 + this.counts.byteLength;
  }

  go(leaf: number): void {
    const { lengths, values } = this.#blocks[leaf >> bits]!;
    this.#leaf = leaf;
    this.lengths = lengths;
    this.values = values;
    this.base = baseOf(leaf);
  }

  firstValue(leaf: number): number {
    return this.#blocks[leaf >> bits]!.values[baseOf(leaf)]!;
  }

  /** An empty leaf. */
  make(): number {
    const free = this.#free.pop();
    if (free !== undefined) {
      this.counts[free] = 0;
      return free;
    }
    // Most texts have but a few spans.
    const more = this.#made < 2 ? 1 : Math.min(block, (this.#made >> 5) + 2);
    if (this.#made === this.#room) this.#reserve(this.#made + more);
    return this.#made++;
  }

  drop(leaf: number): void {
    this.#free.push(leaf);
  }

  /**
   * So much has been removed that the columns hold more than DESIGN section 9 allows a run, with what the tree above
   * takes; where there are very many runs, twice as much: to put them anew takes more than a key may wait.
   */
  get sparse(): boolean {
    const most = this.runs <= many ? 15.5 : 31;
    return this.bytes > this.runs * most + block * cap * 12;
  }

  /** Room for so many leaves: of what is there, only the last block is copied. */
  #reserve(leaves: number): void {
    while (this.#room < leaves) {
      const first = this.#room & -block;
      const size = Math.min(block, leaves - first);
      this.#blocks[first >> bits] = blockOf(size * cap, this.#blocks[first >> bits]);
      this.#room = first + size;
    }
    const { counts } = this;
    if (counts.length < leaves) {
      this.counts = new Uint8Array(leaves);
      this.counts.set(counts);
    }
    if (this.#made > 0) this.go(this.#leaf);
  }

  /** Fills the leaves of a tree that has one, empty leaf. */
  load({ count, lengths, values }: RunColumns, tree: LengthTree): void {
    this.#reserve(Math.ceil(count / loaded));
    for (let from = 0; from < count; from += loaded) {
      const to = Math.min(count, from + loaded);
      const leaf = from === 0 ? tree.leaf : this.make();
      this.go(leaf);
      const part = lengths.subarray(from, to);
      this.lengths.set(part, this.base);
      this.values.set(values.subarray(from, to), this.base);
      this.counts[leaf] = to - from;
      let size = 0;
      for (const length of part) size += length;
      if (from === 0) tree.grow(size);
      else tree.append(leaf, size);
    }
    this.runs = count;
  }

  /** All runs, in the order of the tree. */
  write<T extends RunColumns | SpanWriter>(tree: LengthTree, out: T): T {
    tree.seek(0);
    do {
      const { leaf } = tree;
      const { lengths, values } = this.#blocks[leaf >> bits]!;
      const end = baseOf(leaf) + this.counts[leaf]!;
      for (let k = baseOf(leaf); k < end; k++) out.push(lengths[k]!, values[k]!);
    } while (tree.next());
    return out;
  }

  /** A new run before run `i`. The leaf must have room. */
  put(i: number, length: number, value: number): void {
    this.#open(i, 1);
    this.lengths[this.base + i] = length;
    this.values[this.base + i] = value;
  }

  /** Run `i` keeps its first `kept` characters; a run of `length` from `value` on follows it. */
  cut(i: number, kept: number, length: number, value: number): void {
    this.lengths[this.base + i] = kept;
    this.put(i + 1, length, value);
  }

  /** A new run behind the first `inside` characters, not all, of run `i`. The leaf must have room for two. */
  putInside(i: number, inside: number, length: number, value: number, step: 0 | 1): void {
    const { lengths, values } = this;
    const k = this.base + i;
    const rest = lengths[k]! - inside;
    const restValue = values[k]! + inside * step;
    if (step === 0 && restValue === value) lengths[k]! += length;
    else if (restValue === value) this.cut(i, inside + length, rest, restValue);
    else if (restValue === value + length * step) this.cut(i, inside, rest + length, value);
    else {
      this.#open(i + 1, 2);
      lengths[k] = inside;
      lengths[k + 1] = length;
      values[k + 1] = value;
      lengths[k + 2] = rest;
      values[k + 2] = restValue;
    }
  }

  /** Room for `n` runs before run `i`. */
  #open(i: number, n: number): void {
    const { lengths, values } = this;
    const at = this.base + i;
    for (let k = this.base + this.counts[this.#leaf]! - 1; k >= at; k--) {
      lengths[k + n] = lengths[k]!;
      values[k + n] = values[k]!;
    }
    this.counts[this.#leaf]! += n;
    this.runs += n;
  }

  /** Takes out runs `i` to `j`. */
  close(i: number, j: number): void {
    if (i === j) return;
    const { lengths, values, base } = this;
    const end = base + this.counts[this.#leaf]!;
    for (let k = base + j, to = base + i; k < end; k++, to++) {
      lengths[to] = lengths[k]!;
      values[to] = values[k]!;
    }
    this.counts[this.#leaf]! -= j - i;
    this.runs -= j - i;
  }

  /** Moves `n` runs of one leaf, from run `i` on, to another one, before its run `j`; gives their length. */
  carry(from: number, i: number, n: number, to: number, j: number): number {
    const { counts } = this;
    const source = this.#blocks[from >> bits]!;
    const target = this.#blocks[to >> bits]!;
    const start = baseOf(from) + i;
    const at = baseOf(to) + j;
    const end = baseOf(to) + counts[to]!;
    target.lengths.copyWithin(at + n, at, end);
    target.values.copyWithin(at + n, at, end);
    let length = 0;
    for (let k = 0; k < n; k++) {
      target.lengths[at + k] = source.lengths[start + k]!;
      target.values[at + k] = source.values[start + k]!;
      length += source.lengths[start + k]!;
    }
    source.lengths.copyWithin(start, start + n, baseOf(from) + counts[from]!);
    source.values.copyWithin(start, start + n, baseOf(from) + counts[from]!);
    counts[to]! += n;
    counts[from]! -= n;
    return length;
  }

  /** Throws unless the leaves hold, in this order, a canonical list of runs; gives its length. */
  check(leaves: readonly number[], step: 0 | 1): number {
    let runs = 0;
    let length = 0;
    let next = Number.NaN;
    for (const leaf of leaves) {
      if (this.counts[leaf] === 0 && leaves.length > 1) throw new Error(`leaf ${leaf} is empty`);
      const { lengths, values } = this.#blocks[leaf >> bits]!;
      for (let k = baseOf(leaf); k < baseOf(leaf) + this.counts[leaf]!; k++) {
        if (lengths[k]! <= 0) throw new Error(`an empty run at ${length}`);
        if (values[k] === next) throw new Error(`the runs that meet at ${length} are not joined`);
        next = values[k]! + lengths[k]! * step;
        length += lengths[k]!;
        runs++;
      }
    }
    if (runs !== this.runs) throw new Error(`${runs} runs, counted as ${this.runs}`);
    return length;
  }
}

/** Room for so many runs; in it first those of another block, which has as much or less. */
function blockOf(runs: number, other?: Block): Block {
  const buffer = new ArrayBuffer(runs * 12);
  const made = { values: new Float64Array(buffer, 0, runs), lengths: new Int32Array(buffer, runs * 8, runs) };
  if (other === undefined) return made;
  made.values.set(other.values);
  made.lengths.set(other.lengths);
  return made;
}

function baseOf(leaf: number): number {
  return (leaf & (block - 1)) * cap;
}
