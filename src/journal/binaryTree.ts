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
    let top = leaf;
    let height = 0;
    const [heights, roots] = [this.#heights, this.#roots];
    while (heights.length > 0 && heights[heights.length - 1] === height) {
      heights.pop();
      top = nodeOf(roots.pop()!, top);
      height++;
    }
    heights.push(height);
    roots.push(top);
    this.#size++;
  }

  /** The root; undefined of no leaves. */
  root(): Uint8Array | undefined {
    const [last, ...others] = this.#roots.toReversed();
    if (last === undefined) return undefined;
    return Buffer.from(
      others.reduce((right, left) => nodeOf(left, right), last),
      'latin1',
    );
  }
}

const node = Buffer.alloc(65, 1);
function nodeOf(left: string, right: string): string {
  for (let i = 0; i < 32; i++) {
    node[1 + i] = left.charCodeAt(i);
    node[33 + i] = right.charCodeAt(i);
  }
  return binaryDigest(node);
}
