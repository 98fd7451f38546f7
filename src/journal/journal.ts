import type { Appended } from './appended.ts';
import { SegmentCursor } from './cursor.ts';
import { type Head, JournalDatabase } from './database.ts';
import type { EventBody, EventKind } from './event.ts';
import { EventFold } from './eventFold.ts';
import { eventOf } from './eventOf.ts';
import { Keyframes, Stale } from './keyframes.ts';
import { withoutTaken } from './masked.ts';
import { OutsideIndex } from './outside.ts';
import { PackFold } from './packFold.ts';
import { Packs } from './packs.ts';
import type { PlainSteps } from './plainSteps.ts';
import { JournalError } from './problem.ts';
import { Recall } from './recall.ts';
import { Misfit, Replay } from './replay.ts';
import { SessionTable } from './sessionTable.ts';
import type { Stamp } from './stamp.ts';

/** Serials that one lease gives. Block 0 is never given, so 0 is no serial. */
export const block = 2 ** 32;

/** Events the findings of which are held in memory at most, where that can be chosen. */
const mostHeld = 8192;

/** One transaction's appends. Valid while the transaction runs. */
export interface Turn {
  /** The state after all events so far, those of this turn included. */
  readonly replay: Replay;
  /** Sequence of the next event. */
  readonly size: number;
  readonly sessions: SessionTable;
  /** Appends an event and gives its sequence. Throws Misfit, and appends nothing, where it does not fit the state. */
  push(session: number, stamp: Stamp, body: EventBody, texts?: readonly string[]): number;
  /**
   * Appends a session's steps from one on, as far as they fit the state, and gives how many; they may only grow while the
   * turn lasts. Texts of a `replay` that was asked for before lag behind until it is asked for anew.
   */
  plain(session: number, steps: PlainSteps, at: number): number;
  /** First serial of a block that nobody else has. */
  lease(): number;
  /** A number that no other session has. */
  nextSession(): number;
}

/**
 * A journal open for writing, with its state in memory. Several processes may have one open: each turn is
 * a transaction that first takes in what the others have appended. Synchronous; errors are JournalErrors.
 */
export class Journal {
  readonly database: JournalDatabase;
  readonly packs: Packs;
  readonly frames: Keyframes;
  readonly outside: OutsideIndex;
  readonly sessions: SessionTable;
  /** Is told of the kinds of events that other processes have appended, when they are taken in; may be asked in a transaction. */
  onOthers: ((kinds: ReadonlySet<EventKind>) => void) | undefined;
  #replay: Replay | undefined;
  #recall: Recall | undefined;
  /** Findings of the events up to here are not in memory. */
  #shelved = 0;

  constructor(database: JournalDatabase) {
    this.database = database;
    this.packs = new Packs(database);
    this.frames = new Keyframes(database, this.packs);
    this.outside = new OutsideIndex(database);
    this.sessions = new SessionTable(database);
  }

  static open(file: string): Journal {
    return new Journal(JournalDatabase.open(file));
  }

  /** State after the newest event. To ask again may take in what others have appended: texts that were read change then. */
  get replay(): Replay {
    return this.read(replay => replay);
  }

  /** What `work` reads in that state; once more, if it cannot be read. It appends nothing. */
  read<T>(work: (replay: Replay) => T): T {
    return this.#whole(() => work(this.#caughtUp(this.database.head().size)));
  }

  /** State as last seen, without asking the database; undefined after a failure. */
  get seen(): Replay | undefined {
    return this.#replay;
  }

  /** Takes in what other processes have appended since. */
  takeIn(): void {
    this.read(() => undefined);
  }

  /** Text that was there before; from the first use on it sees every event. */
  get recall(): Recall {
    this.#recall ??= new Recall(this);
    return this.#recall;
  }

  get id(): string {
    return this.replay.started?.journal ?? '';
  }

  /** The tree over all events: its size and root. */
  tree(): { readonly size: number; readonly root: Uint8Array } {
    return this.database.transaction(() => this.packs.tree());
  }

  /** Events after the newest checkpoint. */
  unsigned(): number {
    return this.database.guarded(() => {
      const newest = this.database.connection.prepare('SELECT max(size) FROM checkpoint').pluck().get() as
        | number
        | null;
      return this.database.head().size - (newest ?? 0);
    });
  }

  /** Keeps a signed head, and has the disk keep all that it covers: it may go to others from now on. */
  keepCheckpoint(size: number, note: string): void {
    this.database.durable(() =>
      this.database.connection.prepare('INSERT OR IGNORE INTO checkpoint VALUES (?, ?)').run(size, note),
    );
  }

  /** Appends in one transaction what `work` pushes. Rolled back, with the state, if it throws. */
  append<T>(work: (turn: Turn) => T): T {
    try {
      return this.#whole(() => this.database.transaction(() => this.#turn(work)));
    } catch (error) {
      // The state may hold events that were rolled back.
      this.#replay = undefined;
      throw error;
    } finally {
      this.#recall?.feed.end();
    }
  }

  /** Moves what was committed from SQLite's log into the file, as far as no reader stands in the way. */
  settle(): void {
    this.database.guarded(() => this.database.connection.pragma('wal_checkpoint(PASSIVE)'));
  }

  /** Keeps the state beside the events, if that many have come since it was kept last; lets go of what need not be in memory. */
  keepFrame(after: number): void {
    const size = this.#replay?.size ?? 0;
    if (size - this.frames.size < after && size - this.#shelved < mostHeld) return;
    const letGo = this.#whole(() =>
      this.database.transaction(() => this.frames.keep(this.#caughtUp(this.database.head().size))),
    );
    letGo();
    this.#shelved = this.#replay?.size ?? 0;
  }

  close(): void {
    this.#recall?.close();
    this.database.close();
  }

  /** Once more, from the newest keyframe, where another process has taken away what this state had yet to read. */
  #whole<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#recall?.undo();
      if (!(error instanceof Stale)) throw error;
      this.#replay = undefined;
      return work();
    }
  }

  #turn<T>(work: (turn: Turn) => T): T {
    const head: { -readonly [K in keyof Head]: Head[K] } = { ...this.database.head() };
    const replay = this.#caughtUp(head.size);
    const events: Appended[] = [];
    const fold = new EventFold(replay);
    const state = () => fold.settled;
    this.#recall?.feed.begin(head.size);
    const result = work({
      get replay() {
        return fold.settled;
      },
      sessions: this.sessions,
      get size() {
        return replay.size;
      },
      push: (session, stamp, body, texts) => {
        const event = withoutTaken(eventOf(replay.size, session, stamp, body, texts), replay);
        // `work` may be the first to ask for it.
        this.#recall?.feed.look(event, state);
        fold.apply(event);
        events.push(event);
        return event.sequence;
      },
      plain: (session, steps, from) => {
        const until = from + fold.plain(steps, session, from);
        if (until > from) {
          this.#recall?.feed.pass(steps, from, until, replay.size - until + from);
          events.push({ steps, session, from, until });
        }
        return until - from;
      },
      lease: () => head.block++ * block,
      nextSession: () => head.session++,
    });
    state();
    if (events.length === 0) return result;
    head.link = this.packs.append(events, head.size, head.link);
    head.size = replay.size;
    head.recording = replay.recording;
    for (const event of events) {
      if ('kind' in event && (event.kind === 'changed' || event.kind === 'baseline')) this.outside.put(event, replay);
    }
    this.database.setHead(head);
    return result;
  }

  #caughtUp(size: number): Replay {
    const known = this.#replay !== undefined;
    if (this.#replay === undefined) {
      this.#replay = this.frames.newest(size) ?? new Replay();
      this.#shelved = this.#replay.size;
    }
    const replay = this.#replay;
    if (replay.size > size) throw this.#corrupt(`${size} events where ${replay.size} were`);
    if (replay.size < size && !this.#takeIn(replay, size, known)) return this.#caughtUp(size);
    if (replay.size !== size) throw this.#corrupt(`${replay.size} of ${size} events are there`);
    return replay;
  }

  /** False where words were taken out of what this state `known` from before was made of: it is forgotten. */
  #takeIn(replay: Replay, size: number, known: boolean): boolean {
    const kinds = new Set<EventKind>();
    try {
      if (!known && this.#recall === undefined) {
        this.#fold(replay, size);
        return true;
      }
      for (const event of this.packs.events(replay.size)) {
        // Another process may have appended since its size was asked for.
        if (event.sequence >= size) break;
        kinds.add(event.kind);
        if (known && event.kind === 'redaction') {
          this.#replay = undefined;
          this.#recall?.forget();
          return false;
        }
        this.#recall?.feed.look(event, () => replay);
        replay.apply(event);
      }
      return true;
    } catch (error) {
      this.#replay = undefined;
      if (error instanceof Stale) throw error;
      throw error instanceof Misfit ? this.#corrupt(error.message) : JournalError.from(error, this.database.file);
    } finally {
      if (known && kinds.size > 0) this.onOthers?.(kinds);
    }
  }

  #fold(replay: Replay, size: number): void {
    const fold = new PackFold(replay);
    const cursor = new SegmentCursor();
    for (const bytes of this.packs.bytes(replay.size)) {
      if (replay.size >= size) return;
      fold.fold(cursor.open(bytes, size));
    }
  }

  #corrupt(detail: string): JournalError {
    return new JournalError({ code: 'corrupt', path: this.database.file, detail });
  }
}
