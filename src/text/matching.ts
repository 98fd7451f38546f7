import { Budget, type Pairs, shortScript } from './shortScript.ts';

/** Places of equal items in two sequences: `a[k]` in the one goes with `b[k]` in the other; both rise. */
export interface Matching {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** Levels of anchors within anchors; what is open below them goes to the exact search. */
const deepest = 24;

/**
 * Matches two sequences of numbers (from 0, below `kinds`) in order: equal ends first, then items that
 * stand once on either side as anchors, then the same between the anchors; where there are none, a
 * short edit script, searched for `cap` insertions and removals at a time. No part costs more than its
 * length times `deepest` and `cap`; and when `budget` runs out, no more scripts are searched.
 */
export function matchItems(
  wholeA: Int32Array,
  wholeB: Int32Array,
  kinds: number,
  cap: number,
  budget = new Budget(Infinity),
): Matching {
  // What stands on one side only can match nothing and would only lengthen the search.
  const placesA = shared(wholeA, wholeB, kinds);
  const placesB = shared(wholeB, wholeA, kinds);
  const a = placesA.map(i => wholeA[i]!);
  const b = placesB.map(j => wholeB[j]!);
  const out = { a: [] as number[], b: [] as number[] };
  let once: Once | undefined;
  const pair = (i: number, j: number) => {
    out.a.push(placesA[i]!);
    out.b.push(placesB[j]!);
  };
  const part = (a0: number, a1: number, b0: number, b1: number, depth: number) => {
    let [i, j] = [a0, b0];
    while (i < a1 && j < b1 && a[i] === b[j]) pair(i++, j++);
    let tail = 0;
    while (i < a1 - tail && j < b1 - tail && a[a1 - tail - 1] === b[b1 - tail - 1]) tail++;
    const [ae, be] = [a1 - tail, b1 - tail];
    if (i < ae && j < be) {
      const [ai, bj] = [i, j];
      const [restA, restB] = [a.subarray(i, ae), b.subarray(j, be)];
      once ??= new Once(kinds);
      const anchors = depth < deepest ? rising(once.pairs(restA, restB)) : none;
      if (anchors.a.length === 0) {
        const found = shortScript(restA, restB, cap, budget);
        for (let k = 0; k < found.a.length; k++) pair(ai + found.a[k]!, bj + found.b[k]!);
      } else {
        for (let k = 0; k < anchors.a.length; k++) {
          const [x, y] = [ai + anchors.a[k]!, bj + anchors.b[k]!];
          part(i, x, j, y, depth + 1);
          pair(x, y);
          [i, j] = [x + 1, y + 1];
        }
        part(i, ae, j, be, depth + 1);
      }
    }
    for (; tail > 0; tail--) pair(a1 - tail, b1 - tail);
  };
  part(0, a.length, 0, b.length, 0);
  return out;
}

/** Places of the items that the other sequence has too. */
function shared(items: Int32Array, others: Int32Array, kinds: number): Int32Array {
  const known = new Uint8Array(kinds);
  for (const kind of others) known[kind] = 1;
  const out = new Int32Array(items.length);
  let n = 0;
  for (let i = 0; i < items.length; i++) if (known[items[i]!] === 1) out[n++] = i;
  return out.subarray(0, n);
}

const none: Pairs = { a: [], b: [] };

/** Finds what stands once in each of two parts. */
class Once {
  readonly #inA: Int32Array;
  readonly #inB: Int32Array;
  readonly #place: Int32Array;

  constructor(kinds: number) {
    this.#inA = new Int32Array(kinds);
    this.#inB = new Int32Array(kinds);
    this.#place = new Int32Array(kinds);
  }

  /** Pairs of places, in the order of `a`. */
  pairs(a: Int32Array, b: Int32Array): Pairs {
    for (const kind of a) this.#inA[kind]!++;
    for (let j = 0; j < b.length; j++) {
      this.#inB[b[j]!]!++;
      this.#place[b[j]!] = j;
    }
    const out: Pairs = { a: [], b: [] };
    for (let i = 0; i < a.length; i++) {
      const kind = a[i]!;
      if (this.#inA[kind] !== 1 || this.#inB[kind] !== 1) continue;
      out.a.push(i);
      out.b.push(this.#place[kind]!);
    }
    for (const kind of a) this.#inA[kind] = 0;
    for (const kind of b) this.#inB[kind] = 0;
    return out;
  }
}

/** The longest choice of pairs whose second places rise as the first do. */
function rising({ a, b }: Pairs): Pairs {
  const ends: number[] = []; // ends[n]: the pair that ends the rising choice of n + 1 with the lowest end
  const before = new Int32Array(b.length);
  for (let k = 0; k < b.length; k++) {
    let low = 0;
    let high = ends.length;
    // Most often all of them rise.
    if (high > 0 && b[ends[high - 1]!]! < b[k]!) low = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (b[ends[middle]!]! < b[k]!) low = middle + 1;
      else high = middle;
    }
    before[k] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = k;
  }
  const out: Pairs = { a: new Array(ends.length), b: new Array(ends.length) };
  for (let k = ends.at(-1) ?? -1, n = ends.length; k >= 0; k = before[k]!) {
    out.a[--n] = a[k]!;
    out.b[n] = b[k]!;
  }
  return out;
}
