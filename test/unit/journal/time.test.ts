import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { TimeWatch } from '../../../src/journal/timeWatch.ts';
import { preload } from '../../support/preload.ts';
import { Workroom } from '../../support/workroom.ts';

const watchTime = fileURLToPath(new URL('../../support/watchTime.ts', import.meta.url));
const idleWindow = fileURLToPath(new URL('../../support/idleWindow.ts', import.meta.url));
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describe('a break in time', () => {
  let room: Workroom;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    room = new Workroom();
  });
  afterEach(async () => {
    if (child?.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    await room.clear();
  });

  /** The next line that the child prints and that begins so. */
  const heard = async (begin: string): Promise<string> => {
    if (!child?.stdout) throw new Error('no child');
    for await (const line of createInterface({ input: child.stdout })) if (line.startsWith(begin)) return line;
    throw new Error(`it ended before it said ${begin}`);
  };

  it('is none while the process runs and the clock is right', async () => {
    const watch = new TimeWatch();
    for (let look = 0; look < 5; look++) {
      await pause(5);
      assert.deepEqual(watch.look(), []);
    }
  });

  it('in which the process stood still is told as sleep', async function () {
    if (process.platform === 'win32') this.skip();
    child = spawn(process.execPath, [watchTime]);
    await heard('looks');
    child.kill('SIGSTOP');
    await pause(2100);
    child.kill('SIGCONT');
    const seconds = Number(/^sleep (\d+) s$/.exec(await heard('sleep'))?.[1]);
    assert.ok(seconds >= 2, `${seconds}`);
  });

  it('by a clock that is set back is a gap of the journal, which goes on and verifies', async function () {
    this.timeout(60_000);
    const env = preload('clockShift');
    if (env === undefined) {
      console.log('      skipped: no library can be built and put before a process here');
      this.skip();
    }
    room.consent();
    const clock = join(room.folder, 'clock');
    writeFileSync(clock, '0');
    child = spawn(process.execPath, [idleWindow, room.home, room.folder], {
      env: { ...process.env, ...env, HOLOGRAPH_CLOCK: clock },
    });
    await heard('types');
    writeFileSync(clock, '-7200');
    let gap: JournalEvent | undefined;
    for (; gap === undefined; await pause(100)) {
      gap = room.read(reader => [...reader.events()].find(event => event.kind === 'gap' && event.reason === 'clock'));
    }
    assert.match((gap.kind === 'gap' && gap.note) || '', /^-7(199|200|201) s$/);
    room.read(reader => {
      assert.deepEqual(reader.verify().wrong, []);
      const typed = [...reader.events()].filter(event => event.kind === 'changed');
      const after = [...reader.events(gap.sequence)];
      assert.ok(after.every(event => event.time < (typed[0]?.time ?? 0)));
      const monotonic = typed.map(event => event.monotonic);
      assert.deepEqual(
        monotonic,
        monotonic.toSorted((a, b) => a - b),
      );
    });
  });
});
