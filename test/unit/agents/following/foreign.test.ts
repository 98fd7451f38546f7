import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aider } from '../../../../src/agents/tools/aider.ts';
import { cleanFolders } from '../transcript.ts';
import { Watching } from './watching.ts';

describe("aider's history", () => {
  let room: Watching;
  let history: string;
  const since = Date.UTC(2026, 0, 1);

  beforeEach(() => {
    room = new Watching();
    history = join(room.work, '.aider.chat.history.md');
    git('init', '-q');
  });
  afterEach(() => room.dispose());
  after(cleanFolders);

  it('that git has is text and no prompts: another person may have written it; the report says that it is left out', async () => {
    writeFileSync(history, session('2026-03-01 10:00:00', 'theirs'));
    git('add', '.');
    const watch = follow();
    await watch.read();
    appendFileSync(history, '\n#### pulled  \n\nYes.\n');
    await watch.read();
    assert.deepEqual(room.take(), ['!.aider.chat.history.md:0']);
  });

  it('that git has no more is its own from there on, in a later session too', async () => {
    const remember = join(room.home, 'agents.json');
    writeFileSync(history, session('2026-03-01 10:00:00', 'theirs'));
    git('add', '.');
    const watch = follow(remember);
    await watch.read();
    git('rm', '-q', '--cached', '.aider.chat.history.md');
    appendFileSync(history, session('2026-03-02 10:00:00', 'own'));
    await watch.read();
    watch.dispose();
    const next = follow(remember);
    await next.read();
    assert.deepEqual(room.take(), ['!.aider.chat.history.md:0', 'own', 'own']);
  });

  it('that stood in the folder when recording began is from before; what is asked then counts', async () => {
    writeFileSync(history, session('2026-03-01 10:00:00', 'before'));
    const began = Date.now();
    const watch = follow(undefined, began);
    await watch.read();
    appendFileSync(history, '\n#### after  \n\nYes.\n');
    // The clock of a disk's times may be a few milliseconds behind.
    utimesSync(history, new Date(began + 1000), new Date(began + 1000));
    await watch.read();
    assert.deepEqual(room.take(), ['after']);
  });

  function follow(remember?: string, from = since) {
    const kept = remember === undefined ? {} : { remember };
    return room.follow({ agents: [aider], since: from, ...kept });
  }

  function git(...args: readonly string[]): void {
    execFileSync('git', args, { cwd: room.work });
  }
});

function session(time: string, text: string): string {
  return `\n# aider chat started at ${time}\n\n#### ${text}  \n\nYes.\n`;
}
