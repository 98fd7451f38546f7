/** Parts of a text, in order: part i runs from `starts[i]` to `ends[i]`. */
export interface Stretches {
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
}

/**
 * Numbers the parts of texts so that equal parts have one number, from 0 on. A hash table over the
 * texts themselves: no string is made of any part, which is most of the time saved on long texts.
 */
export class Kinds {
  /** Numbers given so far. */
  count = 0;
  /** Number of the part that lies in this slot, plus one; 0: none. */
  readonly #slots: Int32Array;
  readonly #hashes: Int32Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** Text that the part of a number stands in, by its place in `#texts`. */
  readonly #holders: Uint8Array;
  readonly #texts: string[] = [];

  /** For at most so many different parts. */
  constructor(most: number) {
    let size = 16;
    while (size < most * 2) size *= 2;
    this.#slots = new Int32Array(size);
    this.#hashes = new Int32Array(most);
    this.#starts = new Int32Array(most);
    this.#ends = new Int32Array(most);
    this.#holders = new Uint8Array(most);
  }

  /** Numbers of the parts of one more text, of 256 at most. */
  of(text: string, { starts, ends }: Stretches): Int32Array {
    this.#texts.push(text);
    const out = new Int32Array(starts.length);
    for (let i = 0; i < starts.length; i++) out[i] = this.#number(text, starts[i]!, ends[i]!);
    return out;
  }

  #number(text: string, start: number, end: number): number {
    // FNV-1a over code units; its high bits come down at the end.
    let hash = 0x811c9dc5;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) {
        this.#slots[slot] = this.count + 1;
        this.#hashes[this.count] = hash;
        this.#starts[this.count] = start;
        this.#ends[this.count] = end;
        this.#holders[this.count] = this.#texts.length - 1;
        return this.count++;
      }
      if (this.#hashes[number] === hash && this.#equals(number, text, start, end)) return number;
    }
  }

  #equals(number: number, text: string, start: number, end: number): boolean {
    const other = this.#texts[this.#holders[number]!]!;
    const from = this.#starts[number]!;
    if (this.#ends[number]! - from !== end - start) return false;
    for (let i = start, j = from; i < end; i++, j++) if (text.charCodeAt(i) !== other.charCodeAt(j)) return false;
    return true;
  }
}
