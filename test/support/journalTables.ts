import Database from 'better-sqlite3';
import { eventDigest } from '../../src/journal/canonical.ts';
import { emptyRoot, Frontier, rootOf, SEGMENT, segmentHeight } from '../../src/journal/chain.ts';
import { toHex } from '../../src/journal/digest.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { KeptSalts, type SegmentSecret } from '../../src/journal/keptSalts.ts';
import { type Codec, decode, encode, runningLink } from '../../src/journal/segment.ts';

/** The evidence of a journal's file, row by row: what a manipulation changes. */
export interface Tables {
  head: { size: number; link: Uint8Array };
  segment: { number: number; bytes: Uint8Array; root: Uint8Array }[];
  tail: { first: number; count: number; bytes: Uint8Array; link: Uint8Array }[];
  secret: { segment: number; bytes: Uint8Array }[];
  kept: { sequence: number; bytes: Uint8Array }[];
  checkpoint: { size: number; note: string }[];
}

const rows = {
  segment: ['number', 'bytes', 'root'],
  tail: ['first', 'count', 'bytes', 'link'],
  secret: ['segment', 'bytes'],
  kept: ['sequence', 'bytes'],
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
  const secret = secretsOf(tables);
  const made: Tables = { ...tables, segment: [], tail: [], secret: [] };
  const sealed = new Frontier();
  let link = emptyRoot;
  for (let first = 0; first < events.length; ) {
    const number = first / SEGMENT;
    const kept = tables.secret.find(({ segment }) => segment === number);
    if (kept !== undefined || tables.kept.length === 0) made.secret.push(kept ?? { segment: number, bytes: unknown });
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

/** Digests of the events, with the salts that the tables have. */
export function digestsOf(tables: Tables, events: readonly JournalEvent[]): string[] {
  const secret = secretsOf(tables);
  return events.map(event => toHex(eventDigest(event, secret(Math.floor(event.sequence / SEGMENT)))));
}

/** The roots over the first events, by how many. */
export function rootAt(tables: Tables, events: readonly JournalEvent[], size: number): Uint8Array {
  const secret = secretsOf(tables);
  const tree = new Frontier();
  for (const event of events.slice(0, size))
    tree.append(eventDigest(event, secret(Math.floor(event.sequence / SEGMENT))));
  return tree.root();
}

/** In place of a secret that is not there. */
const unknown = Buffer.alloc(32, 7);

function secretsOf({ secret, kept }: Tables): (segment: number) => SegmentSecret {
  const secrets = new Map(secret.map(({ segment, bytes }) => [segment, bytes]));
  const all = new Map<number, Map<number, Uint8Array>>();
  for (const { sequence, bytes } of kept) {
    const segment = Math.floor(sequence / SEGMENT);
    all.set(segment, (all.get(segment) ?? new Map<number, Uint8Array>()).set(sequence, bytes));
  }
  return segment => {
    const rows = all.get(segment);
    const own = secrets.get(segment);
    return rows === undefined ? (own ?? unknown) : new KeptSalts(rows, own ?? unknown);
  };
}

function packed(events: readonly JournalEvent[], codec: Codec): Uint8Array {
  return encode(events, codec);
}
