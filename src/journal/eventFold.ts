import type { Origin } from '../provenance/origin.ts';
import type { TrackerState } from './documentState.ts';
import type { JournalEvent } from './event.ts';
import { fitsObservation, fitsOrigin, fitsPlacement } from './eventWords.ts';
import type { Replay } from './replay.ts';
import { originOf, placing, type SessionState } from './replayed.ts';
import { Typing } from './typing.ts';

type Changed = Extract<JournalEvent, { kind: 'changed' }>;

/**
 * Applies events to a replay as they come. Law: once it is settled, the state is the same as after `apply` of each
 * event. What follows one another in one text is gathered and put into text and spans as one change: until then the
 * replay's texts lag behind, and nothing else does. Mutable; of one transaction.
 */
export class EventFold {
  readonly #replay: Replay;
  readonly #typing = new Typing();
  /** Texts that are gathered, in order. */
  #joined = '';
  #session: SessionState | undefined;
  #origin: Origin = placing;

  constructor(replay: Replay) {
    this.#replay = replay;
  }

  /** The replay, with all that was gathered in its texts. */
  get settled(): Replay {
    if (this.#typing.tracker !== undefined) {
      this.#typing.apply(this.#joined);
      this.#joined = '';
    }
    return this.#replay;
  }

  /** Throws Misfit, with all events before it applied, where the event does not fit. */
  apply(event: JournalEvent): void {
    if (event.kind !== 'changed' || !this.#isTyped(event)) this.settled.apply(event);
  }

  /** Gathers a plain event that fits. False, and nothing is done: `apply` of the replay says what is wrong, if something is. */
  #isTyped(event: Changed): boolean {
    const { changes, texts, session, tracker: number } = event;
    if (changes?.length !== 1 || texts?.length !== 1 || event.placed !== undefined) return false;
    const [change] = changes;
    const [text] = texts;
    if (change == null || change.spans !== undefined || typeof text !== 'string') return false;
    const typing = this.#typing;
    const last = typing.tracker;
    const isSame = last !== undefined && last.tracker === number && last.session === session;
    const tracker = isSame ? last : this.#replay.tracker(session, number);
    if (tracker === undefined || number === 0 || !this.#follows(event, tracker)) return false;
    const { from, to } = change;
    const isWithin = isCount(from) && isCount(to) && from <= to && to <= typing.lengthOf(tracker);
    if (!isWithin || !this.#isFound(event, text.length)) return false;
    if (!isSame || !typing.meets(from, to)) {
      this.#session = this.settled.sessions.get(session);
      typing.begin(tracker, from);
    }
    typing.replace(from, to, text.length, event.first, this.#joined.length);
    this.#joined += text;
    tracker.version = event.version;
    if (event.observation.by === 'reload') tracker.synced = event.version;
    if (this.#session !== undefined) this.#session.last = event.time;
    this.#replay.size++;
    return true;
  }

  #follows(
    { sequence, time, monotonic, zone, document, version, observation, placement, actor }: Changed,
    tracker: TrackerState,
  ): boolean {
    return (
      sequence === this.#replay.size &&
      sequence > 0 &&
      Number.isSafeInteger(time) &&
      Number.isSafeInteger(monotonic) &&
      Number.isSafeInteger(zone) &&
      tracker.document.document === document &&
      version === tracker.version + 1 &&
      typeof observation === 'object' &&
      observation !== null &&
      fitsObservation(observation) &&
      fitsPlacement(placement) &&
      (actor === undefined || (actor !== null && fitsOrigin(actor)))
    );
  }

  /** Notes what its new characters were found to be. False, and nothing is noted, where that does not fit. */
  #isFound({ findings, first, sequence }: Changed, inserted: number): boolean {
    if (findings?.length !== (inserted === 0 ? 0 : 1)) return false;
    const [finding] = findings;
    if (finding === undefined) return inserted === 0;
    if (finding?.length !== inserted) return false;
    const origin = originOf(finding, this.#origin);
    if (origin !== this.#origin && !fitsOrigin(origin)) return false;
    this.#origin = origin;
    try {
      this.#replay.origins.add(first, inserted, origin, sequence);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
