import { binaryDigest } from './digest.ts';

/**
 * Right edge of a growing tree, as Frontier, of digests in the form that `binaryDigest` gives. Mutable. Law: its root
 * is Frontier's over the same leaves.
 */
export class BinaryTree {
  #size = 0;
  readonly #heights: number[] = [];
  readonly #roots: string[] = [];

  get size(): number {
    return this.#size;
  }

  append(leaf: string): void {
    this.appendSubtree(leaf, 0);
  }

  /** Appends 2^`at` leaves by their root; the size must be a multiple of that. */
  appendSubtree(root: string, at: number): void {
    let top = root;
    let height = at;
    const [heights, roots] = [this.#heights, this.#roots];
    while (heights.length > 0 && heights[heights.length - 1] === height) {
      heights.pop();
      top = nodeOf(roots.pop()!, top);
      height++;
    }
    heights.push(height);
    roots.push(top);
    this.#size += 2 ** at;
  }

  root(): string {
    const [last = none, ...others] = this.#roots.toReversed();
    return others.reduce((right, left) => nodeOf(left, right), last);
  }
}

/** Root of no leaves. */
const none = binaryDigest(new Uint8Array(0));

const node = Buffer.alloc(65, 1);
function nodeOf(left: string, right: string): string {
  for (let i = 0; i < 32; i++) {
    node[1 + i] = left.charCodeAt(i);
    node[33 + i] = right.charCodeAt(i);
  }
  return binaryDigest(node);
}
