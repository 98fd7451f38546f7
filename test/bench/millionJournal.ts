import { JournalDatabase } from '../../src/journal/database.ts';
import type { EventBody, JournalEvent } from '../../src/journal/event.ts';
import { Journal } from '../../src/journal/journal.ts';
import { withDigests } from '../../src/journal/savedDigests.ts';
import { writerEvents } from './writerEvents.ts';

/** Events of one commit. */
const batch = 4096;

/** Writes a journal of so many events, with a keyframe at its end, through the journal itself. */
export function writeMillion(file: string, count: number): void {
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
