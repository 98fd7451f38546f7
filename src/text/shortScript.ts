/** A place on a way through two sequences. */
type Pair = readonly [number, number];

/** Of what a search passed before it was given up, at least this share must have been equal for its way to be used. */
const alike = 0.5;
/** Where nothing is alike, searches become shorter, down to this. */
const shortest = 16;

/**
 * Pairs of equal items along a short script of insertions and removals from `a` to `b`, by the greedy
 * search of E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). After `cap` insertions
 * and removals the way that came furthest is taken, or left out if little on it was equal, and a new
 * search starts from its end: then the script may not be the shortest. Time O((|a| + |b|) · cap),
 * memory O(cap²).
 */
export function shortScript(a: Int32Array, b: Int32Array, cap: number): Pair[] {
  const out: Pair[] = [];
  const most = Math.max(1, cap);
  let steps = most;
  for (let x = 0, y = 0; x < a.length && y < b.length; ) {
    const way = search(a.subarray(x), b.subarray(y), steps);
    const used = way.ended || way.pairs.length * 2 >= (way.x + way.y) * alike;
    if (used) for (const [i, j] of way.pairs) out.push([x + i, y + j]);
    steps = used ? most : Math.min(most, Math.max(shortest, steps >> 1));
    x += way.x;
    y += way.y;
  }
  return out;
}

interface Way {
  readonly pairs: readonly Pair[];
  /** Where it ends. */
  readonly x: number;
  readonly y: number;
  readonly ended: boolean;
}

function search(a: Int32Array, b: Int32Array, cap: number): Way {
  const limit = Math.min(cap, a.length + b.length);
  const reach = new Int32Array(2 * limit + 3); // reach[k + limit + 1]: how far in `a` on diagonal k = x - y
  const rounds: Int32Array[] = [];
  for (let d = 0; ; d++) {
    rounds.push(reach.slice(limit - d, limit + d + 3));
    let furthest = -1;
    let onDiagonal = 0;
    for (let k = -d; k <= d; k += 2) {
      const at = k + limit + 1;
      const down = k === -d || (k !== d && reach[at - 1]! < reach[at + 1]!);
      let x = down ? reach[at + 1]! : reach[at - 1]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[at] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(rounds, a.length, b.length, true);
      // What ran over an edge of the two cannot go on along it.
      if (x <= a.length && x - k <= b.length && 2 * x - k > furthest) {
        furthest = 2 * x - k;
        onDiagonal = k;
      }
    }
    if (d === limit) {
      const x = reach[onDiagonal + limit + 1]!;
      return walkBack(rounds, x, x - onDiagonal, false);
    }
  }
}

/** `rounds[d]` holds what was reached before round d, from diagonal -d - 1 on. */
function walkBack(rounds: readonly Int32Array[], endX: number, endY: number, ended: boolean): Way {
  const pairs: Pair[] = [];
  let [x, y] = [endX, endY];
  for (let d = rounds.length - 1; d >= 0; d--) {
    const reach = rounds[d]!;
    const k = x - y;
    const at = k + d + 1;
    const down = k === -d || (k !== d && reach[at - 1]! < reach[at + 1]!);
    const startX = d === 0 ? 0 : down ? reach[at + 1]! : reach[at - 1]! + 1;
    while (x > startX) pairs.push([--x, --y]);
    if (down) y--;
    else x--;
  }
  return { pairs: pairs.reverse(), x: endX, y: endY, ended };
}
