import { BinaryTree } from './binaryTree.ts';
import { SEGMENT, segmentHeight } from './chain.ts';
import { bytesOfBinary } from './digest.ts';
import { forgetting } from './forgetting.ts';
import type { SegmentSecret } from './keptSalts.ts';
import { PackDigests } from './packDigests.ts';
import { PackFold } from './packFold.ts';
import { Misfit, Replay } from './replay.ts';

/** An opened pack: what its bytes say. */
export interface CheckedPack {
  /** Sequence of the first event. */
  readonly first: number;
  readonly count: number;
  /** Over the digests of its events. */
  readonly root: Uint8Array;
}

/**
 * Computes the digests of packs, one after another, the tree over them and the state that their events lead to. Mutable;
 * it lives for one verification. Memory: one pack, and the state.
 */
export class PackCheck {
  /** Texts, keys and redactions, as far as events fit; it knows no origins. */
  readonly replay = new Replay({ checks: true, from: forgetting() });
  /** The first event that does not fit. */
  misfit: Misfit | undefined;
  /** Root over the first `size` events, for each size that was asked for and reached. */
  readonly roots = new Map<number, Uint8Array>();
  readonly #tree = new BinaryTree();
  readonly #fold = new PackFold(this.replay);
  readonly #digests = new PackDigests();
  readonly #sizes: ReadonlySet<number>;
  readonly #until: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #whole = false;
  /** Of a pack that is not whole. */
  #leaves: readonly string[] = [];
  #root = '';
  #first = 0;

  /** `sizes`: where roots are wanted. `until`: events from this sequence on are left out of the tree and the state. */
  constructor(sizes: Iterable<number>, until: number) {
    this.#sizes = new Set(sizes);
    this.#until = until;
  }

  /** Number of events taken. */
  get size(): number {
    return this.#tree.size;
  }

  get root(): Uint8Array {
    return bytesOfBinary(this.#tree.root());
  }

  /** Throws Fault where the bytes are no pack, RangeError or TypeError where an event has no digest. */
  open(bytes: Uint8Array, secret: SegmentSecret): CheckedPack {
    const leaves = this.#digests.of(bytes, secret);
    const tree = new BinaryTree();
    for (const leaf of leaves) tree.append(leaf);
    this.#first = this.#digests.cursor.sequence + 1 - leaves.length;
    this.#whole = this.#isWhole(this.#first + leaves.length);
    [this.#bytes, this.#leaves, this.#root] = [bytes, this.#whole ? [] : leaves, tree.root()];
    return { first: this.#first, count: leaves.length, root: bytesOfBinary(this.#root) };
  }

  /** Takes the opened pack into tree and state. */
  take(): void {
    this.#grow();
    if (this.misfit !== undefined || this.#first >= this.#until) return;
    try {
      if (this.#first !== this.replay.size) throw new Misfit(this.#first, `follows ${this.replay.size} events`);
      this.#fold.fold(this.#digests.cursor.open(this.#bytes, this.#until));
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      this.misfit = error;
    }
  }

  /** Whether the events from the first up to this one are a subtree in which no root is asked for: then it is taken as one. */
  #isWhole(end: number): boolean {
    const { size } = this.#tree;
    if (end - this.#first !== SEGMENT || size % SEGMENT !== 0 || end > this.#until) return false;
    for (const wanted of this.#sizes) if (wanted > size && wanted < size + SEGMENT) return false;
    return true;
  }

  #grow(): void {
    if (this.#whole) {
      this.#tree.appendSubtree(this.#root, segmentHeight);
      this.#note();
      return;
    }
    for (let i = 0; i < this.#leaves.length && this.#first + i < this.#until; i++) {
      this.#tree.append(this.#leaves[i]!);
      this.#note();
    }
  }

  #note(): void {
    if (this.#sizes.has(this.size)) this.roots.set(this.size, this.root);
  }
}
