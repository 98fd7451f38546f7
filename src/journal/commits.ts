/** Which acts have become which events: blocks that ran on together, merged where they go on. Mutable. */
export class Commits {
  readonly #blocks: { readonly ordinal: number; readonly sequence: number; count: number }[] = [];

  /** Ordinals only grow, so blocks come sorted but for a rare repetition, which is ignored. */
  add(ordinal: number, sequence: number, count: number): void {
    const last = this.#blocks.at(-1);
    const end = last === undefined ? ordinal : last.ordinal + last.count;
    if (ordinal < end) return;
    if (last !== undefined && ordinal === end && sequence === last.sequence + last.count) last.count += count;
    else this.#blocks.push({ ordinal, sequence, count });
  }

  sequenceOf(ordinal: number): number | undefined {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { ordinal: first, count } = this.#blocks[middle]!;
      if (first + count <= ordinal) low = middle + 1;
      else high = middle;
    }
    const block = this.#blocks[low];
    return block !== undefined && block.ordinal <= ordinal ? block.sequence + ordinal - block.ordinal : undefined;
  }
}
