import type { Act } from './act.ts';
import { composing } from './composing.ts';
import { filing } from './filing.ts';
import { foreign } from './foreign.ts';
import { transferring } from './transferring.ts';
import { typing } from './typing.ts';

export const acts = { ...typing, ...composing, ...transferring, ...foreign, ...filing };
export type ActName = keyof typeof acts;

/** How often each act comes. */
const weights: Readonly<Record<ActName, number>> = {
  type: 40,
  over: 5,
  carets: 4,
  enter: 6,
  pair: 3,
  wrapped: 4,
  delete: 14,
  undo: 12,
  redo: 6,
  format: 3,
  paste: 8,
  drop: 2,
  copy: 7,
  copyLine: 2,
  copyRanges: 1,
  cut: 5,
  pasteOwn: 10,
  drag: 3,
  moveLine: 3,
  complete: 7,
  unknown: 4,
  outside: 5,
  rewrite: 2,
  save: 8,
  revert: 2,
  close: 3,
  former: 2,
  saveAs: 1,
  rename: 1,
  wait: 3,
  loseWorker: 1,
  untitled: 3,
  syllable: 3,
  phrase: 3,
  swallowed: 1,
};

/** Acts that came later: a plan of before is one without them. */
export const later: readonly ActName[] = ['untitled', 'syllable', 'phrase', 'swallowed'];

/** What happens between two phases of all stories on one machine. */
export const turns = ['none', 'close', 'kill', 'killNow', 'pause', 'second'] as const;
export type Turn = (typeof turns)[number];

export interface Phase {
  readonly acts: readonly Act[];
  readonly turn: Turn;
  /** Chooses what is brought back after it. */
  readonly n: number;
}

/** Some stories that are played side by side on one machine. */
export interface Plan {
  readonly seed: number;
  readonly stories: number;
  readonly phases: readonly Phase[];
}

export function planOf(seed: number, stories: number, without: readonly string[] = []): Plan {
  const next = random(seed);
  const names = Object.entries(weights).flatMap(([name, weight]) =>
    without.includes(name) ? [] : Array<string>(weight).fill(name),
  );
  const phases = Array.from({ length: 2 + (next() % 3) }, (_, k): Phase => {
    const lists = Array.from({ length: stories }, (_, story) =>
      Array.from({ length: next() % 20 }, (): Act => {
        const name = names[next() % names.length]!;
        return { name, story, window: next() % 2, file: next() % 3, a: next(), b: next(), c: next() };
      }),
    );
    return {
      acts: dealt(lists, next),
      turn: k === 0 && next() % 2 ? 'none' : turns[next() % turns.length]!,
      n: next(),
    };
  });
  return { seed, stories, phases };
}

/** One from each list in turn, some at a time. */
function dealt(lists: Act[][], next: () => number): Act[] {
  const out: Act[] = [];
  while (lists.some(list => list.length > 0)) {
    const list = lists[next() % lists.length]!;
    out.push(...list.splice(0, 1 + (next() % 6)));
  }
  return out;
}

/** Numbers below 2^20 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) >>> 12;
  };
}
