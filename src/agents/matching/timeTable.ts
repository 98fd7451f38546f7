/** Width of a cell, ms. */
const CELL = 5 * 60_000;

/** Things found by when they happened; those without a time are not kept. */
export class TimeTable<T extends { readonly time?: number }> {
  readonly #cells = new Map<number, Set<T>>();

  add(one: T): void {
    if (one.time === undefined) return;
    const cell = Math.floor(one.time / CELL);
    const set = this.#cells.get(cell);
    if (set) set.add(one);
    else this.#cells.set(cell, new Set([one]));
  }

  remove(one: T): void {
    if (one.time === undefined) return;
    const cell = Math.floor(one.time / CELL);
    const set = this.#cells.get(cell);
    set?.delete(one);
    if (set?.size === 0) this.#cells.delete(cell);
  }

  /** Those at most `within` ms away, in no order. */
  near(time: number, within: number): T[] {
    const out: T[] = [];
    for (let cell = Math.floor((time - within) / CELL); cell <= Math.floor((time + within) / CELL); cell++) {
      for (const one of this.#cells.get(cell) ?? []) if (Math.abs(one.time! - time) <= within) out.push(one);
    }
    return out;
  }
}
