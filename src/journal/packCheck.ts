import { BinaryTree } from './binaryTree.ts';
import { eventDigest } from './canonical.ts';
import { SEGMENT, segmentHeight } from './chain.ts';
import { ChangedDigests } from './changedDigests.ts';
import { SegmentCursor } from './cursor.ts';
import { binaryOf, bytesOfBinary } from './digest.ts';
import { forgetting } from './forgetting.ts';
import { KeptSalts, type SegmentSecret } from './keptSalts.ts';
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
  readonly #cursor = new SegmentCursor();
  readonly #digests = new ChangedDigests();
  readonly #sizes: ReadonlySet<number>;
  readonly #until: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #leaves: string[] = [];
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
    const cursor = this.#cursor.open(bytes);
    const digests = this.#digests;
    const whole = secret instanceof KeptSalts ? undefined : secret;
    if (whole !== undefined) digests.secret = whole;
    cursor.readClocks();
    const tree = new BinaryTree();
    const leaves: string[] = [];
    this.#first = cursor.sequence + 1;
    while (cursor.next()) {
      const quick = whole && digests.digestOf(cursor);
      const leaf = quick ?? binaryOf(eventDigest(cursor.event(), secret));
      leaves.push(leaf);
      tree.append(leaf);
    }
    [this.#bytes, this.#leaves, this.#root] = [bytes, leaves, tree.root()];
    return { first: this.#first, count: leaves.length, root: bytesOfBinary(this.#root) };
  }

  /** Takes the opened pack into tree and state. */
  take(): void {
    this.#grow();
    if (this.misfit !== undefined || this.#first >= this.#until) return;
    try {
      if (this.#first !== this.replay.size) throw new Misfit(this.#first, `follows ${this.replay.size} events`);
      this.#fold.fold(this.#cursor.open(this.#bytes, this.#until));
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      this.misfit = error;
    }
  }

  #grow(): void {
    const tree = this.#tree;
    const before = tree.size;
    const end = before + this.#leaves.length;
    const inside = [...this.#sizes].some(size => size > before && size < end);
    const counted = this.#first + this.#leaves.length <= this.#until;
    if (this.#leaves.length === SEGMENT && before % SEGMENT === 0 && counted && !inside) {
      tree.appendSubtree(this.#root, segmentHeight);
      this.#note();
      return;
    }
    for (const [i, leaf] of this.#leaves.entries()) {
      if (this.#first + i >= this.#until) return;
      tree.append(leaf);
      this.#note();
    }
  }

  #note(): void {
    if (this.#sizes.has(this.size)) this.roots.set(this.size, this.root);
  }
}
