import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { createServer } from 'node:net';
import type { StatusDocument } from '../../../src/cli/status.ts';
import { Recorded } from './recorded.ts';

describe('the command line, where the world is not as it should be', () => {
  it('waits for no pipe, and reads no socket', async function () {
    if (process.platform === 'win32') this.skip();
    const other = await Recorded.novel();
    execFileSync('mkfifo', [other.path('pipe')]);
    const socket = createServer();
    await new Promise<void>(resolve => socket.listen(other.path('socket'), resolve));
    try {
      for (const [argv, line] of [
        [['spans', 'pipe'], /pipe is no ordinary file but a pipe, a device or a socket/],
        [['verify', 'pipe'], /pipe is no ordinary file/],
        [['verify', 'socket', '--language', 'ru'], /socket — не обычный файл/],
        [['verify', 'ch1.md', '--since', 'pipe'], /pipe is no ordinary file/],
        [['report', '--with', 'pipe'], /pipe is no ordinary file/],
        [['report', '--with', 'socket'], /socket is no ordinary file/],
        [['backup', 'pipe'], /pipe (?:stands|is)|another file/i],
        [['restore', 'pipe', '--language', 'kk'], /pipe — кәдімгі файл емес/],
      ] as const) {
        const { code, out, err } = await other.run(...argv);
        assert.deepEqual([code, out], [2, '']);
        assert.match(err, /^holograph: [^\n]+\n$/);
        assert.match(err, line);
      }
    } finally {
      socket.close();
      other.remove();
    }
  });

  it('status: of a folder that is gone nothing is recorded; where it lists others it says so', async () => {
    const gone = await Recorded.novel();
    const there = await gone.json<StatusDocument>('status');
    assert.equal(there.journals[0]?.gone, undefined);
    assert.doesNotMatch((await gone.run('status')).out, /not recorded/);
    assert.match(
      (await gone.run('status', '--folder', '..')).out,
      /^\S+ is not recorded\. Recorded on this machine:\n/,
    );
    assert.equal((await gone.run('status', '..')).code, 2);
    renameSync(gone.folder, `${gone.folder}.elsewhere`);
    const { journals } = await gone.json<StatusDocument>('status');
    assert.deepEqual(
      journals.map(({ sizes: _, ...rest }) => rest),
      there.journals.map(({ sizes: _, ...rest }) => ({ ...rest, gone: true })),
    );
    for (const [language, words] of [
      ['en', 'Novel: the folder is not there'],
      ['ru', 'Novel: папки нет на месте'],
      ['kk', 'Novel: қалта орнында жоқ'],
    ] as const) {
      const { out, code } = await gone.run('status', '--language', language);
      assert.deepEqual([code, out.includes(words), /: recording/.test(out)], [0, true, false]);
    }
    gone.remove();
  });
});
