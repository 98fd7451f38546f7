import type { TrackerState } from './documentState.ts';
import type { JournalEvent } from './event.ts';
import type { PlainSteps } from './plainSteps.ts';
import type { Replay } from './replay.ts';
import { Typing } from './typing.ts';

/**
 * Applies events to a replay as they come. Law: once it is settled, the state is the same as after `apply` of each
 * event. Plain steps that follow one another in one text are gathered and put into text and spans as one change: until
 * then the replay's texts lag behind, and nothing else does. Mutable; of one transaction.
 */
export class EventFold {
  readonly #replay: Replay;
  readonly #typing = new Typing();
  /** Whose texts are gathered. */
  #steps: PlainSteps | undefined;

  constructor(replay: Replay) {
    this.#replay = replay;
  }

  /** The replay, with all that was gathered in its texts. */
  get settled(): Replay {
    if (this.#typing.tracker !== undefined) this.#typing.apply(this.#steps?.texts ?? '');
    return this.#replay;
  }

  /** Throws Misfit, with all events before it applied, where the event does not fit. */
  apply(event: JournalEvent): void {
    this.settled.apply(event);
  }

  /**
   * Applies a session's steps from one on, as far as they fit; gives how many. What the first of the others does not fit
   * for, `apply` of its event says.
   */
  plain(steps: PlainSteps, session: number, at: number): number {
    const replay = this.#replay;
    if (replay.size === 0) return 0;
    if (this.#steps !== steps) {
      this.settled;
      this.#steps = steps;
    }
    let i = at;
    while (i < steps.count && this.#isTaken(steps, session, i)) {
      replay.size++;
      i++;
    }
    const state = replay.sessions.get(session);
    if (i > at && state !== undefined) state.last = steps.time[i - 1]!;
    return i - at;
  }

  #isTaken(steps: PlainSteps, session: number, i: number): boolean {
    const typing = this.#typing;
    const number = steps.tracker[i]!;
    const last = typing.tracker;
    const isSame = last !== undefined && last.tracker === number && last.session === session;
    const tracker = isSame ? last : this.#replay.tracker(session, number);
    const from = steps.from[i]!;
    const to = steps.to[i]!;
    const version = steps.version[i]!;
    const fits =
      tracker !== undefined &&
      version === tracker.version + 1 &&
      tracker.document.document === steps.document[i] &&
      to <= typing.lengthOf(tracker) &&
      this.#isFound(steps, i);
    if (!fits) return false;
    if (!isSame || !typing.meets(from, to)) this.#begin(tracker, from);
    typing.replace(from, to, steps.inserted[i]!, steps.first[i]!, steps.start[i]!);
    tracker.version = version;
    return true;
  }

  #begin(tracker: TrackerState, at: number): void {
    this.settled;
    this.#typing.begin(tracker, at);
  }

  /** Notes what its new characters were found to be. False, and nothing is noted, where their serials are not free. */
  #isFound(steps: PlainSteps, i: number): boolean {
    const { origin } = steps.shapes[steps.shape[i]!]!;
    if (origin === undefined) return true;
    try {
      this.#replay.origins.add(steps.first[i]!, steps.inserted[i]!, origin, this.#replay.size);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }
}
