import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrackerState } from '../../src/journal/documentState.ts';
import type { EventBody } from '../../src/journal/event.ts';
import { Journal } from '../../src/journal/journal.ts';
import { connect } from '../../src/journal/runtime.ts';
import { keystroke } from '../support/workroom.ts';
import { best, say, shown, time } from './measure.ts';
import { keptJournal } from './millionJournal.ts';

/**
 * What it takes to open a journal for writing, and what it holds in memory then, whatever its length. The journal is one
 * text with a tracker that works on it: `journalOpening.ts [events …]`.
 */
/** Spans of a long file. */
const goal = 10_000;
const counts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000, 1_000_000];
const folder = mkdtempSync(join(tmpdir(), 'holograph-bench-'));
console.log('Opening a journal for writing, from its keyframe; best of 7 in a process at work (the first time)');
for (const count of counts) opening(count);
rmSync(folder, { recursive: true });

function opening(count: number): void {
  const file = join(folder, 'journal.sqlite');
  copyFileSync(keptJournal(count), file);
  const before = held();
  const first = time(() => opened(file).close());
  const again = best(7, () => time(() => opened(file).close()));
  const bare = best(7, () => time(() => head(file)));
  const journal = opened(file);
  const memory = held() - before;
  const { replay } = journal;
  const [tracker] = replay.trackers;
  const spans = tracker!.provenance.spans();
  const name = `${count.toLocaleString('en')} events, ${spans.length.toLocaleString('en')} spans`;
  say(name, `${shown(again)} (${shown(first)})`, '≤ 10 ms at 10,000 spans');
  say('  SQLite alone opens it and reads its head', shown(bare));
  say('  memory held', `${(memory / 2 ** 20).toFixed(1)} MB, its text is ${tracker!.content.length} characters`);
  let runs = 0;
  const learn = () => {
    runs = 0;
    for (const _ of replay.origins.walk(spans)) runs++;
  };
  const cold = time(learn);
  say('  what made each character of the text, first', `${shown(cold)}, ${shown(cold / runs)} a finding`);
  const warm = time(learn);
  say('  again', `${shown(warm)}, ${shown(warm / runs)} a finding`);
  later(journal, 4_000);
  journal.close();
  const more = best(5, () => time(() => opened(file).close()));
  say('  with 4,000 events behind the keyframe', `${shown(more)}, ${shown((more - again) / 4_000)} an event more`);
  if (spans.length > goal) {
    const kept = shortened(file);
    const less = best(7, () => time(() => opened(file).close()));
    say(`  once ${kept.toLocaleString('en')} spans are left of its text`, shown(less), '≤ 10 ms at 10,000 spans');
  }
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
}

/** Most of the text is taken out, and a keyframe kept; gives the spans that are left. */
function shortened(file: string): number {
  const journal = opened(file);
  const [{ session, tracker, version, document, content }] = [...journal.replay.trackers] as [TrackerState];
  const to = Math.floor(content.length * (1 - goal / content.provenance.count));
  journal.append(turn => {
    const at = { document: document.document, tracker, version: version + 1, first: turn.lease() };
    const [body, texts] = keystroke(at, 0, '');
    turn.push(session, { time: 0, monotonic: 0, zone: 0 }, { ...body, changes: [{ from: 0, to }] } as EventBody, texts);
  });
  journal.keepFrame(1);
  const { count } = content.provenance;
  journal.close();
  return count;
}

function opened(file: string): Journal {
  const journal = Journal.open(file);
  journal.takeIn();
  return journal;
}

function head(file: string): void {
  const connection = connect(file, { exists: true });
  connection.prepare('SELECT * FROM head').get();
  connection.close();
}

/** The writer types on. */
function later(journal: Journal, count: number): void {
  const [{ session, tracker, version, document, content }] = [...journal.replay.trackers] as [TrackerState];
  const stamp = { time: 0, monotonic: 0, zone: 0 };
  const end = content.length;
  journal.append(turn => {
    const serial = turn.lease();
    for (let i = 0; i < count; i++) {
      const at = { document: document.document, tracker, version: version + 1 + i, first: serial + i };
      const [body, texts] = keystroke(at, end + i, 'x');
      turn.push(session, stamp, body, texts);
    }
  });
}

/** Bytes of the heap and of buffers, when what is no longer needed is gone. */
function held(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
