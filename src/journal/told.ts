/** Which serials a window has heard of: disjoint ranges, kept sorted. Mutable; lives as long as its writer. */
export class Told {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Adds a range and gives the parts of it that were not in before. */
  add(first: number, count: number): { readonly first: number; readonly count: number }[] {
    if (count === 0) return [];
    const end = first + count;
    let i = this.#rank(first);
    if (i > 0 && this.#ends[i - 1]! >= first) i--;
    const news: { first: number; count: number }[] = [];
    let at = first;
    let j = i;
    for (; j < this.#starts.length && this.#starts[j]! <= end; j++) {
      if (this.#starts[j]! > at) news.push({ first: at, count: this.#starts[j]! - at });
      at = Math.max(at, this.#ends[j]!);
    }
    if (at < end) news.push({ first: at, count: end - at });
    const start = j > i ? Math.min(first, this.#starts[i]!) : first;
    this.#starts.splice(i, j - i, start);
    this.#ends.splice(i, j - i, Math.max(end, at));
    return news;
  }

  /** How many ranges begin before this serial. */
  #rank(serial: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! < serial) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
