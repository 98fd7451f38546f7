import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { askingFor } from '../../../src/evidence/timeStamps/asking.ts';
import { noTrust } from '../../../src/evidence/timeStamps/trust.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { verifyJournal } from '../../../src/evidence/verifyJournal.ts';
import { appendEvents } from '../../../src/journal/append.ts';
import { formatCheckpoint, originOf, signCheckpoint } from '../../../src/journal/checkpoint.ts';
import { JournalDatabase } from '../../../src/journal/database.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { keyBody } from '../../../src/journal/keyEvent.ts';
import { imprintOfNote, TimeStamps } from '../../../src/journal/timeStamps.ts';
import { signerFrom } from '../../support/journalByHand.ts';
import { needsOpenssl, TimeAuthority } from '../../support/timeAuthority.ts';
import { Workroom } from '../../support/workroom.ts';

const signer = signerFrom('author');
const server = 'http://clock.example/';

describe('time stamps in a journal', () => {
  let clock: TimeAuthority;
  let room: Workroom;
  let folder: string;
  let file: string;
  let answer: Uint8Array;
  before(function () {
    needsOpenssl(this);
    clock = new TimeAuthority();
    room = new Workroom();
    const consented = room.consent();
    folder = mkdtempSync(join(tmpdir(), 'holograph-stamped-'));
    file = join(folder, 'copy.sqlite');
    const note = signed(consented.file, consented.journal);
    const asking = askingFor(note, noTrust);
    answer = clock.reply(asking.request);
    const { certificates } = asking.check(answer);
    const size = Number(note.split('\n')[1]);
    inDatabase(consented.file, stamps =>
      stamps.keep({ size, imprint: imprintOfNote(note), server, answer, certificates }, 0),
    );
    copyFileSync(consented.file, file);
  });
  after(() => {
    clock?.remove();
    room?.clear();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  function signed(at: string, id: string): string {
    appendEvents(at, 'holograph/test', [{ body: keyBody(id, signer) }]);
    const journal = Journal.open(at);
    const head = journal.tree();
    const note = signCheckpoint(formatCheckpoint({ origin: originOf(id), ...head }), signer);
    journal.keepCheckpoint(head.size, note);
    journal.close();
    return note;
  }

  function inDatabase<T>(at: string, use: (stamps: TimeStamps, database: JournalDatabase) => T): T {
    const database = JournalDatabase.open(at);
    try {
      return use(new TimeStamps(database), database);
    } finally {
      database.connection.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
    }
  }

  /** What the check finds after a change of the token's row, which is put back. */
  function changed(change: string, ...values: unknown[]): Verification {
    const kept = join(folder, 'kept.sqlite');
    copyFileSync(file, kept);
    inDatabase(kept, (_, { connection }) => connection.prepare(change).run(...(values as never[])));
    return verifyJournal(kept, { roots: clock.root });
  }
  const wrong = (found: Verification) => found.wrong.map(({ what }) => what);
  const untouched = () => verifyJournal(file, { roots: clock.root });

  it('are found good, and anchor it in time', () => {
    const { consistent, anchoredAt, timeStamps } = untouched();
    assert.deepEqual([consistent, anchoredAt?.authority, timeStamps.length], [true, 'Clock good', 1]);
  });

  it('are named where their row says something else', () => {
    assert.deepEqual(wrong(changed('UPDATE token SET size = size - 1')), ['tokenImprint']);
    assert.deepEqual(wrong(changed('UPDATE token SET imprint = zeroblob(32)')), ['tokenImprint']);
    assert.deepEqual(wrong(changed("UPDATE token SET certificates = ''")), ['tokenMalformed']);
    assert.deepEqual(wrong(changed('UPDATE token SET certificates = ?', `${clock.root}${clock.root}`)), [
      'tokenCertificate',
    ]);
    assert.deepEqual(wrong(changed('UPDATE token SET answer = zeroblob(10)')), ['tokenMalformed']);
    assert.deepEqual(wrong(changed('DELETE FROM checkpoint')), ['tokenImprint']);
  });

  it('bind nothing by the name under which the server was asked', () => {
    const { wrong: things, anchoredAt } = changed("UPDATE token SET server = 'http://else.example/'");
    assert.deepEqual([things, anchoredAt], [[], untouched().anchoredAt]);
  });

  it('may be missing; who holds one knows better', () => {
    assert.deepEqual(wrong(changed('DELETE FROM token')), []);
    assert.equal(verifyJournal(file, { token: answer }).anchoredTo?.size, untouched().anchoredAt?.size);
  });

  it('say the same after a change of one byte, or are named', () => {
    const before = JSON.stringify(untouched());
    const runs = Number(process.env.HOLOGRAPH_RUNS ?? 25);
    const columns = fc.constantFrom('answer', 'certificates');
    fc.assert(
      fc.property(columns, fc.nat(), fc.integer({ min: 1, max: 255 }), (column, place, by) => {
        const row = inDatabase(file, (_, { connection }) => connection.prepare('SELECT * FROM token').get()) as {
          readonly answer: Buffer;
          readonly certificates: string;
        };
        const bytes = column === 'answer' ? Buffer.from(row.answer) : Buffer.from(row.certificates, 'latin1');
        bytes[place % bytes.length]! ^= by;
        const value = column === 'answer' ? bytes : bytes.toString('latin1');
        const found = changed(`UPDATE token SET ${column} = ?`, value);
        return found.wrong.length > 0 || JSON.stringify(found) === before;
      }),
      { numRuns: runs },
    );
  });
});
