import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Catalogue } from '../../src/journal/catalogue.ts';
import type { EventBody, JournalEvent } from '../../src/journal/event.ts';
import { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/reader.ts';
import { connect } from '../../src/journal/runtime.ts';
import { keystroke, lf } from '../support/workroom.ts';
import { coauthorEvents } from './coauthor.ts';
import { say, shown, time } from './measure.ts';

/** Writing, opening, replaying and verifying a journal of real events: `journalSustained.ts [sessions] [batch]`. */
const events = coauthorEvents(Number(process.argv[2] ?? 60));
const batch = Number(process.argv[3] ?? 256);
if (events === undefined) console.log('Journal: the CoAuthor trace is not beside the repository');
else run(events);

function run(all: readonly JournalEvent[]): void {
  const root = mkdtempSync(join(tmpdir(), 'holograph-bench-'));
  mkdirSync(join(root, 'work'));
  const catalogue = Catalogue.open(join(root, 'home'));
  const { file } = catalogue.consent(join(root, 'work'), { by: 'command', software: 'bench' });
  catalogue.close();
  console.log(`Journal of ${all.length} real events, ${batch} a commit; an event`);
  const each = (ns: number) =>
    `${shown(ns / all.length)} (${Math.round(1e9 / (ns / all.length)).toLocaleString('en')}/s)`;

  const journal = Journal.open(file);
  begin(journal, all);
  say('write: replay, pack, link, commit, seal', each(time(() => write(journal, all))), '≥ 1,000,000/s before sealing');
  journal.database.connection.pragma('wal_checkpoint(TRUNCATE)');
  journal.close();
  say('size of the file, indexes included', `${(statSync(file).size / all.length).toFixed(2)} bytes`, '≤ 3 sealed');
  say('bare better-sqlite3: the events as JSON rows', each(bare(join(root, 'bare.sqlite'), all)));

  const reader = openJournal(file);
  let count = 0;
  say(
    'read as objects',
    each(
      time(() => {
        for (const event of reader.events()) count += event.sequence > 0 ? 1 : 0;
      }),
    ),
  );
  say('read and replay', each(time(() => reader.replay())), '≤ 80 ns');
  say('verify all', each(time(() => (count += reader.verify().wrong.length))), '≤ 2 × bare SHA-256');
  reader.close();
  const open = () => {
    const again = Journal.open(file);
    again.takeIn();
    return again;
  };
  say('open for writing, from the first event', shown(time(() => open().close())));
  const framed = open();
  say('keep a keyframe', shown(time(() => framed.keepFrame(1))));
  framed.close();
  say('open for writing, from the keyframe', shown(time(() => open().close())), '≤ 10 ms and 60 ns a finding');
  rmSync(root, { recursive: true });
}

/** The trace's documents as trackers of one session, each with a text that its steps have room in. */
function begin(journal: Journal, all: readonly JournalEvent[]): void {
  journal.append(turn => {
    const stamp = { time: 0, monotonic: 0, zone: 0 };
    const about = { software: 'bench', editor: 'bench', platform: 'here', channels: [], unreachable: [] };
    const leases = [turn.lease(), turn.lease()] as const;
    turn.push(turn.nextSession(), stamp, { kind: 'session', ...about, leases });
    let serial = 2 ** 40;
    for (const [document, room] of roomsOf(all)) {
      turn.push(1, stamp, { kind: 'opened', document, tracker: document, format: lf });
      if (room === 0) continue;
      const [body, texts] = keystroke({ document, tracker: document, version: 1, first: serial }, 0, ' '.repeat(room));
      turn.push(1, stamp, body, texts);
      serial += room;
    }
  });
}

/** How long each document's text must be before its first event for all of them to fit. */
function roomsOf(all: readonly JournalEvent[]): Map<number, number> {
  const rooms = new Map<number, { delta: number; room: number }>();
  for (const event of all) {
    if (event.kind !== 'changed') continue;
    const of = rooms.get(event.document) ?? { delta: 0, room: 0 };
    const { from = 0, to = 0 } = event.changes[0] ?? {};
    of.room = Math.max(of.room, to - of.delta);
    of.delta += (event.texts?.[0]?.length ?? 0) - (to - from);
    rooms.set(event.document, of);
  }
  return new Map([...rooms].map(([document, { room }]) => [document, room]));
}

function write(journal: Journal, all: readonly JournalEvent[]): void {
  // The step that made each text's room was its first.
  const rooms = roomsOf(all);
  const steps = new Map<number, number>();
  const next = (document: number) => {
    const version = (steps.get(document) ?? (rooms.get(document)! > 0 ? 1 : 0)) + 1;
    steps.set(document, version);
    return version;
  };
  for (let at = 0; at < all.length; at += batch) {
    journal.append(turn => {
      for (let i = at; i < Math.min(at + batch, all.length); i++) {
        const { sequence, time, monotonic, zone, session, texts, ...body } = all[i] as JournalEvent;
        const of = body.kind === 'changed' ? { tracker: body.document, version: next(body.document) } : {};
        turn.push(1, { time, monotonic, zone }, { ...(body as EventBody), ...of }, texts);
      }
    });
  }
}

function bare(file: string, all: readonly JournalEvent[]): number {
  const database = connect(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec('CREATE TABLE event (sequence INTEGER PRIMARY KEY, json TEXT NOT NULL)');
  const put = database.prepare('INSERT INTO event VALUES (?, ?)');
  const some = database.transaction((from: number) => {
    for (let i = from; i < Math.min(from + batch, all.length); i++) put.run(i, JSON.stringify(all[i]));
  });
  const took = time(() => {
    for (let at = 0; at < all.length; at += batch) some(at);
  });
  database.close();
  return took;
}
