import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { bounded, type Look, type Tables, ToolDatabase } from '../../../../src/agents/reading/sqlite.ts';

describe("another tool's database", () => {
  let folder: string;
  let file: string;
  let owner: Database.Database;
  const names = (): string[] => readdirSync(folder).sort();
  const all = (tables: Tables): unknown[] => {
    const seen: unknown[] = [];
    tables.each('SELECT a FROM t ORDER BY rowid', [], ({ a }) => void seen.push(a));
    return seen;
  };
  const look = (): Promise<Look<unknown[]>> => new ToolDatabase(file).look(all);

  function made(mode: 'WAL' | 'DELETE', rows = 3): void {
    owner = new Database(file);
    owner.pragma(`journal_mode = ${mode}`);
    owner.exec('CREATE TABLE t(a); CREATE VIEW v AS SELECT a FROM t; PRAGMA user_version = 13');
    const insert = owner.prepare('INSERT INTO t VALUES (?)');
    owner.transaction(() => {
      for (let row = 1; row <= rows; row++) insert.run(row);
    })();
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holograph-sqlite-'));
    file = join(folder, 'tool.db');
  });
  afterEach(() => {
    owner?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is read while its owner writes, what was just committed too', async () => {
    made('WAL');
    owner.exec('BEGIN IMMEDIATE; INSERT INTO t VALUES (4)');
    assert.deepEqual(await look(), { state: 'read', value: [1, 2, 3] });
    owner.exec('COMMIT');
    assert.deepEqual(await look(), { state: 'read', value: [1, 2, 3, 4] });
  });

  it('gets no file beside it when its owner has closed it', async () => {
    made('WAL');
    owner.close();
    const bytes = readFileSync(file);
    assert.deepEqual(await look(), { state: 'read', value: [1, 2, 3] });
    assert.deepEqual(names(), ['tool.db']);
    assert.deepEqual(readFileSync(file), bytes);
  });

  it('is read with the log that an ended owner left', async () => {
    made('WAL');
    for (const name of ['tool.db', 'tool.db-wal']) copyFileSync(join(folder, name), join(folder, `left-${name}`));
    file = join(folder, 'left-tool.db');
    assert.deepEqual(await look(), { state: 'read', value: [1, 2, 3] });
  });

  it('without a log leaves the owner free to write between and after looks', async () => {
    made('DELETE');
    assert.deepEqual(await look(), { state: 'read', value: [1, 2, 3] });
    owner.exec('INSERT INTO t VALUES (4)');
    assert.deepEqual(await look(), { state: 'read', value: [1, 2, 3, 4] });
  });

  it('without a log is read as it was while its owner makes a commit', async () => {
    made('DELETE');
    owner.exec('BEGIN EXCLUSIVE');
    assert.deepEqual(await look(), { state: 'read', value: [1, 2, 3] });
  });

  it('is waited for while it is locked', async () => {
    made('DELETE');
    owner.exec('BEGIN EXCLUSIVE; INSERT INTO t VALUES (4)');
    const waiting = look();
    setTimeout(() => owner.exec('COMMIT'), 120);
    assert.deepEqual(await waiting, { state: 'read', value: [1, 2, 3, 4] });
  });

  it('that stays locked is a problem', async () => {
    made('DELETE');
    owner.exec('BEGIN EXCLUSIVE; INSERT INTO t VALUES (4)');
    assert.deepEqual(await look(), { state: 'problem', message: 'SQLITE_BUSY' });
  });

  it('that is not there is missing', async () => {
    assert.deepEqual(await look(), { state: 'missing' });
    assert.deepEqual(names(), []);
  });

  it('that is none, is cut or lacks the table is a problem', async () => {
    writeFileSync(file, 'no database at all, but long enough to be taken for a header of one: '.repeat(20));
    assert.deepEqual(await look(), { state: 'problem', message: 'SQLITE_NOTADB' });
    rmSync(file);
    made('DELETE', 5000);
    owner.close();
    truncateSync(file, 9000);
    const cut = await look();
    assert.ok(cut.state === 'problem' && /^SQLITE_(CORRUPT|IOERR)/.test(cut.message), JSON.stringify(cut));
    writeFileSync(file, '');
    assert.deepEqual(await look(), { state: 'problem', message: 'SQLITE_ERROR' });
  });

  it('is visited in pages from a mark', async () => {
    made('WAL', 2500);
    const database = new ToolDatabase(file);
    let mark = 0;
    const pages: string[] = [];
    for (let more = true; more; ) {
      const page = await database.look(tables =>
        tables.each('SELECT rowid AS mark FROM t WHERE rowid > ? ORDER BY rowid', [mark], row => {
          mark = Number(row.mark);
          return mark === 1200 ? 'stop' : undefined;
        }),
      );
      assert.ok(page.state === 'read');
      pages.push(`${page.value} ${mark}`);
      more = page.value === 'more';
    }
    assert.deepEqual(pages, ['more 1000', 'more 1200', 'more 2200', 'end 2500']);
  });

  it('takes nothing for a table that computes what is read from it', async () => {
    made('WAL');
    owner.exec('CREATE VIRTUAL TABLE w USING fts5(a); CREATE TABLE x(a, b AS (hex(zeroblob(100000000))))');
    const told = await new ToolDatabase(file).look(tables => [
      tables.has('w', 'a'),
      tables.has('x', 'a'),
      tables.has('x', 'a', 'b'),
    ]);
    assert.deepEqual(told, { state: 'read', value: [false, true, false] });
  });

  it('tells its version, its tables and columns; a view is no table', async () => {
    made('WAL');
    const told = await new ToolDatabase(file).look(tables => [
      tables.version,
      tables.has('t', 'a'),
      tables.has('t', 'a', 'b'),
      tables.has('v', 'a'),
      tables.has('u'),
      tables.row('SELECT count(*) AS n FROM t')?.n,
    ]);
    assert.deepEqual(told, { state: 'read', value: [13, true, false, false, false, 3] });
  });

  it('does not give what is too long', async () => {
    made('WAL');
    owner.exec(`INSERT INTO t VALUES (zeroblob(${64 * 1024 * 1024 + 1}))`);
    const read = await new ToolDatabase(file).look(tables =>
      tables.row(`SELECT ${bounded('a')} AS a, octet_length(a) AS size FROM t WHERE rowid = 4`),
    );
    assert.deepEqual(read, { state: 'read', value: { a: null, size: 64 * 1024 * 1024 + 1 } });
  });

  it("a reader's own error is thrown on", async () => {
    made('WAL');
    const failing = (): never => {
      throw new RangeError('of the reader');
    };
    await assert.rejects(new ToolDatabase(file).look(failing), RangeError);
  });
});
