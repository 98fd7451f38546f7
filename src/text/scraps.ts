import type { Matching } from './matching.ts';
import type { Parts } from './words.ts';

/** Rounds in which dropping a run may make its neighbours' gaps wide enough to drop them too. */
const rounds = 8;

interface Run {
  /** Range of pairs in the matching. */
  readonly from: number;
  readonly to: number;
  readonly letters: number;
}

/**
 * A matching without scraps. A run of parts that follow one another on both sides is a scrap if twice
 * its letters are fewer than those of the smaller of the gaps around it (a gap counts its longer side):
 * an `of the` between two passages written anew is not what somebody left alone. Signs have no letters,
 * so they stay only beside words that stay.
 */
export function withoutScraps(a: Parts, b: Parts, matching: Matching): Matching {
  const lettersA = sums(a.letters);
  const lettersB = sums(b.letters);
  const gap = (before: Run | undefined, after: Run | undefined) => {
    const [i, j] = before === undefined ? [0, 0] : [matching.a[before.to - 1]! + 1, matching.b[before.to - 1]! + 1];
    const [x, y] =
      after === undefined ? [a.letters.length, b.letters.length] : [matching.a[after.from]!, matching.b[after.from]!];
    return Math.max(lettersA[x]! - lettersA[i]!, lettersB[y]! - lettersB[j]!);
  };
  let runs = runsOf(matching, lettersA);
  for (let round = 0; round < rounds; round++) {
    const kept: Run[] = [];
    for (let k = 0; k < runs.length; k++) {
      const run = runs[k]!;
      const around = Math.min(gap(kept.at(-1), run), gap(run, runs[k + 1]));
      if (run.letters * 2 >= around) kept.push(run);
    }
    if (kept.length === runs.length) break;
    runs = kept;
  }
  const pick = (places: readonly number[]) => runs.flatMap(run => places.slice(run.from, run.to));
  return { a: pick(matching.a), b: pick(matching.b) };
}

function runsOf(matching: Matching, letters: Int32Array): Run[] {
  const runs: Run[] = [];
  const { a, b } = matching;
  for (let from = 0; from < a.length; ) {
    let to = from + 1;
    while (to < a.length && a[to] === a[to - 1]! + 1 && b[to] === b[to - 1]! + 1) to++;
    runs.push({ from, to, letters: letters[a[to - 1]! + 1]! - letters[a[from]!]! });
    from = to;
  }
  return runs;
}

/** `out[i]`: sum of the first i. */
function sums(numbers: ArrayLike<number>): Int32Array {
  const out = new Int32Array(numbers.length + 1);
  for (let i = 0; i < numbers.length; i++) out[i + 1] = out[i]! + numbers[i]!;
  return out;
}
