import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { emptyRoot, SEGMENT } from './chain.ts';
import { JournalDatabase } from './database.ts';
import type { JournalEvent } from './event.ts';
import { ExhibitBytes } from './exhibitBytes.ts';
import { applicationId, formatVersion } from './migrations.ts';
import { Packs } from './packs.ts';
import { JournalError } from './problem.ts';
import { openJournal } from './reader.ts';
import { stateTaken } from './recoveredRedactions.ts';
import { type Connection, connect, type Statement } from './runtime.ts';
import { decode } from './segment.ts';
import type { WrongThing } from './verifyTables.ts';

/** What could be read of a damaged journal. */
export interface Recovered {
  /** A journal that ends where the damage begins, read-only, beside the damaged one. */
  readonly file: string;
  /** Events of the damaged one that it has. */
  readonly size: number;
  /** Events that stand behind the damage and can be read, each a line of JSON in `beyondFile`. */
  readonly beyond: number;
  readonly beyondFile: string | undefined;
}

/** Tables that are made again from the events. */
const derived: ReadonlySet<string> = new Set([
  'head',
  'place',
  'keyframe',
  'body',
  'finding',
  'found',
  'outside',
  'live',
]);
/** Where `wrong` is one of these the events from there on cannot be kept in their order. */
const breaks: ReadonlySet<WrongThing['what']> = new Set(['segment', 'link', 'pack', 'event', 'secret', 'size']);

/** Where what is recovered of a journal lies. */
export function recoveredFile(file: string): string {
  return join(dirname(file), 'recovered.sqlite');
}

/** What could be read behind the damage, in a journal's folder. */
export function beyondFile(folder: string): string {
  return join(folder, 'recovered-beyond.jsonl');
}

/**
 * Saves what can be read of a damaged journal: its events up to the first that is damaged or missing as a journal that
 * verifies, with the checkpoints over them, and whatever can be read behind. Works on a copy: the damaged file is never
 * touched. Undefined where not even the first event can be read; what stands behind it is saved all the same. Throws
 * JournalError for what else stands in the way.
 */
export function recover(file: string): Recovered | undefined {
  const folder = join(dirname(file), `recovering.${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const damaged = join(folder, 'damaged.sqlite');
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, damaged + end);
    const part = join(folder, 'recovered.sqlite');
    restoreHeader(damaged);
    const source = opened(damaged);
    if (source === undefined) return undefined;
    try {
      saveTables(source, part);
      const size = cut(part);
      if (size === 0) {
        const beyond = eventsFrom(source, 0);
        // What was saved of it when it was less damaged stays.
        if (beyond.length > 0 && !existsSync(recoveredFile(file))) keepBeyond(file, beyond);
        return undefined;
      }
      complete(part);
      const beyond = eventsFrom(source, size);
      return settle(file, part, size, beyond);
    } finally {
      source.close();
    }
  } catch (error) {
    throw JournalError.from(error, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is the same in the header of every journal (SQLite file format, 1.3), so that its damage hides nothing else. */
function restoreHeader(file: string): void {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r+');
  try {
    if (readSync(descriptor, header, 0, header.length, 0) < header.length) return;
    header.write('SQLite format 3\0', 0, 'latin1');
    for (const [i, byte] of [0x10, 0x00, 2, 2, 0, 64, 32, 32].entries()) header[16 + i] = byte;
    for (const [at, value] of [
      [44, 4],
      [56, 1],
      [60, formatVersion],
      [68, applicationId],
    ] as const)
      header.writeUInt32BE(value, at);
    writeSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
}

function opened(file: string): Connection | undefined {
  let connection: Connection | undefined;
  try {
    connection = connect(file, { exists: true });
    connection.prepare('SELECT count(*) FROM sqlite_master').get();
    return connection;
  } catch (error) {
    connection?.close();
    if (JournalError.from(error, file).problem.code === 'corrupt') return undefined;
    throw error;
  }
}

/** Every row that can be read, table by table, into a new file. */
function saveTables(source: Connection, part: string): void {
  const database = JournalDatabase.create(part, attempt(() => folderIn(source)) ?? '');
  try {
    const tables = database.connection
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .pluck()
      .all() as string[];
    database.transaction(() => {
      for (const table of tables) if (!derived.has(table)) saveRows(source, database.connection, table);
    });
    const head = attempt(() => source.prepare('SELECT block, session, recording FROM head').get()) as
      | { block: number; session: number; recording: number }
      | undefined;
    const { block = 2 ** 20, session = 2 ** 20, recording = 0 } = head ?? {};
    database.setHead({ ...database.head(), block, session, recording: recording === 1 });
  } finally {
    database.close();
  }
}

function complete(part: string): void {
  const database = JournalDatabase.open(part);
  try {
    database.transaction(() => stateTaken(database));
    database.transaction(() => new ExhibitBytes(database).removeWrong());
  } finally {
    database.close();
  }
}

/** Row by row from the first key on; where a page cannot be read, from the last key back as well. */
function saveRows(source: Connection, target: Connection, table: string): void {
  for (const order of ['ASC', 'DESC']) {
    const whole = attempt(() => {
      const rows = source.prepare(`SELECT * FROM "${table}" ORDER BY 1 ${order}`).raw();
      let insert: Statement | undefined;
      for (const row of rows.iterate() as Iterable<unknown[]>) {
        insert ??= target.prepare(`INSERT OR IGNORE INTO "${table}" VALUES (${row.map(() => '?').join(', ')})`);
        const put = insert;
        attempt(() => put.run(...row));
      }
      return true;
    });
    if (whole) return;
  }
}

/** Ends the new journal before its first wrong event. Gives how many events it has. */
function cut(part: string): number {
  setEnd(part, Number.MAX_SAFE_INTEGER);
  for (;;) {
    const wrong = attempt(() => firstBreak(part)) ?? { end: 0 };
    if (wrong === 'none') return sizeOf(part);
    setEnd(part, wrong.end);
    if (sizeOf(part) === 0) return 0;
  }
}

function firstBreak(part: string): { readonly end: number } | 'none' {
  const reader = openJournal(part);
  try {
    // In the order in which it reads them: what a misplaced event says of its own place tells nothing.
    const first = reader.verify().wrong.find(({ what }) => breaks.has(what))?.sequence;
    return first === undefined ? 'none' : { end: Math.min(first, reader.size - 1) };
  } finally {
    reader.close();
  }
}

/** Keeps the segments and packs from the first on that follow each other and lie whole before `end`. */
function setEnd(part: string, end: number): void {
  const database = JournalDatabase.open(part);
  try {
    const { connection } = database;
    database.transaction(() => {
      const numbers = connection.prepare('SELECT number FROM segment ORDER BY number').pluck().all() as number[];
      const gap = numbers.findIndex((number, i) => number !== i || (i + 1) * SEGMENT > end);
      const sealed = gap === -1 ? numbers.length : gap;
      const rows = connection.prepare('SELECT first, count, link FROM tail ORDER BY first').all() as Row[];
      let size = sealed * SEGMENT;
      let link: Uint8Array = sealed === 0 ? emptyRoot : new Uint8Array(32);
      for (const row of rows) {
        if (row.first !== size || row.first + row.count > end) continue;
        size += row.count;
        link = row.link;
      }
      connection.prepare('DELETE FROM segment WHERE number >= ?').run(sealed);
      connection.prepare('DELETE FROM tail WHERE first < ? OR first >= ?').run(sealed * SEGMENT, size);
      connection.prepare('DELETE FROM checkpoint WHERE size > ?').run(size);
      connection.prepare('DELETE FROM kept WHERE sequence >= ?').run(size);
      connection.prepare(`DELETE FROM secret WHERE segment * ${SEGMENT} >= ?`).run(size);
      if (size === sealed * SEGMENT && sealed > 0) link = new Packs(database).tree(size).root;
      database.setHead({ ...database.head(), size, link });
    });
  } finally {
    database.close();
  }
}

interface Row {
  readonly first: number;
  readonly count: number;
  readonly link: Uint8Array;
}

function sizeOf(part: string): number {
  const database = JournalDatabase.open(part);
  try {
    return database.head().size;
  } finally {
    database.close();
  }
}

function eventsFrom(source: Connection, size: number): JournalEvent[] {
  const packs = new Map<number, Uint8Array>();
  for (const [table, key] of [
    ['segment', `number * ${SEGMENT}`],
    ['tail', 'first'],
  ] as const) {
    for (const order of ['ASC', 'DESC']) {
      attempt(() => {
        const rows = source.prepare(`SELECT ${key} AS first, bytes FROM ${table} ORDER BY 1 ${order}`);
        for (const row of rows.iterate() as Iterable<{ first: number; bytes: Uint8Array }>)
          packs.set(row.first, row.bytes);
      });
    }
  }
  const events = [...packs.values()].flatMap(bytes => attempt(() => decode(bytes)) ?? []);
  return events.filter(({ sequence }) => sequence >= size).sort((a, b) => a.sequence - b.sequence);
}

function settle(file: string, part: string, size: number, beyond: readonly JournalEvent[]): Recovered {
  const connection = connect(part, { exists: true });
  connection.pragma('journal_mode = DELETE');
  connection.close();
  const target = recoveredFile(file);
  chmodSync(part, 0o400);
  renameSync(part, target);
  return { file: target, size, beyond: beyond.length, beyondFile: keepBeyond(file, beyond) };
}

function keepBeyond(file: string, beyond: readonly JournalEvent[]): string | undefined {
  const lines = beyondFile(dirname(file));
  rmSync(lines, { force: true });
  if (beyond.length === 0) return undefined;
  writeFileSync(lines, beyond.map(event => `${JSON.stringify(event)}\n`).join(''), { mode: 0o400 });
  return lines;
}

function folderIn(source: Connection): string | undefined {
  return source.prepare('SELECT folder FROM place').pluck().get() as string | undefined;
}

/** What cannot be read or written of a damaged file is passed over; a bug of ours is not. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const known = error instanceof RangeError || error instanceof TypeError;
    if (!known && JournalError.from(error, '').problem.code !== 'corrupt') throw error;
    return undefined;
  }
}
