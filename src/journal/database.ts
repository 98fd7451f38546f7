import { closeSync, openSync } from 'node:fs';
import { emptyRoot } from './chain.ts';
import { applicationId, foreignIn, formatVersion, migrate } from './migrations.ts';
import { JournalError } from './problem.ts';
import { type Connection, connect, connectToRead, type Statement } from './runtime.ts';

/** The row that every append reads and writes. */
export interface Head {
  /** Version of the format that the journal is written in. */
  readonly format: number;
  /** Number of events: the next sequence. */
  readonly size: number;
  /** Running link after the last pack of the tail. */
  readonly link: Uint8Array;
  /** First lease of serials that is free, in blocks. */
  readonly block: number;
  /** Number of the next session. */
  readonly session: number;
  readonly recording: boolean;
}

/**
 * The SQLite file of one journal. Owns its connection; every other table has its own class that prepares
 * its statements on it. Synchronous. Errors are JournalErrors with the file's path.
 */
export class JournalDatabase {
  readonly file: string;
  readonly connection: Connection;
  readonly #head: Statement;
  readonly #setHead: Statement;
  readonly #transact: { readonly immediate: (work: () => unknown) => unknown };

  private constructor(file: string, connection: Connection) {
    this.file = file;
    this.connection = connection;
    this.#transact = connection.transaction((work: () => unknown) => work());
    this.#head = connection.prepare('SELECT format, size, link, block, session, recording FROM head');
    this.#setHead = connection.prepare(
      'UPDATE head SET size = ?, link = ?, block = ?, session = ?, recording = ? WHERE one = 1',
    );
  }

  /** A new, empty journal. Throws JournalError where the file cannot be made. */
  static create(file: string, folder: string): JournalDatabase {
    try {
      // SQLite gives the files beside it the rights of the database's.
      closeSync(openSync(file, 'ax', 0o600));
    } catch (error) {
      throw JournalError.from(error, file);
    }
    return guarded(file, () => {
      const connection = configured(connect(file));
      connection.transaction(() => {
        migrate(connection);
        connection.prepare('INSERT INTO head VALUES (1, ?, 0, ?, 1, 1, 1)').run(formatVersion, emptyRoot);
        connection.prepare('INSERT INTO place VALUES (1, ?)').run(folder);
      })();
      return new JournalDatabase(file, connection);
    });
  }

  /** Throws JournalError: `missing`, `corrupt`, `newer`, `readonly` … */
  static open(file: string, options: { readonly readonly?: boolean } = {}): JournalDatabase {
    return guarded(file, () => {
      const connection = options.readonly ? connectToRead(file) : connect(file, { exists: true });
      try {
        demandJournal(connection, file);
        if (!options.readonly) {
          configured(connection);
          connection.transaction(() => migrate(connection)).immediate();
        }
        return new JournalDatabase(file, connection);
      } catch (error) {
        connection.close();
        throw error;
      }
    });
  }

  /** The folder on this machine that the journal records. */
  get folder(): string {
    return this.guarded(() => this.connection.prepare('SELECT folder FROM place').pluck().get() as string);
  }

  /** Call inside a transaction. */
  setFolder(folder: string): void {
    this.connection.prepare('UPDATE place SET folder = ?').run(folder);
  }

  /** Throws JournalError `newer` when a newer Holograph has taken the journal over. */
  head(): Head {
    return this.guarded(() => {
      const row = this.#head.get() as (Omit<Head, 'recording'> & { recording: number }) | undefined;
      if (row === undefined) throw new JournalError({ code: 'corrupt', path: this.file, detail: 'no head' });
      if (row.format > formatVersion) demandFormat(this.connection, this.file, row.format);
      return { ...row, recording: row.recording === 1 };
    });
  }

  setHead(head: Head): void {
    this.#setHead.run(head.size, head.link, head.block, head.session, head.recording ? 1 : 0);
  }

  /** Runs `work` in a transaction that holds the right to write from its start; rolled back if it throws. */
  transaction<T>(work: () => T): T {
    return this.guarded(() => this.#transact.immediate(work) as T);
  }

  /** A transaction after which the disk has it, and all before it: what was said of it outside stays true. */
  durable<T>(work: () => T): T {
    this.guarded(() => this.connection.pragma('synchronous = FULL'));
    try {
      return this.transaction(work);
    } finally {
      this.connection.pragma('synchronous = NORMAL');
    }
  }

  /** SQLite's errors in `work` as JournalErrors. */
  guarded<T>(work: () => T): T {
    return guarded(this.file, work);
  }

  close(): void {
    this.connection.close();
  }
}

function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isSqlite(error) ? JournalError.from(error, file) : error;
  }
}

function isSqlite(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
}

/** WAL, and commits that survive the process; a power cut may lose the last of them, never the order. */
function configured(connection: Connection): Connection {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = NORMAL');
  const mode = connection.pragma('journal_mode', { simple: true });
  const synchronous = connection.pragma('synchronous', { simple: true });
  if (mode !== 'wal' || synchronous !== 1) {
    throw new JournalError({ code: 'disk', detail: `journal_mode is ${mode}, synchronous ${synchronous}` });
  }
  // The worker checkpoints when idle: an automatic one would run inside a commit.
  connection.pragma('wal_autocheckpoint = 4000');
  return connection;
}

function demandJournal(connection: Connection, file: string): void {
  const id = connection.pragma('application_id', { simple: true });
  const version = connection.pragma('user_version', { simple: true }) as number;
  if (id !== applicationId) throw new JournalError({ code: 'corrupt', path: file, detail: 'not a Holograph journal' });
  if (version > formatVersion) demandFormat(connection, file);
  const foreign = version === formatVersion ? foreignIn(connection) : undefined;
  if (foreign !== undefined)
    throw new JournalError({ code: 'corrupt', path: file, detail: `${foreign} is no table of a journal` });
}

/** A newer version stands in the file's header and in the head; where they differ, bytes were changed. */
function demandFormat(connection: Connection, file: string, format = formatIn(connection)): void {
  const version = connection.pragma('user_version', { simple: true }) as number;
  if (format !== version) {
    throw new JournalError({
      code: 'corrupt',
      path: file,
      detail: `format ${format} in the head, ${version} in the file`,
    });
  }
  throw new JournalError({
    code: 'newer',
    path: file,
    detail: `format ${format}, this program knows ${formatVersion}`,
  });
}

function formatIn(connection: Connection): number {
  return connection.prepare('SELECT format FROM head').pluck().get() as number;
}
