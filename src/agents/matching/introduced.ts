import type { Align } from './nearby.ts';

/** A run of characters and the step that brought it; -1: it stood in the first text. */
export interface Run {
  readonly length: number;
  readonly step: number;
}

/** Which step brought each character of the last of several texts, each made from the one before. */
export async function introduced(texts: readonly string[], align: Align): Promise<readonly Run[]> {
  let runs: Run[] = [{ length: texts[0]?.length ?? 0, step: -1 }];
  for (let step = 0; step + 1 < texts.length; step++) {
    const next: Run[] = [];
    const part = partsOf(runs);
    let at = 0;
    for (const { from, to, insert } of await align(texts[step]!, texts[step + 1]!)) {
      for (const kept of part(at, from)) next.push(kept);
      next.push({ length: insert.length, step });
      at = to;
    }
    for (const kept of part(at, Infinity)) next.push(kept);
    runs = next;
  }
  return runs;
}

/** Gives the runs between two offsets, cut to them; asked for one part after the other, from the start on. */
export function partsOf(runs: readonly Run[]): (from: number, to: number) => Run[] {
  let first = 0;
  let start = 0;
  return (from, to) => {
    while (first < runs.length && start + runs[first]!.length <= from) start += runs[first++]!.length;
    const out: Run[] = [];
    for (let i = first, at = start; i < runs.length && at < to; at += runs[i++]!.length) {
      const { length, step } = runs[i]!;
      const own = Math.min(to, at + length) - Math.max(from, at);
      if (own > 0) out.push({ length: own, step });
    }
    return out;
  };
}
