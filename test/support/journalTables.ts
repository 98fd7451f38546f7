import Database from 'better-sqlite3';
import { eventDigest } from '../../src/journal/canonical.ts';
import { emptyRoot, Frontier, rootOf, SEGMENT, segmentHeight } from '../../src/journal/chain.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { type Codec, decode, encode, runningLink } from '../../src/journal/segment.ts';

/** The evidence of a journal's file, row by row: what a manipulation changes. */
export interface Tables {
  head: { size: number; link: Uint8Array };
  segment: { number: number; bytes: Uint8Array; root: Uint8Array }[];
  tail: { first: number; count: number; bytes: Uint8Array; link: Uint8Array }[];
  secret: { segment: number; bytes: Uint8Array }[];
  checkpoint: { size: number; note: string }[];
}

const rows = {
  segment: ['number', 'bytes', 'root'],
  tail: ['first', 'count', 'bytes', 'link'],
  secret: ['segment', 'bytes'],
  checkpoint: ['size', 'note'],
} as const;
type Row = keyof typeof rows;
export const rowNames = Object.keys(rows) as readonly Row[];

/** Throws SQLite's error where the file is damaged. */
export function readTables(file: string): Tables {
  const database = new Database(file, { readonly: true });
  try {
    const all = (name: Row) => database.prepare(`SELECT * FROM ${name} ORDER BY ${rows[name].join()}`).all();
    const head = database.prepare('SELECT size, link FROM head').get();
    return { head, ...Object.fromEntries(rowNames.map(name => [name, all(name)])) } as Tables;
  } finally {
    database.close();
  }
}

/** Puts the rows in the place of those that the file has; all other tables stay. */
export function writeTables(file: string, tables: Tables): void {
  const database = new Database(file);
  try {
    database.pragma('synchronous = OFF');
    database.pragma('journal_mode = MEMORY');
    database.transaction(() => {
      database.prepare('UPDATE head SET size = ?, link = ?').run(tables.head.size, tables.head.link);
      for (const name of rowNames) {
        database.exec(`DELETE FROM ${name}`);
        const put = database.prepare(
          `INSERT OR REPLACE INTO ${name} VALUES (${rows[name].map(column => `@${column}`)})`,
        );
        for (const row of tables[name]) put.run(row);
      }
    })();
  } finally {
    database.close();
  }
}

/** All events, as they are packed. Throws Fault where a pack is damaged. */
export function eventsOf({ segment, tail }: Tables): JournalEvent[] {
  return [...segment, ...tail].flatMap(row => decode(row.bytes));
}

/** The tables of these events, all sums made anew: what anybody can do who has no key. Checkpoints are kept as they are. */
export function rechained(tables: Tables, events: readonly JournalEvent[], pack = 256): Tables {
  const secret = (segment: number) => tables.secret.find(row => row.segment === segment)?.bytes ?? Buffer.alloc(32, 7);
  const made: Tables = { ...tables, segment: [], tail: [], secret: [] };
  const sealed = new Frontier();
  let link = emptyRoot;
  for (let first = 0; first < events.length; ) {
    const number = first / SEGMENT;
    made.secret.push({ segment: number, bytes: secret(number) });
    const some = events.slice(first, first + SEGMENT);
    if (some.length === SEGMENT) {
      const root = rootOf(some.map(event => eventDigest(event, secret(number))));
      sealed.appendSubtree(root, segmentHeight);
      link = sealed.root();
      made.segment.push({ number, bytes: packed(some, 'deflate'), root });
    } else {
      for (let at = 0; at < some.length; at += pack) {
        const bytes = packed(some.slice(at, at + pack), 'raw');
        link = runningLink(link, bytes);
        made.tail.push({ first: first + at, count: Math.min(pack, some.length - at), bytes, link });
      }
    }
    first += some.length;
  }
  made.head = { size: events.length, link };
  return made;
}

/** The roots over the first events, by how many. */
export function rootAt({ secret }: Tables, events: readonly JournalEvent[], size: number): Uint8Array {
  const secrets = new Map(secret.map(row => [row.segment, row.bytes]));
  const tree = new Frontier();
  for (const event of events.slice(0, size))
    tree.append(eventDigest(event, secrets.get(Math.floor(event.sequence / SEGMENT)) ?? Buffer.alloc(32, 7)));
  return tree.root();
}

function packed(events: readonly JournalEvent[], codec: Codec): Uint8Array {
  return encode(events, codec);
}
