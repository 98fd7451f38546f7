import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ImportDocument } from '../../../src/cli/importFound.ts';
import { run } from '../../../src/cli/run.ts';
import { journalFile } from '../../../src/journal/home.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { Line } from '../agents/line.ts';
import { cleanFolders, Transcript } from '../agents/transcript.ts';

/** More than one transaction takes. */
const asked = 1200;

describe('an import that is broken off', () => {
  after(cleanFolders);

  it('leaves the journal whole, and goes on where it was when it is done again', async () => {
    const line = await Line.open('One.\n');
    const work = dirname(line.file);
    const home = join(line.home, 'holograph');
    const talk = new Transcript(join(line.home, 'old', 'talk.jsonl'), { cwd: work, time: Date.now() });
    const own = Array.from({ length: asked }, (_, n) => n);
    const entry = (n: number, type: string, message: object) =>
      JSON.stringify({
        type,
        message,
        uuid: `${type}${n}`,
        sessionId: 's',
        cwd: work,
        timestamp: '2026-01-02T10:00:00Z',
      });
    for (const n of own) {
      const content = [{ type: 'text', text: `Answer ${n}` }];
      const said = [
        entry(n, 'user', { role: 'user', content: `Ask ${n}` }),
        entry(n, 'assistant', { model: 'm', content }),
      ];
      talk.raw(`${said.join('\n')}\n`);
    }
    await line.records();
    const file = journalFile(home, await journalOf(work, home));
    const before = sizeOf(file);
    const env = { ...process.env, HOLOGRAPH_HOME: home, HOME: line.home };
    const script = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
    const child = spawn(process.execPath, [script, 'import', 'claude-code', talk.file], {
      env,
      cwd: work,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    while (child.exitCode === null && sizeOf(file) === before) await pause(25);
    child.kill('SIGINT');
    await ended;
    const { taken } = await imported(work, home, talk.file);
    assert.ok(taken!.known > 0);
    assert.equal(taken!.known + taken!.prompts + taken!.answers, 2 * asked);
    assert.equal((await line.records()).length, 2 * asked);
    await line.close();
    const out: string[] = [];
    const stream = { write: (text: string) => out.push(text) };
    const io = { stdout: stream, stderr: stream, env: { HOLOGRAPH_HOME: home, LANG: 'C' }, cwd: work };
    assert.equal(await run(['verify', file], io), 0, out.join(''));
  });

  async function imported(cwd: string, home: string, file: string): Promise<ImportDocument> {
    return JSON.parse(await said(cwd, home, 'import', 'claude-code', file, '--json')) as ImportDocument;
  }

  async function journalOf(cwd: string, home: string): Promise<string> {
    return (JSON.parse(await said(cwd, home, 'status', '--json')) as { journals: { journal: string }[] }).journals[0]!
      .journal;
  }

  async function said(cwd: string, home: string, ...argv: string[]): Promise<string> {
    const out: string[] = [];
    const env = { HOLOGRAPH_HOME: home, HOME: cwd, LANG: 'C' };
    await run(argv, { stdout: { write: text => out.push(text) }, stderr: { write: () => true }, env, cwd });
    return out.join('');
  }

  function sizeOf(file: string): number {
    const reader = openJournal(file);
    try {
      return reader.size;
    } finally {
      reader.close();
    }
  }
});
