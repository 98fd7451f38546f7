import { statSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { SEGMENT } from '../../src/journal/chain.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { handedBy, received } from '../../src/journal/handed.ts';
import { PlainShapes } from '../../src/journal/plainShape.ts';
import { connect } from '../../src/journal/runtime.ts';
import { coauthorEvents } from './coauthor.ts';
import { EditorThread, type Handed } from './editorThread.ts';
import { Stopwatch, say, shown } from './measure.ts';
import { BenchRoom } from './written.ts';

/**
 * Events a second that the worker's thread takes, everything in, from the message of the editor's thread on: reading it,
 * live state, packs, links, indexes. Beside rows of bare better-sqlite3, both `synchronous` settings, single and batched,
 * real events: `journalSustained.ts [sessions]`.
 */
const sessions = Number(process.argv[2] ?? 200);
const all = coauthorEvents(sessions);
const editor = new EditorThread();
const settings = ['NORMAL', 'FULL'] as const;
type Setting = (typeof settings)[number];
/** Commits at most: single events are dear. */
const most = { NORMAL: 10_000, FULL: 1_000 };

if (all === undefined) console.log('Journal: the CoAuthor trace is not beside the repository');
else {
  console.log(`Appending real events (up to ${all.length}), with sealing apart; an event`);
  await warmUp(all);
  for (const batch of [1024, 256, 1]) {
    for (const setting of settings) {
      const events = all.slice(0, Math.min(all.length, batch * most[setting]));
      const goal = batch < 256 ? '' : setting === 'NORMAL' ? '≥ 1,000,000/s before sealing' : '≥ 300,000/s';
      const name = `${setting}, ${batch} a commit`;
      const ours = await written(events, setting, batch);
      say(`${name}: message, state, pack, link, commit`, each(ours.plain), goal);
      if (batch > 1) say('  sealing them', each(ours.sealed, ours.plain));
      say('  handing them over, on the editor’s thread', each(ours.handing));
      say('  recall, afterwards and in idle time', each(ours.idle));
      say('  bytes an event in the file, all indexes included', ours.bytes.toFixed(2));
      const rows = bare(events, setting, batch);
      say('  bare better-sqlite3, a JSON row an event', each(rows.watch));
      say('  its bytes an event', rows.bytes.toFixed(1));
    }
  }
}
await editor.end();

/** Of one: by the clock, how many a second, and of the processor's time. `less`: what else the same does. */
function each({ wall, cpu, count }: Stopwatch, less?: Stopwatch): string {
  const of = (ns: number, other = 0) => ns / count - (less === undefined ? 0 : other / less.count);
  const ns = of(wall, less?.wall);
  const speed = less === undefined ? ` (${Math.round(1e9 / ns).toLocaleString('en')}/s)` : '';
  return `${shown(ns)}${speed}, ${shown(of(cpu, less?.cpu))} of the processor`;
}

/** Code that was not run yet is slow, and a window works for hours. */
async function warmUp(events: readonly JournalEvent[]): Promise<void> {
  await written(events, 'NORMAL', 256);
  bare(events, 'NORMAL', 256);
}

/** Commits that seal nothing, those that seal, and what is left for idle time. */
async function written(events: readonly JournalEvent[], setting: Setting, batch: number) {
  const room = new BenchRoom();
  const { journal, writer, serials } = room.session();
  const { database } = journal;
  database.connection.pragma(`synchronous = ${setting}`);
  const ordinal = journal.sessions.ordinal(writer.session)!;
  const { port1, port2: port } = new MessageChannel();
  const handing = await editor.hand({ sessions, events: events.length, turn: batch, ordinal, serials }, port1);
  const [plain, sealed, idle] = [new Stopwatch(), new Stopwatch(), new Stopwatch()];
  const shapes = new PlainShapes();
  let next = handed(port);
  const append = (turn: number) => {
    for (; next?.turn === turn; next = handed(port)) {
      const message = received(next.crosses, shapes);
      if (message.kind !== 'ask') writer.append(message.ordinal, handedBy(message));
    }
  };
  let size = journal.replay.size;
  for (let turn = 0, left = handing.count; left > 0; turn++) {
    const count = Math.min(batch, left);
    left -= count;
    const seals = Math.floor((size + count) / SEGMENT) > Math.floor(size / SEGMENT);
    size += count;
    if (!seals) plain.add(count, () => append(turn));
    else {
      // What sealing costs is told by the events that are sealed, less what else the commit does.
      sealed.add(SEGMENT, () => append(turn));
      sealed.wall += (plain.wall / plain.count) * (SEGMENT - count);
      sealed.cpu += (plain.cpu / plain.count) * (SEGMENT - count);
    }
    if ((turn * batch) % 65_536 < batch) journal.settle();
  }
  idle.add(handing.count, () => {
    while (journal.recall.step());
  });
  port.close();
  database.connection.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = statSync(database.file).size / size;
  if (journal.replay.size !== size) throw new RangeError(`${journal.replay.size} of ${size} events`);
  journal.close();
  room.clear();
  return { plain, sealed, idle, handing, bytes };
}

function handed(port: MessagePort): Handed | undefined {
  return receiveMessageOnPort(port)?.message as Handed | undefined;
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
  const watch = new Stopwatch();
  for (let at = 0; at < events.length; at += batch) watch.add(Math.min(batch, events.length - at), () => some(at));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const bytes = statSync(file).size / events.length;
  room.clear();
  return { watch, bytes };
}
