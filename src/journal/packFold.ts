import type { Origin } from '../provenance/origin.ts';
import type { SegmentCursor } from './cursor.ts';
import type { JournalEvent } from './event.ts';
import type { Replay } from './replay.ts';
import { originOf, placing, type SessionState } from './replayed.ts';
import { Typing } from './typing.ts';

/** Who looks on while a pack is folded. */
export interface Onlooker {
  /** An event that is applied next, and that was applied: one that is not plain, or not sure to fit. */
  before(event: JournalEvent): void;
  after(event: JournalEvent): void;
  /** Whether the replay's texts must be as they are before a plain one that comes next, and fits. */
  wants?(cursor: SegmentCursor): boolean;
  /** A plain one, which fits. What it takes out follows; unless it was wanted, the replay's texts may lag behind. */
  plain(cursor: SegmentCursor): void;
  /**
   * So many plain events, which fit, up to the one at the cursor, of the same shape, session, document and tracker: the
   * first goes on with what the plain one before it put in, each other one with the one before. `first`: the first new
   * serial.
   */
  wentOn(cursor: SegmentCursor, events: number, first: number): void;
  /** A run of serials that the plain event takes out, in the order of the text. */
  removed(cursor: SegmentCursor, serial: number, length: number): void;
}

/**
 * Applies packs to a replay without making objects of their events. Law: the state is the same as after `apply` of each
 * event. Nearly all events go on where the one before left off; so what follows one another is gathered and put into
 * text and spans as one change. Mutable; it lives with its replay.
 */
export class PackFold {
  readonly #replay: Replay;
  readonly #onlooker: Onlooker | undefined;
  readonly #typing = new Typing();
  /** Equal origins of different packs are one object in the replay. */
  #seen: Origin | undefined;
  #origin = placing;
  /** Session of what is gathered, and when its last event was. */
  #session: SessionState | undefined;
  #time = 0;

  constructor(replay: Replay, onlooker?: Onlooker) {
    this.#replay = replay;
    this.#onlooker = onlooker;
  }

  /**
   * Applies the events of an opened pack from the replay's size on; those before are passed over. Throws Misfit, with
   * all events before it applied, where one does not fit; Fault `corrupt` where the pack is damaged.
   */
  fold(cursor: SegmentCursor): void {
    const replay = this.#replay;
    cursor.readClocks();
    try {
      while (cursor.next()) {
        if (cursor.sequence < replay.size) continue;
        if (!this.#isTyped(cursor)) this.#object(cursor);
        else this.#goOn(cursor);
      }
    } finally {
      this.#settle(cursor);
    }
  }

  /** Gathers a plain event that fits. False: it is for `apply`, which says what is wrong with it if it does not. */
  #isTyped(cursor: SegmentCursor): boolean {
    if (!(cursor.changed && cursor.plain)) return false;
    const replay = this.#replay;
    const typing = this.#typing;
    const tracker = typing.isOf(cursor) ? typing.tracker : replay.tracker(cursor.session, cursor.tracker);
    const from = cursor.from[cursor.change]!;
    const to = cursor.to[cursor.change]!;
    const fits =
      tracker !== undefined &&
      tracker.document.document === cursor.document &&
      cursor.version === tracker.version + 1 &&
      to <= typing.lengthOf(tracker) &&
      cursor.fresh === cursor.inserted[cursor.change] &&
      cursor.sequence === replay.size &&
      this.#isFound(cursor);
    if (!fits) return false;
    if (tracker !== typing.tracker || !typing.meets(from, to) || this.#onlooker?.wants?.(cursor)) {
      this.#settle(cursor);
      typing.begin(tracker, from);
      this.#session = replay.sessions.get(cursor.session);
    }
    const onlooker = this.#onlooker;
    onlooker?.plain(cursor);
    typing.add(cursor, onlooker);
    tracker.version++;
    replay.size++;
    this.#time = cursor.time;
    return true;
  }

  /** Gathers the events that only go on with the one that was gathered last: most do. */
  #goOn(cursor: SegmentCursor): void {
    const replay = this.#replay;
    const { tracker } = this.#typing;
    const { goesOn, sequence, changeEnd } = cursor;
    if (goesOn === 0 || tracker === undefined) return;
    const first = cursor.first + cursor.fresh;
    if (!replay.origins.addEach(first, cursor.inserted, changeEnd, changeEnd + goesOn, this.#origin, sequence + 1))
      return;
    this.#typing.goOn(cursor.skip(goesOn));
    this.#onlooker?.wentOn(cursor, goesOn, first);
    tracker.version += goesOn;
    replay.size += goesOn;
    this.#time = cursor.time;
  }

  /** Notes what its new characters were found to be. False, and nothing is noted, where their serials are not free. */
  #isFound(cursor: SegmentCursor): boolean {
    const [origin, other] = cursor.origins;
    if (origin === undefined) return true;
    if (other !== undefined) return false;
    if (origin !== this.#seen) {
      this.#seen = origin;
      this.#origin = originOf(origin, this.#origin);
    }
    try {
      this.#replay.origins.add(cursor.first, cursor.fresh, this.#origin, cursor.sequence);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  #object(cursor: SegmentCursor): void {
    this.#settle(cursor);
    const event = cursor.event();
    this.#onlooker?.before(event);
    this.#replay.apply(event);
    this.#onlooker?.after(event);
  }

  #settle(cursor: SegmentCursor): void {
    if (this.#typing.tracker === undefined) return;
    this.#typing.apply(cursor.joined);
    if (this.#session !== undefined) this.#session.last = this.#time;
  }
}
