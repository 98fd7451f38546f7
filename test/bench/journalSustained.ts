import { statSync } from 'node:fs';
import { join } from 'node:path';
import { SEGMENT } from '../../src/journal/chain.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { Packs } from '../../src/journal/packs.ts';
import { connect } from '../../src/journal/runtime.ts';
import { coauthorEvents } from './coauthor.ts';
import { say, shown } from './measure.ts';
import { BenchRoom, handedOver } from './written.ts';

/**
 * Events a second that the worker's thread takes, everything in: live state, packs, links, indexes. Beside rows of bare
 * better-sqlite3, both `synchronous` settings, single and batched, real events: `journalSustained.ts [sessions]`.
 */
const all = coauthorEvents(Number(process.argv[2] ?? 300));
const settings = ['NORMAL', 'FULL'] as const;
type Setting = (typeof settings)[number];
/** Commits at most: single events are dear. */
const most = { NORMAL: 20_000, FULL: 2_000 };

if (all === undefined) console.log('Journal: the CoAuthor trace is not beside the repository');
else {
  console.log(`Appending real events (up to ${all.length}), with sealing apart; an event`);
  warmUp(all.slice(0, 30_000));
  for (const batch of [1024, 256, 1]) {
    for (const setting of settings) {
      const events = all.slice(0, Math.min(all.length, batch * most[setting]));
      const goal = batch < 256 ? '' : setting === 'NORMAL' ? '≥ 1,000,000/s before sealing' : '≥ 300,000/s';
      const name = `${setting}, ${batch} a commit`;
      const ours = written(events, setting, batch);
      say(`${name}: session, state, pack, link, commit`, each(ours.plain), goal);
      if (ours.sealed > 0) say('  sealing them', shown(ours.sealed));
      say('  recall, afterwards and in idle time', shown(ours.idle));
      say('  bytes an event in the file, all indexes included', ours.bytes.toFixed(2));
      say('  packs, links and commits alone (Packs.append)', each(packed(events, setting, batch)));
      const rows = bare(events, setting, batch);
      say('  bare better-sqlite3, a JSON row an event', each(rows.time));
      say('  its bytes an event', rows.bytes.toFixed(1));
    }
  }
}

function each(ns: number): string {
  return `${shown(ns)} (${Math.round(1e9 / ns).toLocaleString('en')}/s)`;
}

/** Code that was not run yet is slow, and a window works for hours. */
function warmUp(events: readonly JournalEvent[]): void {
  written(events, 'NORMAL', 256);
  packed(events, 'NORMAL', 256);
  bare(events, 'NORMAL', 256);
}

/** Nanoseconds an event: in commits that seal nothing, what sealing adds, and what is left for idle time. */
function written(events: readonly JournalEvent[], setting: Setting, batch: number) {
  const room = new BenchRoom();
  const { journal, writer, serials } = room.session();
  const { database } = journal;
  database.connection.pragma(`synchronous = ${setting}`);
  const queue = handedOver(events, serials);
  const ordinal = journal.sessions.ordinal(writer.session)!;
  const plain = { time: 0, count: 0 };
  const sealing = { time: 0, count: 0, segments: 0 };
  let size = journal.replay.size;
  for (let at = 0; at < queue.length; at += batch) {
    // As they come from the thread: the objects of each are its own, and were made just now.
    const some = structuredClone(queue.slice(at, at + batch));
    const start = process.hrtime.bigint();
    writer.append(ordinal + at, some);
    const took = Number(process.hrtime.bigint() - start);
    const segments = Math.floor((size + some.length) / SEGMENT) - Math.floor(size / SEGMENT);
    const of = segments > 0 ? sealing : plain;
    of.time += took;
    of.count += some.length;
    sealing.segments += segments;
    size += some.length;
    if (at % 65_536 < batch) journal.settle();
  }
  const start = process.hrtime.bigint();
  while (journal.recall.step());
  const idle = Number(process.hrtime.bigint() - start) / queue.length;
  database.connection.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = statSync(database.file).size / size;
  journal.close();
  room.clear();
  // Where every commit seals, what sealing adds cannot be told apart by its commits.
  const alone = plain.count > 0 ? plain.time / plain.count : Number.NaN;
  const added = sealing.segments * SEGMENT;
  return { plain: alone, sealed: added === 0 ? 0 : (sealing.time - alone * sealing.count) / added, idle, bytes };
}

/** Nanoseconds an event of the journal's own tables, without any state. */
function packed(events: readonly JournalEvent[], setting: Setting, batch: number): number {
  const room = new BenchRoom();
  const { journal } = room.session();
  const { database } = journal;
  database.connection.pragma(`synchronous = ${setting}`);
  const packs = new Packs(database);
  const base = journal.replay.size;
  const own = events.map((event, i) => ({ ...event, sequence: base + i }));
  let [took, count] = [0, 0];
  for (let at = 0; at < own.length; at += batch) {
    const some = structuredClone(own.slice(at, at + batch));
    const size = base + at;
    const start = process.hrtime.bigint();
    database.transaction(() => {
      const head = database.head();
      database.setHead({ ...head, link: packs.append(some, size, head.link), size: size + some.length });
    });
    if (Math.floor((size + some.length) / SEGMENT) > Math.floor(size / SEGMENT)) continue;
    took += Number(process.hrtime.bigint() - start);
    count += some.length;
  }
  database.close();
  room.clear();
  return took / count;
}

function bare(events: readonly JournalEvent[], setting: Setting, batch: number) {
  const room = new BenchRoom();
  const file = join(room.root, 'bare.sqlite');
  const database = connect(file);
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${setting}`);
  database.exec('CREATE TABLE event (sequence INTEGER PRIMARY KEY, json TEXT NOT NULL)');
  const put = database.prepare('INSERT INTO event VALUES (?, ?)');
  const some = database.transaction((from: number) => {
    for (let i = from; i < Math.min(from + batch, events.length); i++) put.run(i, JSON.stringify(events[i]));
  });
  const start = process.hrtime.bigint();
  for (let at = 0; at < events.length; at += batch) some(at);
  const took = Number(process.hrtime.bigint() - start);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const bytes = statSync(file).size / events.length;
  room.clear();
  return { time: took / events.length, bytes };
}
