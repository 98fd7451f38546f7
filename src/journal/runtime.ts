import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { JournalError } from './problem.ts';

/** An open connection of better-sqlite3. */
export type Connection = Database.Database;
export type Statement = Database.Statement<unknown[]>;

export interface ConnectionOptions {
  readonly readonly?: boolean;
  /** The file must exist. */
  readonly exists?: boolean;
  /** Milliseconds to wait for another process that holds the file. */
  readonly patience?: number;
}

/**
 * Opens a database file. The only place that loads SQLite's binary: on a runtime without Node-API 10
 * loading it would end the process, so that is asked first. Throws JournalError: `runtime` for that,
 * else what `problemOf` makes of SQLite's own error.
 */
export function connect(file: string, options: ConnectionOptions = {}): Connection {
  demandRuntime(process.versions.napi);
  try {
    const { readonly = false, exists = readonly, patience = 2000 } = options;
    if (exists && !existsSync(file)) throw new JournalError({ code: 'missing', path: file });
    // SQLite would wait for ever for what nobody writes into a pipe.
    if (exists && isStream(file)) throw new JournalError({ code: 'corrupt', path: file, detail: 'no ordinary file' });
    if (!readonly) demandWritable(file);
    return new Database(file, { readonly, fileMustExist: exists, timeout: patience });
  } catch (error) {
    throw JournalError.from(error, file);
  }
}

function isStream(file: string): boolean {
  const found = statSync(file);
  return found.isFIFO() || found.isSocket() || found.isCharacterDevice();
}

/** A connection that can be read from, also where nothing can be written. */
export function connectToRead(file: string): Connection {
  const connection = connect(file, { readonly: true });
  try {
    connection.pragma('user_version');
    return connection;
  } catch (error) {
    connection.close();
    const { code } = JournalError.from(error, file).problem;
    const copy = code === 'readonly' ? connectCopy(file) : undefined;
    if (copy === undefined) throw error;
    return copy;
  }
}

/**
 * A database whose folder cannot be written, read from a copy in memory: in WAL mode SQLite would have to
 * make a file beside it. Undefined where a log beside it holds more than the file does.
 */
function connectCopy(file: string): Connection | undefined {
  if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) return undefined;
  const bytes = readFileSync(file);
  // Bytes 18 and 19 of the header tell the mode (SQLite file format, 1.3): 2 is WAL, 1 is none.
  bytes.fill(1, 18, 20);
  return new Database(bytes, { readonly: true });
}

/**
 * SQLite calls a file read-only whose header tells of a newer way to write it than 2 (byte 18, SQLite file format,
 * 1.3). Nothing writes such files: the header is damaged. Throws JournalError `corrupt`.
 */
function demandWritable(file: string): void {
  if (!existsSync(file)) return;
  const header = Buffer.alloc(20);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header[18]! > 2) throw new JournalError({ code: 'corrupt', path: file, detail: `write version ${header[18]}` });
}

/** Throws JournalError `runtime` when `napi`, the runtime's Node-API version, is below 10 or not stated. */
export function demandRuntime(napi: string | undefined): void {
  if (Number(napi ?? 0) >= 10) return;
  throw new JournalError({
    code: 'runtime',
    detail: `SQLite needs Node-API 10 (Node 22.14 or newer); this runtime has ${napi ?? 'none'}`,
  });
}
