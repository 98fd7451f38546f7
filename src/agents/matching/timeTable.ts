/** Width of a cell, ms. */
const CELL = 5 * 60_000;

/** Things found by when they happened, `since` some time or just then; those without a time are not kept. */
export class TimeTable<T extends { readonly time?: number; readonly since?: number }> {
  readonly #cells = new Map<number, Set<T>>();
  readonly #wide = new Set<T & { readonly time: number; readonly since: number }>();

  add(one: T): void {
    if (one.time === undefined) return;
    if (isWide(one)) {
      this.#wide.add(one);
      return;
    }
    const cell = Math.floor(one.time / CELL);
    const set = this.#cells.get(cell);
    if (set) set.add(one);
    else this.#cells.set(cell, new Set([one]));
  }

  remove(one: T): void {
    if (one.time === undefined) return;
    if (isWide(one)) this.#wide.delete(one);
    const cell = Math.floor(one.time / CELL);
    const set = this.#cells.get(cell);
    set?.delete(one);
    if (set?.size === 0) this.#cells.delete(cell);
  }

  /** Those at most `within` ms away from a time, or from all that passed `since` another, in no order. */
  near(time: number, within: number, since = time): T[] {
    const [from, to] = [since - within, time + within];
    const out: T[] = [];
    for (const cell of this.#cellsIn(from, to)) {
      for (const one of this.#cells.get(cell) ?? []) if (one.time! >= from && one.time! <= to) out.push(one);
    }
    for (const one of this.#wide) if (one.since <= to && one.time >= from) out.push(one);
    return out;
  }

  *#cellsIn(from: number, to: number): Iterable<number> {
    const [first, last] = [Math.floor(from / CELL), Math.floor(to / CELL)];
    if (last - first <= this.#cells.size) for (let cell = first; cell <= last; cell++) yield cell;
    else for (const cell of this.#cells.keys()) if (cell >= first && cell <= last) yield cell;
  }
}

function isWide<T extends { readonly time?: number; readonly since?: number }>(
  one: T,
): one is T & { readonly time: number; readonly since: number } {
  return one.time !== undefined && one.since !== undefined && one.since < one.time;
}
