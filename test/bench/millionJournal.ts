import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { JournalDatabase } from '../../src/journal/database.ts';
import type { EventBody, JournalEvent } from '../../src/journal/event.ts';
import { Journal } from '../../src/journal/journal.ts';
import { withDigests } from '../../src/journal/savedDigests.ts';
import { out } from '../rig/paths.ts';
import { writerEvents } from './writerEvents.ts';

/** Events of one commit. */
const batch = 4096;

/** A journal of so many events, with a keyframe at its end: made once, and kept between runs. Do not write to it. */
export function keptJournal(count: number): string {
  // One that was made in another form of the journal is of no use.
  const file = join(out, 'journalMillion', `${count}-${formDigest()}.sqlite`);
  if (!existsSync(file)) make(file, count);
  return file;
}

/** Pages that define how a journal is written, and what is kept beside its events. */
const forms = ['migrations.ts', 'canonical.ts', 'parts.ts', 'statedDigests.ts', 'foundPage.ts', 'found.ts', 'body.ts'];

/** Of those pages. */
function formDigest(): string {
  const of = (name: string) => readFileSync(new URL(`../../src/journal/${name}`, import.meta.url));
  return hash('sha256', Buffer.concat(forms.map(of))).slice(0, 8);
}

/** Made beside and put in place whole. */
function make(file: string, count: number): void {
  const start = performance.now();
  const young = `${file}.${process.pid}.young`;
  mkdirSync(dirname(file), { recursive: true });
  for (const suffix of ['', '-wal', '-shm']) rmSync(young + suffix, { force: true });
  writeMillion(young, count);
  renameSync(young, file);
  console.log(`  (made in ${((performance.now() - start) / 1000).toFixed(0)} s)`);
}

/** Writes a journal of so many events, with a keyframe at its end, through the journal itself. */
function writeMillion(file: string, count: number): void {
  const journal = new Journal(JournalDatabase.create(file, 'bench'));
  let some: JournalEvent[] = [];
  const commit = () => {
    journal.append(turn => {
      for (const { sequence: _, session, time, monotonic, zone, texts, ...body } of some) {
        turn.push(session, { time, monotonic, zone }, stated(body, session, turn.replay), texts);
      }
    });
    some = [];
  };
  for (const event of writerEvents(count)) {
    some.push(event);
    if (some.length === batch) commit();
  }
  commit();
  journal.keepFrame(1);
  journal.database.connection.pragma('wal_checkpoint(TRUNCATE)');
  journal.close();
}

/** Saves state the digests of the text as it stands; the writer of events knows none. */
function stated(body: EventBody, session: number, replay: Journal['replay']): EventBody {
  if (body.kind === 'saved') return withDigests({ ...body, textDigest: '' }, session, replay);
  if (body.kind === 'baseline') return { ...body, textDigest: emptyDigest, fileDigest: emptyDigest };
  return body;
}

const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
