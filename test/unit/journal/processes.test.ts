import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mayRun, thisProcess } from '../../../src/journal/processes.ts';
import type { WriterOptions } from '../../../src/journal/writer.ts';
import { keystroke, lf, typedOrigin, Workroom } from '../../support/workroom.ts';

const typist = fileURLToPath(new URL('../../support/typist.ts', import.meta.url));

describe('several processes', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
  });
  afterEach(() => room.clear());

  const begin = (count: number) => spawn(process.execPath, [typist, room.home, room.folder, `${count}`]);

  /** All that a child prints until it ends. */
  const heard = async (child: ChildProcess): Promise<string[]> => {
    let text = '';
    child.stdout?.on('data', data => {
      text += data;
    });
    child.stderr?.on('data', data => {
      text += data;
    });
    await once(child, 'close');
    return text.trim().split('\n');
  };

  it('append to one journal at once: nothing is lost, nothing stands twice, all verifies', async () => {
    const ends = await Promise.all([heard(begin(600)), heard(begin(600))]);
    assert.deepEqual(
      ends.map(lines => lines.find(line => line.startsWith('done'))),
      ['done 600', 'done 600'],
    );
    room.read(reader => {
      assert.deepEqual(reader.verify().wrong, []);
      const texts = [...reader.replay().documents.values()].map(document => document.left?.text.toString());
      assert.deepEqual(texts, ['x'.repeat(600), 'x'.repeat(600)]);
    });
  });

  it('killed at any moment have lost nothing that was committed, and the next one says that they crashed', async () => {
    const child = begin(100_000);
    const lines = heard(child);
    await once(child.stdout, 'data');
    await new Promise(resolve => setTimeout(resolve, 400));
    child.kill('SIGKILL');
    const blocks = (await lines).map(line => line.split(' ').map(Number));
    const [sequence = 0, count = 0] = blocks.at(-1) ?? [];
    const next = await room.writer();
    room.read(reader => {
      assert.ok(reader.size >= sequence + count);
      assert.deepEqual(reader.verify().wrong, []);
      const gap = [...reader.events()].find(event => event.kind === 'gap');
      assert.deepEqual([gap?.reason, gap?.crashed], ['crash', 1]);
      const replay = reader.replay();
      const left = replay.documents.get(1)?.left?.text.toString() ?? '';
      assert.equal(left, 'x'.repeat(left.length));
      assert.ok(left.length >= blocks.reduce((n, [, c = 0]) => n + c, 0));
      assert.equal([...replay.trackers].length, 0);
    });
    await next.close();
  });

  for (const [late, keys] of [
    [false, 'at once'],
    [true, 'at once'],
    [false, 'key by key'],
    [true, 'key by key'],
  ] as const) {
    it(`${late ? 'after' : 'before'} its worker took words, typed ${keys}, a window whose worker ends starts another; each act stands once`, async () => {
      const worker = new URL('../../support/crashingWorker.ts', import.meta.url);
      const crash = { marker: join(room.home, 'crashed'), late };
      const writer = await room.writer({ worker, crash } as Partial<WriterOptions>);
      const problems: string[] = [];
      writer.onProblem(({ code }) => problems.push(code));
      const request = { tracker: 1, text: '', format: lf, origin: typedOrigin, observation: { by: 'open' } } as const;
      const { document } = await writer.openDocument(request);
      let [version, at] = [0, 0];
      const put = (text: string) => {
        const of = { document, tracker: 1, version: ++version, first: writer.serials(text.length) };
        writer.append(...keystroke(of, at, text));
        at += text.length;
      };
      const type = (words: string) => (keys === 'at once' ? [words] : [...words]).forEach(put);
      type('one ');
      await writer.flush();
      type('two ');
      type('end here');
      await writer.flush();
      type('!');
      await writer.close();
      assert.deepEqual(problems, ['worker']);
      room.read(reader => {
        assert.equal(reader.replay().documents.get(document)?.left?.text.toString(), 'one two end here!');
        const changed = [...reader.events()].filter(({ kind }) => kind === 'changed');
        assert.equal(changed.length, version);
        assert.deepEqual(reader.verify().wrong, []);
      });
    });
  }

  it('are told from one that is gone', async () => {
    assert.ok(mayRun(thisProcess()));
    const child = spawn(process.execPath, ['-e', '']);
    const { host } = thisProcess();
    await once(child, 'close');
    assert.ok(!mayRun({ pid: child.pid ?? 0, host, began: '1' }));
    assert.ok(mayRun({ pid: 1, host: 'elsewhere', began: '' }));
  });
});
