import { align } from '../text/diff.ts';
import type { Serials } from './outsideChange.ts';

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

/** A run of new serials and where it stands in the text after the change (UTF-16 code units). */
export interface Placed extends Serials {
  readonly at: number;
}

/**
 * Where a change's new characters stand. They are given in the order of the text, and the change was
 * aligned as `align` does it; if what is inserted is not as long as they are, some of it was known text
 * and their places cannot be told: undefined.
 */
export function placeFresh(fresh: readonly Serials[], before: string, after: string): Placed[] | undefined {
  const out: Placed[] = [];
  const left = fresh.map(({ length, serial }) => ({ length, serial }));
  let shift = 0;
  for (const { from, to, insert } of align(before, after)) {
    for (let done = 0; done < insert.length; ) {
      const span = left[0];
      if (!span) return undefined;
      const length = Math.min(span.length, insert.length - done);
      out.push({ length, serial: span.serial, at: from + shift + done });
      done += length;
      if (length === span.length) left.shift();
      else left[0] = { length: span.length - length, serial: span.serial + length };
    }
    shift += insert.length - (to - from);
  }
  return left.length === 0 ? out : undefined;
}
