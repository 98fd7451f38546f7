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
 * an `of the` between two passages written anew is not what somebody left alone. Signs have no letters:
 * they stay beside words that stay, and at an end of the passage where no more letters than the words
 * beyond hold, or than there are signs twice over, gave way before them: the full stop of a sentence that
 * was written anew goes with it.
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
      const [before, after] = [kept.at(-1), runs[k + 1]];
      const [ahead, behind] = [gap(before, run), gap(run, after)];
      const stays =
        run.letters > 0
          ? run.letters * 2 >= Math.min(ahead, behind)
          : signsStay(run, { gap: ahead, beyond: before }, { gap: behind, beyond: after });
      if (stays) kept.push(run);
    }
    if (kept.length === runs.length) break;
    runs = kept;
  }
  const pick = (places: readonly number[]) => runs.flatMap(run => places.slice(run.from, run.to));
  return { a: pick(matching.a), b: pick(matching.b) };
}

/** One side of a run: the letters that gave way there, and the run behind them; none at an end of the passage. */
interface Side {
  readonly gap: number;
  readonly beyond: Run | undefined;
}

function signsStay({ from, to }: Run, ...sides: readonly [Side, Side]): boolean {
  const few = 2 * (to - from);
  // A side that ends the passage speaks neither for the signs nor against them.
  const telling = sides.filter(({ gap, beyond }) => gap > 0 || beyond !== undefined);
  return (
    telling.length === 0 ||
    (telling.length === 2
      ? telling.some(({ gap }) => gap === 0)
      : telling.every(({ gap, beyond }) => gap <= Math.max(few, beyond?.letters ?? 0)))
  );
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
