import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { appendEvents } from '../../../src/journal/append.ts';
import { toHex } from '../../../src/journal/digest.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { Workroom } from '../../support/workroom.ts';

/** Bytes of the log's header, and of a frame: 24 and a page of 4096 (SQLite file format, 4). */
const [head, frame] = [32, 4120];

const spoolModule = new URL('../../../src/journal/spool.ts', import.meta.url).href;
const signs = fileURLToPath(new URL('../../support/signHead.ts', import.meta.url));

describe('a power cut', () => {
  let room: Workroom;
  let file: string;
  let sizes: number[];
  let log: Buffer;
  let roots: Map<number, string>;
  before(() => {
    room = new Workroom();
    file = room.consent().file;
    const holder = Journal.open(file);
    sizes = [holder.replay.size];
    for (let n = 0; n < 40; n++) {
      const id = `${n}`;
      const body = { kind: 'prompt', id, agent: 'test', conversation: 'c', asked: 1, by: 'person' } as const;
      const [last = 0] = appendEvents(file, 'test', [{ body, texts: [`words ${n}`] }]);
      sizes.push(last + 2);
    }
    roots = room.readFile(file, reader => new Map(sizes.map(size => [size, toHex(reader.root(size))])));
    log = readFileSync(`${file}-wal`);
    copyFileSync(file, `${file}.whole`);
    holder.close();
  });
  after(() => room.clear());

  /** What the disk has when the power comes back: the database, and this of its log. */
  const left = (bytes: Uint8Array): number => {
    const folder = join(room.home, 'cut');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const cut = join(folder, 'journal.sqlite');
    copyFileSync(`${file}.whole`, cut);
    writeFileSync(`${cut}-wal`, bytes);
    const journal = Journal.open(cut);
    journal.close();
    assert.ok(!existsSync(`${cut}-wal`));
    return room.readFile(cut, reader => {
      assert.deepEqual(reader.verify().wrong, []);
      assert.equal(toHex(reader.root()), roots.get(reader.size), `${reader.size} events are no commit's`);
      return reader.size;
    });
  };

  it('takes nothing away that a checkpoint covers: the disk has it before anybody else does', function () {
    const journal = join(room.home, 'synced');
    const strace = spawnSync('strace', [
      '-f',
      '-o',
      journal,
      '-e',
      'trace=fdatasync,fsync,pwrite64',
      '-y',
      process.execPath,
      signs,
      file,
    ]);
    if (strace.error !== undefined || /ptrace/i.test(strace.stderr.toString())) {
      console.log('      skipped: system calls cannot be seen here');
      this.skip();
    }
    assert.match(strace.stdout.toString(), /^kept/);
    const calls = readFileSync(journal, 'utf8')
      .split('\n')
      .filter(line => /^\d+ +\w+\(\d+<[^>]*journal\.sqlite-wal>/.test(line));
    assert.match(calls.at(-1) ?? '', /^\d+ +f(data)?sync/);
  });

  it('takes no spool file away that has its name', function () {
    const seen = join(room.home, 'seen');
    const call = `spool(${JSON.stringify(file)}, { session: 1, serial: 1, messages: [] })`;
    const program = `import { spool } from ${JSON.stringify(spoolModule)}; ${call}; process.stdout.write('kept');`;
    const traced = ['-f', '-o', seen, '-e', 'trace=fsync,fdatasync,rename', '-y', process.execPath];
    const strace = spawnSync('strace', [...traced, '--input-type=module', '-e', program]);
    if (strace.error !== undefined || /ptrace/i.test(strace.stderr.toString())) {
      console.log('      skipped: system calls cannot be seen here');
      this.skip();
    }
    assert.equal(strace.stdout.toString(), 'kept', strace.stderr.toString());
    const calls = [...readFileSync(seen, 'utf8').matchAll(/(fsync|fdatasync|rename)\(([^)\n]*spool[^)\n]*)/g)];
    const of = calls.map(([, name, path = '']) => (name === 'rename' ? name : /\.part/.test(path) ? 'file' : 'folder'));
    assert.deepEqual(of, ['file', 'rename', 'folder']);
  });

  it('with the log on the disk loses nothing', () => assert.equal(left(log), sizes.at(-1)));

  it('that cuts the log off anywhere leaves whole commits, in their order, and no other', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: log.length }), end => {
        const first = left(log.subarray(0, end));
        const more = left(log.subarray(0, Math.min(log.length, end + 3 * frame)));
        assert.ok(more >= first);
      }),
      { numRuns: 25 },
    ));

  it('after which pages of the log are missing in between leaves what was before them', () =>
    fc.assert(
      fc.property(fc.nat(Math.floor((log.length - head) / frame) - 1), fc.integer({ min: 1, max: 255 }), (n, byte) => {
        const torn = Buffer.from(log);
        torn.fill(byte, head + n * frame + 100, head + n * frame + 600);
        assert.ok(left(torn) <= left(log));
        assert.equal(left(torn), left(log.subarray(0, head + n * frame)));
      }),
      { numRuns: 15 },
    ));
});
