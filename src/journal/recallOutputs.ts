import { bareOf } from './bareText.ts';
import { matchesOf } from './recallMatches.ts';
import { RecallPassages } from './recallPassages.ts';
import { PassageSource } from './recallSource.ts';
import type { RecallStore } from './recallStore.ts';

/** Units `from` to `to` of what was looked for stand in an AI's output, word by word. */
export interface OutputMatch {
  readonly from: number;
  readonly to: number;
  /** Of the event that has the output. */
  readonly sequence: number;
  /** When it was given, ms since 1970 UTC. */
  readonly time: number;
}

/** Finds the runs of a text in what AIs gave. */
export class RecallOutputs {
  readonly #store: RecallStore;
  readonly #passages: RecallPassages;

  constructor(store: RecallStore) {
    this.#store = store;
    this.#passages = new RecallPassages(store, 'outputs');
  }

  /** Takes in what was kept lately; false when nothing is left to do. */
  load(enough: () => boolean): boolean {
    return this.#passages.load(enough);
  }

  /** Runs of 24 units and more, words, the longest first, then those that were given first. */
  matches(text: string): OutputMatch[] {
    const bare = bareOf(text);
    const sources = new Map<number, PassageSource | undefined>();
    const matches = matchesOf(bare.text, hash =>
      this.#passages.places(hash)?.flatMap(({ id, at }) => {
        if (!sources.has(id))
          sources.set(
            id,
            PassageSource.of(this.#store, id, () => false),
          );
        const source = sources.get(id);
        return source === undefined ? [] : [{ source, at }];
      }),
    );
    const found = matches.flatMap(({ from, to, source }): OutputMatch[] => {
      const run = trimmed(bare.text, from, to);
      if (!(source instanceof PassageSource) || run === undefined) return [];
      const { sequence, time } = source;
      return [{ from: bare.at[run.from]!, to: bare.at[run.to - 1]! + 1, sequence, time }];
    });
    return found.sort((a, b) => b.to - b.from - (a.to - a.from) || a.time - b.time || a.sequence - b.sequence);
  }
}

function trimmed(text: string, from: number, to: number): { from: number; to: number } | undefined {
  while (from < to && text[from] === ' ') from++;
  while (from < to && text[to - 1] === ' ') to--;
  return from < to ? { from, to } : undefined;
}
