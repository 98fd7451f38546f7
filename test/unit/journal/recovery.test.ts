import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { appendEvents } from '../../../src/journal/append.ts';
import { toHex } from '../../../src/journal/digest.ts';
import { recover } from '../../../src/journal/recovery.ts';
import { damageBytes, damagePages } from '../../support/harm.ts';
import { Workroom } from '../../support/workroom.ts';

describe('recovery of a damaged journal', () => {
  let room: Workroom;
  let file: string;
  let roots: (size: number) => string;
  const whole = () => `${file}.whole`;
  before(() => {
    room = new Workroom();
    file = room.consent().file;
    for (let n = 0; n < 10; n++) appendEvents(file, 'test', prompts(n, 1000));
    appendEvents(file, 'test', prompts(10, 3));
    const database = new Database(file);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    copyFileSync(file, whole());
    roots = size => room.readFile(whole(), reader => toHex(reader.root(size)));
  });
  beforeEach(() => {
    for (const name of readdirSync(dirname(file)))
      if (/^(recover|journal.sqlite-)/.test(name)) rmSync(join(dirname(file), name));
    copyFileSync(whole(), file);
  });
  after(() => room.clear());

  const prompts = (batch: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      body: { kind: 'prompt', id: `${batch}-${i}`, agent: 'test', conversation: 'c', asked: 1, by: 'person' } as const,
      texts: [`words ${batch} ${i}`],
    }));
  /** Overwrites the rows of a table in place: their pages are found by what stands in them. */
  const wreck = (sql: string) => {
    const database = new Database(file);
    database.exec(sql);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
  };
  const check = (recovered: ReturnType<typeof recover>) => {
    if (recovered === undefined) return 0;
    room.readFile(recovered.file, reader => {
      assert.deepEqual(reader.verify().wrong, []);
      assert.equal(reader.size, recovered.size);
      assert.equal(toHex(reader.root()), roots(recovered.size));
    });
    return recovered.size;
  };

  it('of one that is whole is all of it', () => {
    const size = room.readFile(file, reader => reader.size);
    assert.equal(check(recover(file)), size);
  });

  it('ends before the damaged segment, and keeps what can be read behind it in a file of its own', () => {
    wreck('UPDATE segment SET bytes = zeroblob(length(bytes)) WHERE number = 1');
    const recovered = recover(file);
    assert.equal(check(recovered), 4096);
    const size = room.readFile(whole(), reader => reader.size);
    assert.equal(recovered?.beyond, size - 2 * 4096);
    const lines = readFileSync(recovered!.beyondFile!, 'utf8').trim().split('\n');
    assert.equal(JSON.parse(lines.at(-1)!).sequence, size - 1);
    if (process.platform !== 'win32') assert.equal(statSync(recovered!.file).mode & 0o777, 0o400);
  });

  it('of one whose first events are damaged keeps what can be read behind them', () => {
    wreck('UPDATE segment SET bytes = zeroblob(length(bytes)) WHERE number = 0');
    assert.equal(recover(file), undefined);
    const names = readdirSync(dirname(file)).filter(name => name.startsWith('recover'));
    assert.deepEqual(
      names.filter(name => name.startsWith('recovered')),
      ['recovered-beyond.jsonl'],
    );
    const lines = readFileSync(join(dirname(file), 'recovered-beyond.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const size = room.readFile(whole(), reader => reader.size);
    assert.deepEqual([lines.length, JSON.parse(lines[0]!).sequence], [size - 4096, 4096]);
  });

  it('ends before the first event that was changed', () => {
    wreck(
      'UPDATE tail SET bytes = (SELECT bytes FROM tail ORDER BY first LIMIT 1) WHERE first = (SELECT max(first) FROM tail)',
    );
    const last = new Database(whole(), { readonly: true });
    const first = last.prepare('SELECT max(first) FROM tail').pluck().get();
    last.close();
    assert.equal(check(recover(file)), first);
  });

  it('of one of which no page but the first is left gives nothing', () => {
    damagePages(file);
    assert.equal(recover(file), undefined);
    assert.deepEqual(
      readdirSync(dirname(file)).filter(name => name.startsWith('recover')),
      [],
    );
  });

  it('of one that was cut off gives what stands before the cut', () => {
    truncateSync(file, Math.floor(statSync(whole()).size * 0.7));
    check(recover(file));
  });

  it('of any damage verifies, is what stood there, and leaves the damaged file as it is', function () {
    this.timeout(60_000);
    const change = fc.tuple(
      fc.integer({ min: 0, max: 9999 }).map(n => (n + 0.5) / 10_000),
      fc.integer({ min: 1, max: 255 }),
    );
    let saved = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), places => {
        writeFileSync(file, readFileSync(whole()));
        for (const name of ['recovered.sqlite', 'recovered-beyond.jsonl'])
          rmSync(join(dirname(file), name), { force: true });
        damageBytes(file, places);
        const bytes = readFileSync(file);
        saved += check(recover(file));
        assert.ok(readFileSync(file).equals(bytes));
        assert.ok(!existsSync(`${file}-wal`));
      }),
      { numRuns: 4 },
    );
    assert.ok(saved > 0);
  });
});
