import { eventDigest } from './canonical.ts';
import { SEGMENT } from './chain.ts';
import { SegmentCursor } from './cursor.ts';
import { damageOr } from './damageOr.ts';
import { JournalDatabase } from './database.ts';
import type { DocumentState } from './documentState.ts';
import type { JournalEvent } from './event.ts';
import { ExhibitBytes } from './exhibitBytes.ts';
import { Fault } from './fault.ts';
import type { SegmentSecret } from './keptSalts.ts';
import type { KeyEvent } from './keyring.ts';
import { PackFold } from './packFold.ts';
import { Packs } from './packs.ts';
import { JournalError } from './problem.ts';
import type { TreeSource } from './proof.ts';
import { Misfit, Replay } from './replay.ts';
import { type Clock, clocksIn, type KeptToken, tokensIn } from './timeStamps.ts';
import { type Verified, verifyTables } from './verifyTables.ts';

export type { Verified } from './verifyTables.ts';

/** A signed note over the journal's head at a size. */
export interface KeptCheckpoint {
  readonly size: number;
  readonly note: string;
}

/**
 * A journal to read: up to one size, even while others append to it. What it tells follows from the events alone: no
 * keyframe is asked, which verification does not look at. Owns its connection.
 */
export interface JournalReader {
  readonly file: string;
  readonly id: string;
  readonly work: string;
  /** Absolute path of the folder on this machine. */
  readonly folder: string;
  /** Number of events that this reader sees. */
  readonly size: number;
  /** Events from a sequence up to another (exclusive), oldest first. */
  events(from?: number, to?: number): Generator<JournalEvent, void, undefined>;
  /** The same events as packs, opened one after another in one cursor; those before `from` in the first are not left out. */
  packs(from?: number, to?: number): Generator<SegmentCursor, void, undefined>;
  /** State after all events seen, or after the first `at`. A new one each time. */
  replay(at?: number): Replay;
  /** The document with this path, relative and with `/`, after all events seen. */
  document(path: string): DocumentState | undefined;
  /** What the salts of a segment come from. */
  secret(segment: number): SegmentSecret;
  checkpoints(): KeptCheckpoint[];
  /** Answers of time stamp servers over these checkpoints; not checked. */
  tokens(): KeptToken[];
  /** Bytes of an exhibit, by their SHA-256 (hex); undefined where they are missing, or others stand there. */
  exhibit(digest: string): Uint8Array | undefined;
  /** How it stands with the servers that were asked. */
  clocks(): Clock[];
  /** Digests of all events seen. Costs a hash of everything. */
  leaves(): Generator<Uint8Array, void, undefined>;
  /** Root of the tree over the first `size` events (all, if not given). */
  root(size?: number): Uint8Array;
  /** Any subtree of the tree, for proofs. */
  subtrees(): TreeSource;
  /** Events by which keys entered, oldest first. */
  keys(): readonly KeyEvent[];
  /** Recomputes everything that the journal states of itself. */
  verify(): Verified;
  close(): void;
}

/**
 * Opens a journal for reading, also while other processes write it. `at`: sees its first events only.
 * Throws JournalError: `missing`, `corrupt`, `newer`, `readonly`, `runtime`; RangeError when `at` is not there.
 */
export function openJournal(file: string, options: { readonly at?: number } = {}): JournalReader {
  const database = JournalDatabase.open(file, { readonly: true });
  try {
    return new Reader(database, options.at);
  } catch (error) {
    database.close();
    throw damageOr(error, file);
  }
}

class Reader implements JournalReader {
  readonly file: string;
  readonly id: string;
  readonly work: string;
  readonly folder: string;
  readonly size: number;
  readonly #database: JournalDatabase;
  readonly #packs: Packs;

  constructor(database: JournalDatabase, at: number | undefined) {
    // One view for the reader's whole life, whatever others append or take away meanwhile.
    database.connection.exec('BEGIN');
    const { size } = database.head();
    if (at !== undefined && !(at >= 0 && at <= size)) throw new RangeError(`${at} is not within ${size} events`);
    this.file = database.file;
    this.#database = database;
    this.#packs = new Packs(database);
    this.size = at ?? size;
    const first = this.events(0, 1).next().value;
    if (first?.kind !== 'started') {
      throw new JournalError({ code: 'corrupt', path: this.file, detail: 'does not begin with its start' });
    }
    this.id = first.journal;
    this.work = first.work;
    this.folder = database.folder;
  }

  *events(from = 0, to = this.size): Generator<JournalEvent, void, undefined> {
    const end = Math.min(to, this.size);
    if (from >= end) return;
    try {
      for (const event of this.#packs.events(from)) {
        yield event;
        if (event.sequence + 1 >= end) return;
      }
    } catch (error) {
      throw damageOr(error, this.file);
    }
    throw new JournalError({ code: 'corrupt', path: this.file, detail: `ends before event ${end}` });
  }

  *packs(from = 0, to = this.size): Generator<SegmentCursor, void, undefined> {
    const end = Math.min(to, this.size);
    const cursor = new SegmentCursor();
    let next = from;
    try {
      for (const bytes of this.#packs.bytes(from)) {
        if (next >= end) return;
        cursor.open(bytes, end);
        if (cursor.sequence + 1 > next) break;
        next = cursor.end;
        yield cursor;
      }
    } catch (error) {
      throw damageOr(error, this.file);
    }
    if (next < end) throw new JournalError({ code: 'corrupt', path: this.file, detail: `ends before event ${end}` });
  }

  replay(at = this.size): Replay {
    const replay = new Replay();
    try {
      const fold = new PackFold(replay);
      for (const pack of this.packs(0, at)) fold.fold(pack);
    } catch (error) {
      if (error instanceof Fault) throw damageOr(error, this.file);
      if (!(error instanceof Misfit)) throw error;
      throw new JournalError({ code: 'corrupt', path: this.file, detail: error.message }, error);
    }
    return replay;
  }

  document(path: string): DocumentState | undefined {
    return this.replay().at(path);
  }

  secret(segment: number): SegmentSecret {
    return this.#packs.secret(segment);
  }

  checkpoints(): KeptCheckpoint[] {
    const all = this.#database.connection.prepare(
      'SELECT size, note FROM checkpoint WHERE size <= ? ORDER BY size, note',
    );
    return this.#database.guarded(() => all.all(this.size) as KeptCheckpoint[]);
  }

  tokens(): KeptToken[] {
    return tokensIn(this.#database, this.size);
  }

  clocks(): Clock[] {
    return clocksIn(this.#database);
  }

  exhibit(digest: string): Uint8Array | undefined {
    return new ExhibitBytes(this.#database).get(digest);
  }

  *leaves(): Generator<Uint8Array, void, undefined> {
    let secret: SegmentSecret = new Uint8Array(0);
    for (const event of this.events()) {
      if (event.sequence % SEGMENT === 0) secret = this.secret(event.sequence / SEGMENT);
      yield eventDigest(event, secret);
    }
  }

  root(size = this.size): Uint8Array {
    return this.#packs.tree(size).root;
  }

  subtrees(): TreeSource {
    return this.#packs.subtrees();
  }

  keys(): readonly KeyEvent[] {
    const keys: KeyEvent[] = [];
    for (const pack of this.packs()) {
      while (pack.next()) {
        const event = pack.changed ? undefined : pack.event();
        if (event?.kind === 'key') keys.push(event);
      }
    }
    return keys;
  }

  verify(): Verified {
    return verifyTables(this.#database, this.#packs, this.size);
  }

  close(): void {
    this.#database.close();
  }
}
