import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { appendEvents } from './append.ts';
import { connectToWrite, demandWhole, type Row, type RowState, readRow } from './catalogueTable.ts';
import { JournalDatabase } from './database.ts';
import { journalFile, journalFolder, ownFolder } from './home.ts';
import { Journal } from './journal.ts';
import { formatVersion } from './migrations.ts';
import { JournalError } from './problem.ts';
import { type Connection, connectToRead } from './runtime.ts';
import { stampNow } from './stamp.ts';

export type RecordingState = 'recording' | 'paused';
export type { RowState } from './catalogueTable.ts';
export type Actor = 'person' | 'command';

/** A folder that a person has consented to record, and its journal. */
export interface Consented {
  readonly journal: string;
  readonly work: string;
  readonly folder: string;
  readonly state: RecordingState;
  /** The journal's SQLite file. */
  readonly file: string;
}

/** A journal that the catalogue knows, recorded into or not. */
export interface Catalogued extends Omit<Consented, 'state'> {
  readonly state: RowState;
}

/**
 * Which folder has which journal. An index: it is made again from the journals when it is lost or damaged.
 * Synchronous; owns its connection. Throws JournalError.
 */
export class Catalogue {
  readonly home: string;
  readonly #connection: Connection;

  private constructor(home: string, connection: Connection) {
    this.home = home;
    this.#connection = connection;
  }

  static open(home: string): Catalogue {
    ownFolder(home);
    const file = join(home, 'catalogue.sqlite');
    const lost = !existsSync(file);
    try {
      return Catalogue.#opened(home, connectToWrite(file), lost);
    } catch (error) {
      const problem = JournalError.from(error, file);
      // What cannot be written can still be asked, and says no to the rest.
      if (problem.problem.code === 'readonly' && !lost) return Catalogue.#opened(home, connectToRead(file), false);
      if (problem.problem.code !== 'corrupt') throw problem;
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
      return Catalogue.#opened(home, connectToWrite(file), true);
    }
  }

  static #opened(home: string, connection: Connection, lost: boolean): Catalogue {
    const catalogue = new Catalogue(home, connection);
    try {
      demandWhole(connection);
      if (lost) catalogue.#rebuild();
      return catalogue;
    } catch (error) {
      catalogue.close();
      throw error;
    }
  }

  /** Folders with consent, by path. */
  list(): Consented[] {
    return this.#rows()
      .filter(row => row.state === 'recording' || row.state === 'paused')
      .map(row => this.#consented(row))
      .sort((a, b) => (a.folder < b.folder ? -1 : 1));
  }

  /** Every journal that is catalogued: also those that were set aside, and those whose consent was taken back. */
  all(): Catalogued[] {
    return this.#rows().map(row => ({ ...this.#consented(row), state: row.state }));
  }

  /** The consented folder nearest above a file or folder, or the folder itself. */
  find(path: string): Consented | undefined {
    return nearestOf(this.list(), path);
  }

  /** The same; where none is consented, the nearest whose consent was taken back: what it holds stays the person's. */
  everRecorded(path: string): Consented | undefined {
    const revoked = this.#rows().filter(({ state }) => state === 'revoked');
    return (
      this.find(path) ??
      nearestOf(
        revoked.map(row => this.#consented(row)),
        path,
      )
    );
  }

  /** The person's yes: a new journal of a new work, or of `work`; or the folder's own journal taken up again. */
  consent(
    folder: string,
    options: { readonly by: Actor; readonly software: string; readonly work?: string },
  ): Consented {
    const path = resolve(folder);
    const before = this.#rows().findLast(row => keyOf(row.folder) === keyOf(path) && row.state !== 'aside');
    if (before === undefined) {
      return this.#make(path, options.work ?? randomUUID(), options, { kind: 'consent', granted: true });
    }
    if (before.state === 'revoked') {
      appendEvents(journalFile(this.home, before.id), options.software, [
        { body: { kind: 'consent', granted: true, by: options.by } },
      ]);
    }
    return this.#consented(this.#mark(before, before.state === 'revoked' ? 'recording' : before.state));
  }

  /** Notes what the journal itself already says; the writer appends `paused` and `resumed`. */
  note(journal: string, state: RecordingState): void {
    this.#connection.prepare('UPDATE journal SET state = ? WHERE id = ?').run(state, journal);
  }

  /** Pauses or resumes a folder that no writer of this process has open. */
  setState(folder: string, state: RecordingState, by: Actor, software: string): Consented {
    const row = this.#demand(folder);
    if (row.state === state) return this.#consented(row);
    appendEvents(journalFile(this.home, row.id), software, [
      { body: { kind: state === 'paused' ? 'paused' : 'resumed', by } },
    ]);
    return this.#consented(this.#mark(row, state));
  }

  /** The person's no: nothing is recorded from now on; the journal stays. */
  revoke(folder: string, by: Actor, software: string): void {
    const row = this.#demand(folder);
    appendEvents(journalFile(this.home, row.id), software, [{ body: { kind: 'consent', granted: false, by } }]);
    this.#mark(row, 'revoked');
  }

  /**
   * Sets a damaged journal aside, where it lies and as it is, and begins a new one of the same work that
   * names `head`, the digest of the old one's head as far as it could be read.
   */
  setAside(journal: string, head: string, software: string): Consented {
    const row = this.#rows().find(one => one.id === journal);
    if (row === undefined) throw new JournalError({ code: 'missing', path: journalFile(this.home, journal) });
    const next = this.#make(row.folder, row.work, { by: 'command', software }, { kind: 'follows', head });
    this.#mark(row, 'aside');
    return next;
  }

  /**
   * What a journal says of itself now stands here too: its folder, and whether it records. One whose folder another
   * journal records is only read. Undefined: unreadable.
   */
  enter(journal: string): Consented | undefined {
    const row = readRow(this.home, journal);
    return row && this.#consented(this.#mark(row, this.#others(row).length > 0 ? 'aside' : row.state));
  }

  /** The journal of just this folder, under whatever name the folder is known. */
  at(folder: string): Consented | undefined {
    const found = this.find(folder);
    return found !== undefined && keyOf(real(found.folder)) === keyOf(real(resolve(folder))) ? found : undefined;
  }

  /** A journal that is read from now on, and not written. */
  shelve(journal: string, work: string, folder: string): void {
    this.#mark({ id: journal, work, folder, state: 'aside' }, 'aside');
  }

  close(): void {
    this.#connection.close();
  }

  #make(
    folder: string,
    work: string,
    { by, software }: { readonly by: Actor; readonly software: string },
    why: { readonly kind: 'consent'; readonly granted: true } | { readonly kind: 'follows'; readonly head: string },
  ): Consented {
    const id = randomUUID();
    ownFolder(journalFolder(this.home, id));
    const journal = new Journal(JournalDatabase.create(journalFile(this.home, id), folder));
    try {
      journal.append(turn => {
        const follows = why.kind === 'follows' ? { follows: why.head } : {};
        const name = basename(folder);
        const started = { kind: 'started', journal: id, work, folder: name, format: formatVersion, software } as const;
        turn.push(0, stampNow(), { ...started, ...follows });
        if (why.kind === 'consent') turn.push(0, stampNow(), { kind: 'consent', granted: true, by });
        // What was done after the last of it that can be read, nobody knows.
        else turn.push(0, stampNow(), { kind: 'gap', reason: 'disk', note: 'the journal before this one was damaged' });
      });
    } finally {
      journal.close();
    }
    return this.#consented(this.#mark({ id, work, folder, state: 'recording' }, 'recording'));
  }

  #mark(row: Row, state: RowState): Row {
    const { id, work, folder } = row;
    this.#connection
      .prepare(
        `INSERT INTO journal VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET folder = excluded.folder, state = excluded.state`,
      )
      .run(id, work, folder, state);
    return { ...row, state };
  }

  #rows(): Row[] {
    return this.#connection.prepare('SELECT id, work, folder, state FROM journal ORDER BY rowid').all() as Row[];
  }

  /** Other journals that record the same folder. */
  #others({ id, folder }: Row): Row[] {
    const records = ({ state }: Row) => state === 'recording' || state === 'paused';
    return this.#rows().filter(row => row.id !== id && records(row) && keyOf(row.folder) === keyOf(folder));
  }

  #demand(folder: string): Row {
    const found = this.find(folder);
    const row = this.#rows().find(one => one.id === found?.journal);
    if (row === undefined) throw new JournalError({ code: 'notConsented', path: folder });
    return row;
  }

  #consented({ id, work, folder, state }: Row): Consented {
    return {
      journal: id,
      work,
      folder,
      state: state === 'paused' ? 'paused' : 'recording',
      file: journalFile(this.home, id),
    };
  }

  #rebuild(): void {
    const folder = join(this.home, 'journals');
    if (!existsSync(folder)) return;
    const rows = readdirSync(folder).flatMap(id => readRow(this.home, id) ?? []);
    // Of two of one folder the later one goes on.
    for (const row of rows.sort((a, b) => a.began - b.began)) {
      if (row.state !== 'aside') for (const before of this.#others(row)) this.#mark(before, 'aside');
      this.#mark(row, row.state);
    }
  }
}

function nearestOf(all: readonly Consented[], path: string): Consented | undefined {
  const byFolder = new Map(all.map(one => [keyOf(one.folder), one]));
  return nearest(resolve(path), byFolder) ?? nearest(real(path), byFolder);
}

function nearest(path: string, consented: ReadonlyMap<string, Consented>): Consented | undefined {
  for (let at = path; ; at = dirname(at)) {
    const found = consented.get(keyOf(at));
    if (found !== undefined || dirname(at) === at) return found;
  }
}

/** Windows and macOS tell no capitals apart in names. */
function keyOf(path: string): string {
  return process.platform === 'linux' ? path : path.toLowerCase();
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // A file that is not there yet: its folder may be.
    const parent = dirname(path);
    return parent === path ? path : join(real(parent), basename(path));
  }
}
