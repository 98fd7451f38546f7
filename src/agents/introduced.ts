import { align } from '../text/diff.ts';

/** A run of characters and the step that brought it; -1: it stood in the first text. */
export interface Run {
  readonly length: number;
  readonly step: number;
}

/** Which step brought each character of the last of several texts, each made from the one before. */
export function introduced(texts: readonly string[]): readonly Run[] {
  let runs: Run[] = [{ length: texts[0]?.length ?? 0, step: -1 }];
  for (let step = 0; step + 1 < texts.length; step++) {
    const next: Run[] = [];
    let at = 0;
    for (const change of align(texts[step]!, texts[step + 1]!)) {
      next.push(...part(runs, at, change.from), { length: change.insert.length, step });
      at = change.to;
    }
    runs = [...next, ...part(runs, at, Infinity)];
  }
  return runs;
}

/** The runs between two offsets, cut to them. */
export function part(runs: readonly Run[], from: number, to: number): Run[] {
  const out: Run[] = [];
  let at = 0;
  for (const run of runs) {
    const length = Math.min(to, at + run.length) - Math.max(from, at);
    if (length > 0) out.push({ length, step: run.step });
    at += run.length;
    if (at >= to) break;
  }
  return out;
}
