/** Of what a search passed before it was given up, at least this share must have been equal for its way to be used. */
const alike = 0.5;
/** Where nothing is alike, searches become shorter, down to this. */
const shortest = 16;

/** What searches may cost together: places looked at. Mutable; `ran out` once there was more to look at than allowed. */
export class Budget {
  left: number;
  ranOut = false;

  constructor(places: number) {
    this.left = places;
  }
}

/** Places of pairs of equal items: `a[k]` goes with `b[k]`; both rise. */
export interface Pairs {
  readonly a: number[];
  readonly b: number[];
}

/**
 * Pairs of equal items along a short script of insertions and removals from `a` to `b`, by the greedy
 * search of E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). After `cap` insertions
 * and removals the way that came furthest is taken, or left out if little on it was equal, and a new
 * search starts from its end: then the script may not be the shortest. Time O((|a| + |b|) · cap) and
 * never more than `budget` allows: what lies behind the place where it ran out is not matched. Memory O(cap²).
 */
export function shortScript(a: Int32Array, b: Int32Array, cap: number, budget = new Budget(Infinity)): Pairs {
  const out: Pairs = { a: [], b: [] };
  const most = Math.max(1, Math.min(cap, a.length + b.length));
  const search = new Search(a, b, most);
  let steps = most;
  for (let x = 0, y = 0; x < a.length && y < b.length; ) {
    if (budget.left <= 0) {
      budget.ranOut = true;
      break;
    }
    search.run(x, y, steps);
    budget.left -= search.cost;
    const used = search.ended || search.matched() * 2 >= (search.x - x + search.y - y) * alike;
    if (used) search.collect(out);
    steps = used ? most : Math.min(most, Math.max(shortest, steps >> 1));
    x = search.x;
    y = search.y;
  }
  return out;
}

/**
 * One search after the other over two sequences. Row d of the table holds how far in `a` each of the d + 1
 * diagonals came with d insertions and removals: entry i is diagonal x - y = 2 i - d, from where the search began.
 */
class Search {
  /** Where the last search ended, in `a` and in `b`, and whether that is the end of both. */
  x = 0;
  y = 0;
  ended = false;
  /** Places it looked at. */
  cost = 0;

  readonly #a: Int32Array;
  readonly #b: Int32Array;
  readonly #rows: Int32Array;
  #fromX = 0;
  #fromY = 0;
  #row = 0;
  #entry = 0;

  constructor(a: Int32Array, b: Int32Array, most: number) {
    this.#a = a;
    this.#b = b;
    this.#rows = new Int32Array(((most + 1) * (most + 2)) / 2);
  }

  run(fromX: number, fromY: number, steps: number): void {
    const [a, b, rows] = [this.#a, this.#b, this.#rows];
    const width = a.length - fromX;
    const height = b.length - fromY;
    const limit = Math.min(steps, width + height);
    this.#fromX = fromX;
    this.#fromY = fromY;
    this.cost = 0;
    for (let d = 0, row = 0, before = 0; ; before = row, row += ++d) {
      let cost = d + 1;
      // As `#startOf` has it; said again here because it is where the time goes.
      let left = -1;
      for (let i = 0; i <= d; i++) {
        const k = 2 * i - d;
        const above = i < d ? rows[before + i]! : -1;
        const start = d === 0 ? 0 : Math.max(left + 1, above);
        left = above;
        const end = Math.min(width, height + k);
        let x = start;
        while (x < end && a[fromX + x] === b[fromY + x - k]) x++;
        cost += x - start;
        rows[row + i] = x;
        if (k === width - height && x >= width) {
          this.cost += cost;
          this.#end(d, i, true);
          return;
        }
      }
      this.cost += cost;
      if (d < limit) continue;
      this.#giveUp(d, width, height);
      return;
    }
  }

  /** Pairs on the way to the end of the last search. */
  matched(): number {
    // Every step but these went along an equal pair, which takes one from each side.
    return (this.x - this.#fromX + this.y - this.#fromY - this.#row) / 2;
  }

  collect(out: Pairs): void {
    const n = this.matched();
    const base = out.a.length;
    out.a.length = base + n;
    out.b.length = base + n;
    let at = base + n;
    let i = this.#entry;
    let x = this.x - this.#fromX;
    for (let d = this.#row; d >= 0; d--) {
      const k = 2 * i - d;
      const start = this.#startOf(d, i);
      while (x > start) {
        x--;
        at--;
        out.a[at] = this.#fromX + x;
        out.b[at] = this.#fromY + x - k;
      }
      if (d === 0) break;
      if (!this.#isDown(d, i)) {
        i--;
        x--;
      }
    }
  }

  #end(d: number, i: number, ended: boolean): void {
    const x = this.#rows[(d * (d + 1)) / 2 + i]!;
    this.#row = d;
    this.#entry = i;
    this.x = this.#fromX + x;
    this.y = this.#fromY + x - (2 * i - d);
    this.ended = ended;
  }

  /** Ends with the way of row d that came furthest inside both. */
  #giveUp(d: number, width: number, height: number): void {
    let furthest = -1;
    let best = -1;
    for (let i = 0; i <= d; i++) {
      const k = 2 * i - d;
      const x = this.#rows[(d * (d + 1)) / 2 + i]!;
      // What ran over an edge of the two cannot go on along it.
      if (x > width || x - k > height || 2 * x - k <= furthest) continue;
      furthest = 2 * x - k;
      best = i;
    }
    if (best >= 0) {
      this.#end(d, best, false);
      return;
    }
    // No way stayed inside: nothing is matched, and nothing is left to search.
    this.x = this.#a.length;
    this.y = this.#b.length;
    this.#row = width + height;
    this.ended = false;
  }

  /** Whether the way to entry i of row d came by an insertion: from the same entry of the row before. */
  #isDown(d: number, i: number): boolean {
    const before = (d * (d - 1)) / 2;
    return i === 0 || (i !== d && this.#rows[before + i - 1]! < this.#rows[before + i]!);
  }

  /** Where on its diagonal entry i of row d starts, before it goes along what is equal. */
  #startOf(d: number, i: number): number {
    if (d === 0) return 0;
    const before = (d * (d - 1)) / 2;
    return this.#isDown(d, i) ? this.#rows[before + i]! : this.#rows[before + i - 1]! + 1;
  }
}
