import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { openSession } from '../../../src/journal/opening.ts';
import type { JournalProblem } from '../../../src/journal/problem.ts';
import { JournalWriter, type WriterOptions } from '../../../src/journal/writer.ts';
import { damageBytes, damagePages, refuseWrites } from '../../support/harm.ts';
import { initial, keystroke, lf, typedOrigin, Workroom } from '../../support/workroom.ts';

describe('damage', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
  });
  afterEach(() => room.clear());

  const typing = async (writer: JournalWriter) => {
    const request = { tracker: 1, text: '', format: lf, origin: typedOrigin, observation: { by: 'open' } } as const;
    const { document } = await writer.openDocument(request);
    let version = 0;
    return (word: string) =>
      writer.append(
        ...keystroke({ document, tracker: 1, version: ++version, first: writer.serials(word.length) }, 0, word),
      );
  };
  const leftText = () => room.read(reader => reader.replay().documents.get(1)?.left?.text.toString());

  describe('met while recording is over for the journal, and the next session goes on in one that names it:', () => {
    for (const [name, harm] of [
      ['overwritten pages', damagePages],
      ['a file that was cut off', (file: string) => truncateSync(file, 5000)],
      [
        'another file in its place',
        (file: string) => {
          copyFileSync(file, `${file}.copy`);
          renameSync(`${file}.copy`, file);
        },
      ],
      ['a file that is gone', (file: string) => rmSync(file)],
    ] as const) {
      it(name, async () => {
        const { file, work } = room.consent();
        const writer = await room.writer();
        const told: string[] = [];
        const over = new Promise<JournalProblem>(resolve => writer.onOver(resolve));
        writer.onProblem(({ code }) => told.push(code));
        const type = await typing(writer);
        type('before ');
        await writer.flush();
        const merge = new Database(file);
        merge.pragma('wal_checkpoint(TRUNCATE)');
        harm(file);
        const { code } = await over;
        merge.close();
        assert.equal(code, name === 'a file that is gone' ? 'missing' : 'corrupt');
        type('after ');
        await writer.close().catch(error => assert.equal(error.problem?.code, code));
        assert.deepEqual(told, [code, 'lost']);
        const spool = join(dirname(file), 'spool');
        assert.match(
          readdirSync(spool)
            .map(one => readFileSync(join(spool, one), 'utf8'))
            .join(),
          /after /,
        );

        const next = await room.writer({ damaged: writer.journal });
        const again: string[] = [];
        next.onProblem(problem => again.push(problem.code));
        (await typing(next))('anew ');
        await next.flush();
        assert.notEqual(next.journal, writer.journal);
        assert.equal(next.work, work);
        assert.equal(typeof next.follows, 'string');
        assert.equal(next.begins, false);
        await next.close();
        assert.deepEqual([again, leftText()], [[], 'anew ']);
      });
    }
  });

  it('a worker that dies of the same act twice is given up, and the next session has all but that act', async () => {
    room.consent();
    const worker = new URL('../../support/crashingWorker.ts', import.meta.url);
    const crash = { marker: join(room.home, 'crashed'), late: false, always: true };
    // Not the room's: it is closed here, in vain.
    const writer = await JournalWriter.open({ ...room.options, worker, crash } as WriterOptions);
    const told: (string | undefined)[] = [];
    writer.onProblem(({ code }) => told.push(code));
    const over = new Promise<JournalProblem>(resolve => writer.onOver(resolve));
    const type = await typing(writer);
    type('kept ');
    await writer.flush();
    type('end here ');
    assert.equal((await over).code, 'worker');
    assert.deepEqual(told, ['worker', 'worker']);
    await writer.close().catch(error => assert.equal(error.problem?.code, 'worker'));
    const next = await room.writer({ broken: writer.session });
    assert.equal(next.journal, writer.journal);
    await next.close();
    room.read(reader => {
      const gap = [...reader.events()].find(event => event.kind === 'gap');
      assert.deepEqual([gap?.reason, gap?.crashed], ['crash', writer.session]);
      assert.deepEqual(reader.verify().wrong, []);
    });
    assert.equal(leftText(), 'kept ');
  });

  it('of any bytes is corrupt or does no harm: it never ends the opening, and nothing else is claimed of it', async () => {
    const { file } = room.consent();
    for (let i = 0; i < 20; i++) room.write(`${i}.md`, `text ${i}\n`.repeat(40));
    const writer = await room.writer();
    await writer.baseline(
      Array.from({ length: 20 }, (_, i) => `${i}.md`),
      initial,
      'baseline',
    );
    await writer.close();
    const whole = readFileSync(file);
    const { home, folder } = room;
    const start = { ...room.options, home, folder };
    // Bytes anywhere, and often in the first hundred, where SQLite describes the file.
    const place = fc.oneof(
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.integer({ min: 0, max: 99 }).map(at => (at + 0.5) / whole.length),
    );
    const change = fc.tuple(place, fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), places => {
        rmSync(join(home, 'catalogue.sqlite'), { force: true });
        rmSync(join(home, 'journals'), { recursive: true, force: true });
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, whole);
        room.catalogue(catalogue => assert.equal(catalogue.find(folder)?.file, file));
        damageBytes(file, places);
        const told: string[] = [];
        const { journal, follows } = openSession(start, ({ code }) => told.push(code));
        journal.close();
        assert.deepEqual(told, follows === undefined ? [] : ['corrupt']);
      }),
      { numRuns: 40, examples: [[[[63.5 / whole.length, 1]]], [[[18.5 / whole.length, 1]]]] },
    );
  });

  it('of the catalogue anywhere is mended from the journals', () => {
    const { journal } = room.consent();
    const file = join(room.home, 'catalogue.sqlite');
    damagePages(file);
    assert.equal(room.catalogue(catalogue => catalogue.find(room.folder))?.journal, journal);
  });

  it('a disk that takes nothing while recording makes acts wait, says so once, and takes them afterwards', async function () {
    const { file } = room.consent();
    const writer = await room.writer();
    const told: string[] = [];
    const met = new Promise<void>(resolve =>
      writer.onProblem(({ code }) => {
        told.push(code);
        resolve();
      }),
    );
    const type = await typing(writer);
    type('before ');
    await writer.flush();
    const allow = refuseWrites(`${file}-wal`);
    if (allow === undefined) {
      console.log('      skipped: no file can be made unchangeable here');
      this.skip();
    }
    try {
      type('waiting ');
      await met;
      type('also ');
    } finally {
      allow();
    }
    await writer.flush();
    await writer.close();
    assert.deepEqual([told, leftText()], [['disk'], 'also waiting before ']);
    room.read(reader => assert.deepEqual(reader.verify().wrong, []));
  });
});
