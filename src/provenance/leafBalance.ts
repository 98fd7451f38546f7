import type { LengthTree } from '../text/lengthTree.ts';
import { cap, loaded, type SpanLeaves } from './spanLeaves.ts';

/** A leaf that has so many runs, or fewer, takes some over from a full neighbour: else that would soon be undone. */
const lends = cap - (cap >> 4);
/** As near to an end of a full leaf, what is written goes on there: it stays nearly full. */
const edge = cap - loaded;

/**
 * Makes room in the tree's current leaf, which is full, at its run `run`: a neighbour takes runs over; where both are
 * nearly full too, two leaves become three. So leaves of a text that is written all over are five sixths full; halving
 * them would leave them at two thirds. Which leaf is the current one then is not said.
 */
export function makeRoom(tree: LengthTree, leaves: SpanLeaves, run: number): void {
  const { leaf } = tree;
  const { counts } = leaves;
  const behind = run >= loaded;
  const ends = tree.start + tree.size === tree.length;
  // A text that grows at its end leaves full leaves behind.
  if (behind && ends) cut(tree, leaves, loaded);
  else if (tree.next() && counts[tree.leaf]! <= lends) toNext(tree, leaves, leaf, tree.leaf);
  else {
    if (!ends) tree.previous();
    if (tree.previous() && counts[tree.leaf]! <= lends) toPrevious(tree, leaves, leaf, tree.leaf);
    else grow(tree, leaves, leaf, run);
  }
}

/** A new leaf takes runs of `leaf`, whose neighbours are nearly full. The current one is the leaf before it, or itself, if it is the first. */
function grow(tree: LengthTree, leaves: SpanLeaves, leaf: number, run: number): void {
  const before = tree.leaf;
  if (before !== leaf) tree.next();
  if (run >= loaded) cut(tree, leaves, loaded);
  else if (run < edge) cut(tree, leaves, edge);
  else if (tree.start + tree.size < tree.length) third(tree, leaves);
  else if (before === leaf) cut(tree, leaves, cap >> 1);
  else {
    tree.previous();
    third(tree, leaves);
  }
}

/** The current leaf keeps so many runs; a new one behind it has the others. */
function cut(tree: LengthTree, leaves: SpanLeaves, kept: number): void {
  const other = leaves.make();
  tree.split(other, leaves.carry(tree.leaf, kept, leaves.counts[tree.leaf]! - kept, other, 0));
}

/** The current leaf, `next`, takes over runs of the one before it, so that both have as many. */
function toNext(tree: LengthTree, leaves: SpanLeaves, leaf: number, next: number): void {
  const n = (leaves.counts[leaf]! - leaves.counts[next]!) >> 1;
  const moved = leaves.carry(leaf, leaves.counts[leaf]! - n, n, next, 0);
  tree.grow(moved);
  tree.previous();
  tree.grow(-moved);
}

/** The current leaf, `previous`, takes over runs of the one behind it, so that both have as many. */
function toPrevious(tree: LengthTree, leaves: SpanLeaves, leaf: number, previous: number): void {
  const n = (leaves.counts[leaf]! - leaves.counts[previous]!) >> 1;
  const moved = leaves.carry(leaf, 0, n, previous, leaves.counts[previous]!);
  tree.grow(moved);
  tree.next();
  tree.grow(-moved);
}

/** The current leaf and the one behind it become three. */
function third(tree: LengthTree, leaves: SpanLeaves): void {
  const { leaf: left } = tree;
  tree.next();
  const { leaf: right } = tree;
  tree.previous();
  const middle = leaves.make();
  const { counts } = leaves;
  const own = Math.ceil((counts[left]! + counts[right]!) / 3);
  tree.split(middle, leaves.carry(left, own, counts[left]! - own, middle, 0));
  while (tree.leaf !== right) tree.next();
  const moved = leaves.carry(right, 0, counts[right]! - own, middle, counts[middle]!);
  tree.grow(-moved);
  tree.previous();
  tree.grow(moved);
}

/**
 * The leaves that meet at an offset may have lost runs: one that is less than half full and a neighbour become one, if
 * that leaves room. True if there was such a leaf; which one is the current one then is not said.
 */
export function join(tree: LengthTree, leaves: SpanLeaves, offset: number): boolean {
  let small = false;
  for (let at = offset; at <= offset + 1 && at <= tree.length; at++) {
    tree.seek(at);
    if (leaves.counts[tree.leaf]! >= cap >> 1) continue;
    small = true;
    if (!absorb(tree, leaves) && tree.previous()) absorb(tree, leaves);
  }
  return small;
}

/** The current leaf takes in the next one, if there is one and both fill at most three quarters. */
function absorb(tree: LengthTree, leaves: SpanLeaves): boolean {
  const { leaf } = tree;
  const { counts } = leaves;
  if (!tree.next()) return false;
  if (counts[leaf]! + counts[tree.leaf]! > cap - (cap >> 2)) {
    tree.previous();
    return false;
  }
  const length = leaves.carry(tree.leaf, 0, counts[tree.leaf]!, leaf, counts[leaf]!);
  tree.grow(-length);
  leaves.drop(tree.leaf);
  tree.remove();
  tree.grow(length);
  return true;
}
