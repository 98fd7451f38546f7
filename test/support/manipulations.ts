import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { emptyRoot, Frontier, segmentHeight } from '../../src/journal/chain.ts';
import { JournalDatabase } from '../../src/journal/database.ts';
import { redact } from '../../src/journal/redaction.ts';
import { recode, runningLink } from '../../src/journal/segment.ts';
import { forgeries } from './forgeries.ts';
import { readTables, rowNames, type Tables, writeTables } from './journalTables.ts';
import type { Seeded } from './seeded.ts';
import type { Specimen } from './specimen.ts';

/** What a manipulation has to work on: a copy of one journal at `file`, and another journal to take from. */
export interface Bench {
  readonly file: string;
  readonly of: Specimen;
  readonly other: Specimen;
  readonly random: Seeded;
}

/** Changes the file. Gives false, and changes nothing, where the journal has nothing that it could change. */
export type Manipulation = (bench: Bench) => boolean;

const pages = 4096;

/** On the rows as they are: what anybody does with an SQLite browser. */
const ofRows: Record<string, (tables: Tables, random: Seeded, other: Tables) => void> = {
  'a byte of a row': (tables, random) => turn(bytesIn(tables, random), random),
  'a row cut short': (tables, random) => {
    const bytes = bytesIn(tables, random);
    const row = rowIn(tables, random);
    if (row?.bytes instanceof Uint8Array) row.bytes = row.bytes.subarray(0, random.below(row.bytes.length));
    else turn(bytes, random);
  },
  'a row removed': (tables, random) => {
    const rows = listIn(tables, random);
    rows.splice(random.below(rows.length), 1);
  },
  'a row repeated': (tables, random) => {
    const { tail } = tables;
    const row = tail[random.below(tail.length)];
    if (row) tail.push({ ...row, first: random.below(2) === 0 ? tables.head.size : row.first - 5000 });
  },
  'two rows swapped': (tables, random) => {
    const rows = listIn(tables, random) as { bytes?: Uint8Array; note?: string }[];
    const [a, b] = [rows[random.below(rows.length)], rows[random.below(rows.length)]];
    if (!a || !b) return;
    if (a.bytes && b.bytes) [a.bytes, b.bytes] = [b.bytes, a.bytes];
    if (a.note && b.note) [a.note, b.note] = [b.note, a.note];
  },
  'a row of another journal': (tables, random, other) => {
    const name = rowNames[random.below(rowNames.length)]!;
    const [rows, others] = [tables[name] as object[], other[name] as object[]];
    if (rows.length > 0 && others.length > 0) rows[random.below(rows.length)] = others[random.below(others.length)]!;
  },
  'a number': (tables, random) => {
    const row = (random.below(4) === 0 ? tables.head : rowIn(tables, random)) as Record<string, unknown> | undefined;
    const names = Object.keys(row ?? {}).filter(name => typeof row![name] === 'number');
    const name = names[random.below(names.length)];
    if (row && name) row[name] = (row[name] as number) + [1, -1, 4096, -5000, 2 ** 40][random.below(5)]!;
  },
  'the head rolled back': (tables, random) => {
    const row = tables.tail[random.below(tables.tail.length)];
    if (row) tables.head = { size: row.first + row.count, link: row.link };
  },
  'the end cut off': (tables, random) => {
    const keep = random.below(tables.tail.length);
    tables.tail = tables.tail.slice(0, keep + 1);
    const last = tables.tail.at(-1);
    if (last) tables.head = { size: last.first + last.count, link: last.link };
    if (random.below(2) === 0) tables.checkpoint = tables.checkpoint.filter(({ size }) => size <= tables.head.size);
  },
  'a checkpoint changed': (tables, random) => {
    const row = tables.checkpoint[random.below(tables.checkpoint.length)];
    if (!row) return;
    const bytes = Buffer.from(row.note);
    turn(bytes, random);
    row.note = random.below(5) === 0 ? `${row.note}\n` : bytes.toString('latin1');
  },
  'a secret changed': (tables, random) => turn(tables.secret[random.below(tables.secret.length)]?.bytes, random),
  'a byte of the tail, all links made anew': (tables, random) => {
    turn(tables.tail[random.below(tables.tail.length)]?.bytes, random);
    relink(tables);
  },
  'packs written again': tables => {
    for (const row of tables.segment) row.bytes = recode(row.bytes, 'raw');
  },
};

/** On the file: what a disk, or somebody with a hex editor, does. */
const ofFile: Record<string, Manipulation> = {
  'a byte of the file': ({ file, random }) => inBytes(file, bytes => turn(bytes, random)),
  'some bytes of the file': ({ file, random }) =>
    inBytes(file, bytes => {
      for (let i = random.below(30); i >= 0; i--) turn(bytes, random);
    }),
  'a page blanked': ({ file, random }) => inBytes(file, bytes => void bytes.fill(0, ...pageIn(bytes, random))),
  'two pages swapped': ({ file, random }) =>
    inBytes(file, bytes => {
      const [[a, aEnd], [b, bEnd]] = [pageIn(bytes, random), pageIn(bytes, random)];
      const kept = Buffer.from(bytes.subarray(a, aEnd));
      bytes.copyWithin(a, b, bEnd);
      kept.copy(bytes, b);
    }),
  'the file cut short': ({ file, random }) => {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, 100 + random.below(bytes.length - 100)));
    return true;
  },
  'words taken out': ({ file, random }) => {
    const database = JournalDatabase.open(file);
    const target = { kind: 'text', text: ['Жел', 'ветер', 'fog', 'here', 'rhyme'][random.below(5)]! } as const;
    const { event } = redact(database, { targets: [target], reason: 'none', by: 'person', software: 'test' });
    database.connection.pragma('journal_mode = DELETE');
    database.close();
    return event !== undefined;
  },
  'an exhibit exchanged': ({ file, random }) => {
    const database = new Database(file);
    try {
      const row = database.prepare('SELECT digest, bytes FROM exhibit').get() as
        | { digest: Buffer; bytes: Buffer }
        | undefined;
      if (row === undefined) return false;
      turn(row.bytes, random);
      database.prepare('UPDATE exhibit SET bytes = ? WHERE digest = ?').run(row.bytes, row.digest);
      return true;
    } finally {
      database.close();
    }
  },
  'an index changed': ({ file, random }) => {
    const database = new Database(file);
    database.pragma('journal_mode = MEMORY');
    const name = ['keyframe', 'body', 'found', 'outside', 'live'][random.below(5)]!;
    const { changes } = database.prepare(`DELETE FROM ${name}`).run();
    database.prepare('UPDATE place SET folder = ?').run(`/elsewhere/${changes}`);
    database.close();
    return true;
  },
};

export const manipulations: Readonly<Record<string, Manipulation>> = {
  ...Object.fromEntries(Object.entries(ofRows).map(([name, change]) => [name, inRows(change)])),
  ...ofFile,
  ...forgeries,
};

function inRows(change: (tables: Tables, random: Seeded, other: Tables) => void): Manipulation {
  return ({ file, random, other }) => {
    const tables = readTables(file);
    change(tables, random, readTables(other.file));
    if (isDeepStrictEqual(tables, readTables(file))) return false;
    writeTables(file, tables);
    return true;
  };
}

function inBytes(file: string, change: (bytes: Buffer) => void): boolean {
  const bytes = readFileSync(file);
  change(bytes);
  if (bytes.equals(readFileSync(file))) return false;
  writeFileSync(file, bytes);
  return true;
}

function turn(bytes: Uint8Array | undefined, random: Seeded): void {
  if (bytes && bytes.length > 0) bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
}

function pageIn(bytes: Buffer, random: Seeded): [number, number] {
  const at = pages * random.below(Math.floor(bytes.length / pages));
  return [at, at + pages];
}

function relink(tables: Tables): void {
  const sealed = new Frontier();
  for (const { root } of tables.segment) sealed.appendSubtree(root, segmentHeight);
  let link = sealed.size === 0 ? emptyRoot : sealed.root();
  for (const row of tables.tail) {
    link = runningLink(link, row.bytes);
    row.link = link;
  }
  tables.head.link = link;
}

/** The table whose rows are to be changed; packs most often. */
function listIn(tables: Tables, random: Seeded): object[] {
  const lists = [tables.tail, tables.tail, tables.segment, tables.secret, tables.checkpoint].filter(
    rows => rows.length,
  );
  return lists[random.below(lists.length)]!;
}

function rowIn(tables: Tables, random: Seeded): Record<string, unknown> | undefined {
  const rows = listIn(tables, random);
  return rows[random.below(rows.length)] as Record<string, unknown> | undefined;
}

function bytesIn(tables: Tables, random: Seeded): Uint8Array | undefined {
  const row = rowIn(tables, random) ?? {};
  const values = Object.values(row).filter(value => value instanceof Uint8Array);
  return values.length === 0 ? tables.head.link : values[random.below(values.length)];
}
