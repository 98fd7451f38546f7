import type { JournalEvent } from './event.ts';
import type { Journal } from './journal.ts';
import { type Fed, RecallFeed } from './recallFeed.ts';
import { Replay } from './replay.ts';

/** Kinds of events that leave something behind. */
const leaving = ['changed', 'baseline', 'saved', 'closed', 'sessionEnd', 'gap', 'answer', 'agentEdit'];

/** Looks at events again that a session left behind unlooked at, or at all of them: from a keyframe or from the first. */
export class RecallCatchUp {
  readonly #until: number;
  readonly #feed: RecallFeed;
  readonly #replay: Replay;
  readonly #events: Iterator<JournalEvent>;

  /** `keyframe`: one may be used; what it names may be taken away by another process meanwhile. */
  constructor(journal: Journal, from: number, until: number, keyframe: boolean) {
    this.#until = until;
    this.#feed = new RecallFeed(from);
    this.#replay = (keyframe ? journal.frames.newest(from) : undefined) ?? new Replay();
    this.#events = journal.packs.events(this.#replay.size)[Symbol.iterator]();
  }

  /** Whether events leave anything behind at all. */
  static isNeeded(journal: Journal, from: number, until: number): boolean {
    if (until - from > 1000) return true;
    for (const event of journal.packs.events(from)) {
      if (event.sequence >= until) return false;
      if (leaving.includes(event.kind)) return true;
    }
    return false;
  }

  /** Goes on until `enough`; false at the end. Errors are those of the replay and of the journal's packs. */
  step(enough: () => boolean): boolean {
    for (let n = 1; this.#replay.size < this.#until; n++) {
      const { value: event, done } = this.#events.next();
      if (done === true) break;
      this.#feed.look(event, () => this.#replay);
      this.#replay.apply(event);
      if (n % 64 === 0 && enough()) return true;
    }
    return false;
  }

  take(): Fed {
    return this.#feed.take();
  }
}
