import { type Found, type Match, matchesOf } from './recallMatches.ts';
import { RecallPassages } from './recallPassages.ts';
import { LiveSource, PassageSource } from './recallSource.ts';
import type { RecallStore } from './recallStore.ts';
import type { Replay } from './replay.ts';

/** Units of live texts that one look reads anew; of the others it knows how they stood when they were read last. */
const readAtOnce = 2_000_000;

/** Finds the runs of a text in what is kept and in what is open. */
export class RecallSearch {
  readonly #store: RecallStore;
  readonly #passages: RecallPassages;
  #live = new Map<string, LiveSource>();

  constructor(store: RecallStore) {
    this.#store = store;
    this.#passages = new RecallPassages(store);
  }

  /** Takes in what was kept lately; false when nothing is left to do. */
  load(enough: () => boolean): boolean {
    return this.#passages.load(enough);
  }

  /** What trackers hold is read anew: it may be of a transaction that was rolled back. */
  forget(): void {
    this.#live.clear();
  }

  /** `isKept`: the text of a document that no tracker holds is kept as it stands. */
  matches(text: string, replay: Replay, isKept: (document: number) => boolean): Match[] {
    this.#read(replay);
    const open = new Set([...replay.trackers].map(tracker => tracker.document.document));
    const stands = (id: number) => !open.has(id) && replay.documents.get(id)?.present === true && isKept(id);
    const sources = new Map<number, PassageSource | undefined>();
    const source = (id: number) => {
      if (!sources.has(id)) sources.set(id, PassageSource.of(this.#store, id, stands));
      return sources.get(id);
    };
    return matchesOf(text, hash => {
      const places = this.#passages.places(hash);
      if (places === undefined) return undefined;
      const found: Found[] = [];
      for (const { id, at } of places) {
        const of = source(id);
        if (of !== undefined) found.push({ source: of, at });
      }
      for (const live of this.#live.values()) {
        const own = live.table.places(hash);
        if (own === undefined) return undefined;
        for (const at of own) found.push({ source: live, at });
      }
      return found;
    });
  }

  #read(replay: Replay): void {
    const live = new Map<string, LiveSource>();
    let left = readAtOnce;
    for (const tracker of replay.trackers) {
      const key = `${tracker.session}:${tracker.tracker}`;
      const known = this.#live.get(key);
      const current = known?.version === tracker.version;
      if (!current) left -= tracker.content.length;
      if (known !== undefined && (current || left < 0)) {
        known.stands = current;
        live.set(key, known);
      } else if (left >= 0) live.set(key, new LiveSource(tracker));
    }
    this.#live = live;
  }
}
