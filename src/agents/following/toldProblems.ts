import { createHash } from 'node:crypto';
import type { Problem } from '../agent.ts';

/** A problem that was told: what it was (no word of it), and when, ms since 1970 UTC. */
export type ToldProblem = readonly [problem: string, time: number];

/** What a whole file was told of is told again after so long (ms): it may have been well meanwhile. */
const again = 24 * 3600 * 1000;
/** The oldest go first. */
const most = 5000;

/** Which problems have been told: records are read again at every start, and each would be a gap anew. Mutable. */
export class ToldProblems {
  readonly #told: Map<string, number>;

  constructor(kept: readonly ToldProblem[]) {
    this.#told = new Map(kept);
  }

  get kept(): readonly ToldProblem[] {
    return [...this.#told];
  }

  /** Those that are to be told at this time, which counts as done. */
  fresh(problems: readonly Problem[], time: number): readonly Problem[] {
    return problems.filter(({ file, line, message }) => {
      const key = createHash('sha256')
        .update(JSON.stringify([file, line, message]))
        .digest('base64url')
        .slice(0, 16);
      const before = this.#told.get(key);
      if (before !== undefined && (line > 0 || Math.abs(time - before) < again)) return false;
      this.#told.delete(key);
      this.#told.set(key, time);
      if (this.#told.size > most) this.#told.delete(this.#told.keys().next().value!);
      return true;
    });
  }
}
