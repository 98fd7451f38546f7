import { emptyRoot, nodeHash } from './chain.ts';

/**
 * Proofs of RFC 6962 sections 2.1.1 and 2.1.2, and their verification after RFC 9162 sections 2.1.3.2 and
 * 2.1.4.2. Sizes and indexes are integers below 2^53; no bit operators, which would cut them to 32 bits.
 */

/** Root of the complete subtree of 2^height leaves whose first leaf is index · 2^height. */
export type TreeSource = (height: number, index: number) => Uint8Array;

/** A source over all leaves in memory; each inner node is hashed once. */
export function treeOf(leaves: readonly Uint8Array[]): TreeSource {
  const levels: (Uint8Array | undefined)[][] = [leaves as Uint8Array[]];
  const node: TreeSource = (height, index) => {
    levels[height] ??= [];
    const level = levels[height] as (Uint8Array | undefined)[];
    const known = level[index];
    if (known !== undefined) return known;
    if (height === 0) throw new RangeError(`no leaf ${index}`);
    const made = nodeHash(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
    level[index] = made;
    return made;
  };
  return node;
}

/** Root of the tree over the first `size` leaves. */
export function rootAt(source: TreeSource, size: number): Uint8Array {
  return size === 0 ? emptyRoot : range(source, 0, size);
}

/** Digests that lead from leaf `index` to the root at `size`, lowest first. Throws RangeError if there is no such leaf. */
export function inclusionProof(source: TreeSource, index: number, size: number): Uint8Array[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const proof: Uint8Array[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + split(to - from);
    proof.push(index < middle ? range(source, middle, to) : range(source, from, middle));
    if (index < middle) to = middle;
    else from = middle;
  }
  return proof.reverse();
}

/** Digests that show the tree of `first` leaves to be the beginning of the tree of `second`. Empty if either is trivial. */
export function consistencyProof(source: TreeSource, first: number, second: number): Uint8Array[] {
  if (!(first >= 0 && first <= second)) throw new RangeError(`no tree of ${first} in a tree of ${second}`);
  if (first === 0 || first === second) return [];
  const proof: Uint8Array[] = [];
  let [from, to, whole] = [0, second, true];
  while (first !== to) {
    const middle = from + split(to - from);
    proof.push(first <= middle ? range(source, middle, to) : range(source, from, middle));
    if (first <= middle) to = middle;
    else [from, whole] = [middle, false];
  }
  if (!whole) proof.push(range(source, from, to));
  return proof.reverse();
}

export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!countable(index) || !countable(size) || index >= size) return false;
  let [at, last, made] = [index, size - 1, leaf];
  for (const step of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      made = nodeHash(step, made);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else made = nodeHash(made, step);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(made, root);
}

export function verifyConsistency(
  first: number,
  second: number,
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!countable(first) || !countable(second) || first > second) return false;
  if (first === second) return proof.length === 0 && equal(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0 && equal(firstRoot, emptyRoot);
  const power = Number.isInteger(Math.log2(first)) && 2 ** Math.log2(first) === first;
  const steps = power ? [firstRoot, ...proof] : proof;
  let [at, last] = [first - 1, second - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  const start = steps[0];
  if (start === undefined) return false;
  let [older, newer] = [start, start];
  for (const step of steps.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      older = nodeHash(step, older);
      newer = nodeHash(step, newer);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else newer = nodeHash(newer, step);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(older, firstRoot) && equal(newer, secondRoot);
}

/** Root of the leaves from `from` to `to`; `from` is where RFC 6962 splits, so complete subtrees are aligned. */
function range(source: TreeSource, from: number, to: number): Uint8Array {
  const size = to - from;
  const left = split(size);
  if (size === 1 || left * 2 === size) return source(Math.round(Math.log2(size)), from / size);
  return nodeHash(range(source, from, from + left), range(source, from + left, to));
}

/** Largest power of two smaller than `size`; 0 for one leaf. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return size > 1 ? power : 0;
}

function half(n: number): number {
  return Math.floor(n / 2);
}

function countable(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
