import { cuts } from '../text/moves.ts';
import { isTelling } from './recallBars.ts';
import { printsOf } from './recallPrints.ts';
import type { Source } from './recallSource.ts';

/** Units `from` to `to` of what was looked for stand in a source, from `at` on. */
export interface Match {
  readonly from: number;
  readonly to: number;
  readonly source: Source;
  readonly at: number;
}

export interface Found {
  readonly source: Source;
  readonly at: number;
}

/** Units that one look compares at most; what is behind them is not found. */
const mostCompared = 4_000_000;
/** A word that is longer than this is not looked at to its end. */
const longWord = 256;

/**
 * The runs of a text that stand in some source too, each the longest of whole words there. `places`: where a print
 * stands; undefined where it stands in too many places. A run of `guaranteed` units that is telling, and whose
 * prints stand in few places, is always found.
 */
export function matchesOf(text: string, places: (hash: number) => readonly Found[] | undefined): Match[] {
  const matches: Match[] = [];
  const done = new Map<Source, Map<number, number>>();
  let left = mostCompared;
  printsOf(text, (hash, place) => {
    if (left <= 0) return;
    for (const { source, at } of places(hash) ?? []) {
      const shift = at - place;
      const shifts = done.get(source) ?? new Map<number, number>();
      done.set(source, shifts);
      if ((shifts.get(shift) ?? 0) > place) continue;
      const run = extended(text, place, source, at);
      left -= run.to - run.from + 1;
      shifts.set(shift, Math.max(run.to, place + 1));
      const whole = trimmed(text, run, source, shift);
      if (whole && isTelling(text.slice(whole.from, whole.to))) {
        matches.push({ ...whole, source, at: whole.from + shift });
      }
    }
  });
  return matches;
}

interface Run {
  readonly from: number;
  readonly to: number;
}

/** As far as both go on alike. */
function extended(text: string, place: number, source: Source, at: number): Run {
  let from = place;
  while (from > 0 && text.charCodeAt(from - 1) === source.unit(from - 1 + at - place)) from--;
  let to = place;
  while (to < text.length && text.charCodeAt(to) === source.unit(to + at - place)) to++;
  return { from, to };
}

/** Whole words in both. */
function trimmed(text: string, { from, to }: Run, source: Source, shift: number): Run | undefined {
  const parts = (at: number) => (at > 0 && cuts(text, at)) || cutsIn(source, at + shift);
  const [first, last] = [from + longWord, to - longWord];
  while (from < to && parts(from)) if (++from > first) return undefined;
  while (from < to && parts(to)) if (--to < last) return undefined;
  return from < to ? { from, to } : undefined;
}

function cutsIn(source: Source, at: number): boolean {
  if (at <= 0 || at >= source.length) return false;
  const start = Math.max(0, at - 2);
  return cuts(source.slice(start, at + 2), at - start);
}
