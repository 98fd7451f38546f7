import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { JournalError } from '../../../src/journal/problem.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { type NewerProgram, newerProgram } from '../../support/newerProgram.ts';
import { initial, keystroke, lf, Workroom } from '../../support/workroom.ts';

describe('an older program beside a newer one', () => {
  let folder: string;
  let newer: NewerProgram;
  let room: Workroom;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holograph-newer-'));
    newer = await newerProgram(join(folder, 'program'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => {
    room = new Workroom();
    room.consent();
  });
  afterEach(() => room.clear());

  const problemOf = (error: unknown) => (error as JournalError).problem.code;
  async function open(writer: JournalWriter): Promise<(version: number, at: number, text: string) => void> {
    const observation = { by: 'open' } as const;
    const asked = { tracker: 1, path: 'a.md', text: '', format: lf, origin: initial, observation } as const;
    const { document } = await writer.openDocument(asked);
    return (version, at, text) => {
      const first = writer.serials(text.length);
      writer.append(...keystroke({ document, tracker: 1, version, first }, at, text));
    };
  }

  it('stops, keeps what it saw, and says so; the newer one takes that in while it is at work', async () => {
    room.write('a.md', '');
    const old = await room.writer();
    const problems = new Set<string>();
    old.onProblem(({ code }) => problems.add(code));
    const over = new Promise<string>(resolve => old.onOver(({ code }) => resolve(code)));
    const type = await open(old);
    type(1, 0, 'kept');
    await old.flush();

    const { file } = room.consent();
    const taker = await newer.writer.JournalWriter.open({ ...room.options, worker: newer.worker });
    type(2, 4, ' also');
    await assert.rejects(old.flush(), error => problemOf(error) === 'newer');
    assert.equal(await over, 'newer');
    assert.throws(
      () => openJournal(file),
      error => problemOf(error) === 'newer',
    );
    type(3, 9, ' later');
    await old.close().catch(error => assert.equal(problemOf(error), 'newer'));
    assert.deepEqual([...problems].sort(), ['newer', 'spooled']);

    const read = () => {
      const reader = newer.reader.openJournal(file);
      try {
        const document = reader.document('a.md')!;
        return { text: document.left?.text.toString() ?? document.text, wrong: reader.verify().wrong };
      } finally {
        reader.close();
      }
    };
    while (read().text !== 'kept also later') await setTimeout(50);
    await taker.close();
    assert.deepEqual(read(), { text: 'kept also later', wrong: [] });
  });

  it('does not begin, and takes the journal for no damaged one', async () => {
    const taker = await newer.writer.JournalWriter.open({ ...room.options, worker: newer.worker });
    await taker.close();
    const before = room.catalogue(catalogue => catalogue.list());
    await assert.rejects(room.writer(), error => problemOf(error) === 'newer');
    assert.deepEqual(
      room.catalogue(catalogue => catalogue.list()),
      before,
    );
  });
});
