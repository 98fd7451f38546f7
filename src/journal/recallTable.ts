/** A print at more places than this is of text that stands everywhere: where it came from cannot be told. */
const most = 32;
/** Parts that grow by themselves, so that no growth takes long. */
const parts = 32;

/**
 * Places by print: a multimap of 32-bit numbers, a place below 2^32 - 1. Some 11 to 21 bytes a place. What is put in
 * stays until the table is given up.
 */
export class RecallTable {
  readonly #parts = Array.from({ length: parts }, () => new Part());

  get count(): number {
    return this.#parts.reduce((n, part) => n + part.count, 0);
  }

  put(hash: number, place: number): void {
    this.#parts[hash >>> 27]!.put(hash, place);
  }

  /** Undefined where there are too many. */
  places(hash: number): readonly number[] | undefined {
    return this.#parts[hash >>> 27]!.places(hash);
  }
}

/** Open addressing, linear: what has one hash stands in a row with others between. */
class Part {
  #hashes = new Uint32Array(16);
  /** 0: free, else the place + 1. */
  #places = new Uint32Array(16);
  count = 0;

  put(hash: number, place: number): void {
    const mask = this.#hashes.length - 1;
    let same = 0;
    let at = (Math.imul(hash, 0x9e3779b1) >>> 5) & mask;
    for (; this.#places[at] !== 0; at = (at + 1) & mask) if (this.#hashes[at] === hash && ++same > most) return;
    this.#hashes[at] = hash;
    this.#places[at] = place + 1;
    if (++this.count * 4 > this.#hashes.length * 3) this.#grow();
  }

  places(hash: number): readonly number[] | undefined {
    const mask = this.#hashes.length - 1;
    const found: number[] = [];
    for (let at = (Math.imul(hash, 0x9e3779b1) >>> 5) & mask; this.#places[at] !== 0; at = (at + 1) & mask) {
      if (this.#hashes[at] !== hash) continue;
      if (found.length === most) return undefined;
      found.push(this.#places[at]! - 1);
    }
    return found;
  }

  #grow(): void {
    const [hashes, places] = [this.#hashes, this.#places];
    this.#hashes = new Uint32Array(hashes.length * 2);
    this.#places = new Uint32Array(hashes.length * 2);
    const mask = this.#hashes.length - 1;
    for (let i = 0; i < hashes.length; i++) {
      if (places[i] === 0) continue;
      let at = (Math.imul(hashes[i]!, 0x9e3779b1) >>> 5) & mask;
      while (this.#places[at] !== 0) at = (at + 1) & mask;
      this.#hashes[at] = hashes[i]!;
      this.#places[at] = places[i]!;
    }
  }
}
