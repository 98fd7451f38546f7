import assert from 'node:assert/strict';
import {
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { JournalDatabase } from '../../../src/journal/database.ts';
import { JournalError, type JournalProblem } from '../../../src/journal/problem.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { demandRuntime } from '../../../src/journal/runtime.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { initial, keystroke, lf, typedOrigin, Workroom } from '../../support/workroom.ts';

const problemOf = (act: () => unknown): JournalProblem | undefined => {
  try {
    act();
  } catch (error) {
    if (error instanceof JournalError) return error.problem;
    throw error;
  }
  return undefined;
};

describe('a fault of the world', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
  });
  afterEach(() => room.clear());

  /** A writer with one open text, into which words are typed at the start. */
  const typing = async () => {
    const writer = await room.writer();
    const problems: string[] = [];
    writer.onProblem(({ code }) => problems.push(code));
    const request = { tracker: 1, text: '', format: lf, origin: typedOrigin, observation: { by: 'open' } } as const;
    const { document } = await writer.openDocument(request);
    let version = 0;
    const type = (word: string) =>
      writer.append(
        ...keystroke({ document, tracker: 1, version: ++version, first: writer.serials(word.length) }, 0, word),
      );
    return { writer, problems, type, document };
  };

  const leftText = () => room.read(reader => reader.replay().documents.get(1)?.left?.text.toString());

  /** Overwrites the pages that hold events, as a bad disk would. */
  const damage = async (file: string): Promise<void> => {
    const database = new Database(file);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    const descriptor = openSync(file, 'r+');
    for (let at = 4096; at < statSync(file).size; at += 4096)
      writeSync(descriptor, Buffer.alloc(4096, 0xab), 0, 4096, at);
  };

  it('too old a runtime is named before SQLite is loaded', () => {
    assert.equal(problemOf(() => demandRuntime('9'))?.code, 'runtime');
    assert.equal(problemOf(() => demandRuntime(undefined))?.code, 'runtime');
    assert.equal(
      problemOf(() => demandRuntime('10')),
      undefined,
    );
  });

  it('a data folder that cannot be made is one clear problem', async () => {
    writeFileSync(room.home, 'a file stands where the folder should be');
    await assert.rejects(room.writer(), (error: JournalError) => error.problem.code === 'readonly');
  });

  it('a damaged journal is set aside as it is, and recording goes on in one that names it', async () => {
    const before = room.consent();
    room.write('a.md', 'one');
    const first = await room.writer();
    await first.baseline(['a.md'], initial, 'baseline');
    await first.close();
    await damage(before.file);
    const bytes = readFileSync(before.file);
    const writer: JournalWriter = await room.writer();
    const problems: string[] = [];
    writer.onProblem(({ code }) => problems.push(code));
    assert.notEqual(writer.journal, before.journal);
    assert.equal(writer.work, before.work);
    assert.match(writer.follows ?? '', /^[0-9a-f]{64}$/);
    await writer.flush();
    assert.deepEqual(problems, ['corrupt']);
    assert.ok(readFileSync(before.file).equals(bytes));
    room.read(reader => assert.equal(reader.id, writer.journal));
  });

  for (const [name, harm] of [
    ['cut off', (file: string) => truncateSync(file, 5000)],
    [
      'of another kind',
      (file: string) => writeFileSync(file, 'not a database, but a text that is long enough to be read'),
    ],
    ['gone', (file: string) => rmSync(file)],
  ] as const) {
    it(`a journal that is ${name} is followed by another`, async () => {
      const before = room.consent();
      harm(before.file);
      const writer = await room.writer();
      assert.notEqual(writer.journal, before.journal);
      assert.equal(typeof writer.follows, 'string');
    });
  }

  it('a damaged journal is named by its reader', async () => {
    const { file } = room.consent();
    await damage(file);
    assert.equal(problemOf(() => openJournal(file))?.code, 'corrupt');
    assert.equal(problemOf(() => openJournal(`${file}.none`))?.code, 'missing');
  });

  it('a lost or damaged catalogue is made again from the journals', () => {
    const { journal } = room.consent();
    const file = join(room.home, 'catalogue.sqlite');
    for (const harm of [() => rmSync(file), () => writeFileSync(file, 'x'.repeat(5000))]) {
      for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
      harm();
      assert.equal(room.catalogue(catalogue => catalogue.find(room.folder))?.journal, journal);
    }
  });

  it('a catalogue that is made again has one journal for a folder: the one that goes on', async () => {
    const before = room.consent();
    const next = room.catalogue(catalogue => catalogue.setAside(before.journal, '', 'test'));
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(room.home, `catalogue.sqlite${suffix}`), { force: true });
    room.catalogue(catalogue => {
      assert.deepEqual(
        catalogue.list().map(one => one.journal),
        [next.journal],
      );
      catalogue.enter(before.journal);
      assert.equal(catalogue.find(room.folder)?.journal, next.journal);
    });
  });

  it('a file that is held too long only makes acts wait', async () => {
    const { file } = room.consent();
    const { writer, problems, type } = await typing();
    const holder = new Database(file);
    holder.exec('BEGIN IMMEDIATE');
    type('waits ');
    const told = new Promise(resolve => writer.onProblem(resolve));
    await told;
    type('still ');
    holder.exec('ROLLBACK');
    holder.close();
    await writer.flush();
    await writer.close();
    assert.deepEqual([problems, leftText()], [['locked'], 'still waits ']);
  });

  it('a newer Holograph beside this one: acts are spooled and claimed later', async () => {
    const { file } = room.consent();
    const { writer, problems, type } = await typing();
    type('seen ');
    await writer.flush();
    const newer = new Database(file);
    newer.exec('UPDATE head SET format = 2; PRAGMA user_version = 2');
    type('spooled ');
    await assert.rejects(writer.flush(), (error: JournalError) => error.problem.code === 'newer');
    assert.equal(problemOf(() => openJournal(file))?.code, 'newer');
    type('and more ');
    await writer.close().catch(error => assert.equal((error as JournalError).problem.code, 'newer'));
    assert.deepEqual([...new Set(problems)].sort(), ['newer', 'spooled']);
    newer.exec('UPDATE head SET format = 1; PRAGMA user_version = 1');
    newer.close();
    await (await room.writer()).close();
    assert.equal(leftText(), 'and more spooled seen ');
    assert.deepEqual(readdirSync(join(dirname(file), 'spool')), []);
    room.read(reader => assert.deepEqual(reader.verify().wrong, []));
  });

  it('a full file takes nothing, and everything later', async () => {
    const { file } = room.consent();
    const database = JournalDatabase.open(file);
    const pages = database.connection.pragma('page_count', { simple: true });
    database.connection.pragma(`max_page_count = ${pages}`);
    const fill = () =>
      database.transaction(() =>
        database.connection.exec('INSERT INTO segment VALUES (9, zeroblob(100000), zeroblob(32))'),
      );
    assert.equal(problemOf(fill)?.code, 'full');
    database.connection.pragma('max_page_count = 100000');
    fill();
    database.close();
  });

  it('a read-only copy can be read', async () => {
    const { file } = room.consent();
    const copy = join(room.home, 'copy.sqlite');
    const database = new Database(file);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    copyFileSync(file, copy);
    const reader = openJournal(copy);
    assert.equal(reader.size, 2);
    reader.close();
  });
});
