import { open, readFile, stat } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { reasonOf } from './reason.ts';

/** Databases of which a copy in memory is read (bytes): one in WAL mode that nobody has open, and any that is at rest. */
const CLOSED = 64 * 1024 * 1024;
const AT_REST = 8 * 1024 * 1024;
/** Rows visited in one look at most, so that no look holds the owner's file for long. */
const ROWS = 1000;
/** Waiting inside SQLite blocks the thread, so it is short (ms); the rest is waited outside. */
const PATIENCE = 20;
const TRIES = 10;
const PAUSE = 50;
/** Texts and blobs beyond this are not taken into memory: see `bounded`. */
export const LONGEST_VALUE = 64 * 1024 * 1024;

export type Row = Readonly<Record<string, unknown>>;

/** What became of one look into a database. A problem's message is a short code, SQLite's own where it has one. */
export type Look<T> =
  | { readonly state: 'read'; readonly value: T }
  | { readonly state: 'missing' }
  | { readonly state: 'problem'; readonly message: string };

/**
 * Another tool's SQLite database, read while its owner writes. Each `look` opens it read-only, lets `work` read in one
 * consistent state, and closes it: nothing stays locked between two looks, and the event loop has turns. `work` is
 * synchronous and should visit little (`Tables.each` ends after 1000 rows); what is further on is the next look's, from
 * a mark that the reader keeps (a rowid, a time).
 *
 *     const look = await database.look(tables => {
 *       if (!tables.has('turns', 'id', 'event_id')) return 'end';
 *       return tables.each('SELECT rowid AS mark, id, event_id FROM turns WHERE rowid > ? ORDER BY rowid', [mark], row => {
 *         mark = Number(row.mark);
 *         return gathering.full ? 'stop' : undefined;
 *       });
 *     });
 *
 * Never writes. A database in WAL mode that nobody has open (no `-wal` beside it) would be given a `-wal` and a `-shm`
 * by SQLite, so up to 64 MB it is read from a copy in memory; only a larger one gets those two (empty) files. In the
 * other modes a reader's lock holds up its owner's commit; up to 8 MB a copy is read instead, taken between two commits.
 * A locked file is waited for about a second (`SQLITE_BUSY` then); a damaged or cut one is `SQLITE_CORRUPT` or
 * `SQLITE_NOTADB`; a table or column that is not there `SQLITE_ERROR`; an empty file is a database without tables.
 * On a runtime that cannot load SQLite the message is `runtime`.
 */
export class ToolDatabase {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Errors of SQLite and of the file system are values; an error that `work` throws itself is thrown on. */
  async look<T>(work: (tables: Tables) => T): Promise<Look<T>> {
    if (Number(process.versions.napi ?? 0) < 10) return { state: 'problem', message: 'runtime' };
    for (let attempt = 1; ; attempt++) {
      const look = await this.#once(work);
      if (look.state !== 'problem' || !look.message.startsWith('SQLITE_BUSY') || attempt === TRIES) return look;
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
  }

  async #once<T>(work: (tables: Tables) => T): Promise<Look<T>> {
    let connection: Database.Database | undefined;
    try {
      connection = await connected(this.#file);
      connection.pragma('query_only = ON');
      connection.pragma('trusted_schema = OFF');
      connection.pragma('cell_size_check = ON');
      const tables = new Tables(connection);
      return { state: 'read', value: connection.transaction(() => work(tables))() };
    } catch (error) {
      if (isMissing(error)) return { state: 'missing' };
      if (!(error instanceof Error && 'code' in error)) throw error;
      return { state: 'problem', message: reasonOf(error) };
    } finally {
      connection?.close();
    }
  }
}

/** One consistent state of a database. Throws SQLite's errors, which the look makes values of. */
export class Tables {
  readonly #connection: Database.Database;

  constructor(connection: Database.Database) {
    this.#connection = connection;
  }

  /** The version that the owner gave its schema (`user_version`). */
  get version(): number {
    return Number(this.#connection.pragma('user_version', { simple: true }));
  }

  /** Whether it is a table that has all the columns: no view, nothing virtual, no column that is computed. None of these is only read. */
  has(table: string, ...columns: readonly string[]): boolean {
    const own = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name = ?";
    if (this.#connection.prepare(own).get(table) === undefined) return false;
    const found = new Set(this.#connection.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table));
    return columns.every(column => found.has(column));
  }

  /**
   * Visits rows one at a time; `'more'`: the visitor stopped, or `most` rows were visited, and there may be others. A
   * damaged table may have rows without end, so there is always a most.
   */
  each(
    sql: string,
    values: readonly unknown[],
    visit: (row: Row) => 'stop' | undefined,
    most: number = ROWS,
  ): 'end' | 'more' {
    let visited = 0;
    for (const row of this.#connection.prepare(sql).iterate(...values)) {
      if (visit(row as Row) === 'stop' || ++visited === most) return 'more';
    }
    return 'end';
  }

  /** The first row; of a query that can have one only. */
  row(sql: string, ...values: readonly unknown[]): Row | undefined {
    return this.#connection.prepare(sql).get(...values) as Row | undefined;
  }
}

/** SQL for a column that is NULL where its value is over 64 MB: such a value is never loaded. */
export function bounded(column: string): string {
  return `CASE WHEN octet_length(${column}) <= ${LONGEST_VALUE} THEN ${column} END`;
}

async function connected(file: string): Promise<Database.Database> {
  const state = await stat(file);
  const wal = await isWal(file);
  // The file of a commit that is being made, or of changes that are still to be brought into the database.
  const beside = `${file}${wal ? '-wal' : '-journal'}`;
  if (state.size <= (wal ? CLOSED : AT_REST) && !(await isThere(beside))) {
    const bytes = await readFile(file);
    const now = await stat(file);
    if (now.mtimeMs === state.mtimeMs && bytes.length === state.size && !(await isThere(beside))) {
      // Bytes 18 and 19 of the header tell the mode (SQLite file format, 1.3): 2 is WAL, 1 is none.
      if (wal) bytes.fill(1, 18, 20);
      return new Database(bytes, { readonly: true });
    }
  }
  return new Database(file, { readonly: true, fileMustExist: true, timeout: PATIENCE });
}

async function isWal(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(20), 0, 20, 0);
    return bytesRead === 20 && buffer[18] === 2;
  } finally {
    await handle.close();
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
