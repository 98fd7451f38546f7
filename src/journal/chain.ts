import { sha256 } from './digest.ts';

/**
 * The journal's Merkle tree: RFC 6962 section 2.1 with SHA-256. A leaf is an event's canonical bytes.
 * Every function here takes and gives digests of 32 bytes; `leaf` below means a leaf's digest.
 */

/** Events in a segment: a power of two, so that a full segment is a complete subtree. */
export const SEGMENT = 4096;
/** Height of the complete subtree that a full segment is. */
export const segmentHeight = 12;

/** Root of the tree without leaves: SHA-256 of nothing. */
export const emptyRoot: Uint8Array = sha256(new Uint8Array(0));

const leafInput = Buffer.alloc(1);
/** SHA-256(0x00 ‖ data). A string stands for its UTF-8 bytes. */
export function leafHash(data: Uint8Array | string): Uint8Array {
  return sha256(typeof data === 'string' ? `\0${data}` : Buffer.concat([leafInput, data]));
}

const nodeInput = Buffer.alloc(65, 1);
/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 33);
  return sha256(nodeInput);
}

export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot;
  const frontier = new Frontier();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}

/**
 * Right edge of a growing tree: the roots of its complete subtrees, largest first. Mutable; it lives as
 * long as its writer. Appending costs one node hash on average, `root` at most one a bit of the size.
 */
export class Frontier {
  #size = 0;
  readonly #heights: number[] = [];
  readonly #roots: Uint8Array[] = [];

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    this.appendSubtree(leaf, 0);
  }

  /** Appends 2^height leaves by their root, such as a sealed segment's; the size must be a multiple of 2^height. */
  appendSubtree(root: Uint8Array, height: number): void {
    const leaves = 2 ** height;
    if (this.#size % leaves !== 0) throw new RangeError(`a subtree of ${leaves} leaves cannot follow ${this.#size}`);
    let [top, at] = [root, height];
    while (this.#heights.at(-1) === at) {
      this.#heights.pop();
      top = nodeHash(this.#roots.pop() as Uint8Array, top);
      at++;
    }
    this.#heights.push(at);
    this.#roots.push(top);
    this.#size += leaves;
  }

  root(): Uint8Array {
    return (
      this.#roots.reduceRight<Uint8Array | undefined>(
        (right, left) => (right === undefined ? left : nodeHash(left, right)),
        undefined,
      ) ?? emptyRoot
    );
  }

  /** The size as 8 bytes, big-endian, then the roots of the complete subtrees, largest first. */
  bytes(): Uint8Array {
    const size = Buffer.alloc(8);
    size.writeBigUInt64BE(BigInt(this.#size));
    return Buffer.concat([size, ...this.#roots]);
  }

  /** The frontier that `bytes` stored. Throws RangeError if no frontier has these bytes. */
  static from(bytes: Uint8Array): Frontier {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const size = bytes.length < 8 ? Number.NaN : Number(view.readBigUInt64BE());
    const frontier = new Frontier();
    for (let height = 53, at = 8; height >= 0 && Number.isSafeInteger(size); height--) {
      if (Math.floor(size / 2 ** height) % 2 === 0) continue;
      if (at + 32 > bytes.length) break;
      frontier.appendSubtree(Uint8Array.from(view.subarray(at, at + 32)), height);
      at += 32;
    }
    if (frontier.bytes().length !== bytes.length || frontier.#size !== size) throw new RangeError('not a frontier');
    return frontier;
  }
}
