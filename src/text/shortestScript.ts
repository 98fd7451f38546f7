/**
 * Pairs of equal items along a shortest script of insertions and removals from `a` to `b`: the greedy
 * search of E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). None, if the script
 * takes more than `cap` steps. Time O((|a| + |b|) · cap), memory O(cap²).
 */
export function shortestScript(a: Int32Array, b: Int32Array, cap: number): [number, number][] {
  const limit = Math.min(cap, a.length + b.length);
  const reach = new Int32Array(2 * limit + 3); // reach[k + limit + 1]: how far in `a` on diagonal k = x - y
  const rounds: Int32Array[] = [];
  for (let d = 0; d <= limit; d++) {
    rounds.push(reach.slice(limit + 1 - d - 1, limit + 1 + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const at = k + limit + 1;
      const down = k === -d || (k !== d && reach[at - 1]! < reach[at + 1]!);
      let x = down ? reach[at + 1]! : reach[at - 1]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[at] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(rounds, a.length, b.length);
    }
  }
  return [];
}

/** `rounds[d]` holds what was reached before round d, from diagonal -d - 1 on. */
function walkBack(rounds: readonly Int32Array[], endX: number, endY: number): [number, number][] {
  const out: [number, number][] = [];
  let [x, y] = [endX, endY];
  for (let d = rounds.length - 1; d >= 0; d--) {
    const reach = rounds[d]!;
    const at = x - y + d + 1;
    const k = x - y;
    const down = k === -d || (k !== d && reach[at - 1]! < reach[at + 1]!);
    const startX = d === 0 ? 0 : down ? reach[at + 1]! : reach[at - 1]! + 1;
    while (x > startX) out.push([--x, --y]);
    if (down) y--;
    else x--;
  }
  return out.reverse();
}
