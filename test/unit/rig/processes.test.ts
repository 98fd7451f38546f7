import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanUp, end, launch, run, temporaryFolder } from '../../rig/processes.ts';

describe('the rig’s processes', () => {
  it('run to their end, with output and code', async () => {
    const result = await run(process.execPath, ['-e', 'console.log("out"); console.error("err"); process.exit(3)']);
    assert.equal(result.code, 3);
    assert.equal(result.stdout, 'out\n');
    assert.match(result.output, /err/);
  });

  it('are killed at their limit', async () => {
    const result = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { limit: 300 });
    assert.deepEqual([result.timedOut, result.code], [true, 1]);
  });

  it('end together with their children', async () => {
    const body = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const pid = await new Promise<number>((resolve, reject) => {
      const child = launch(process.execPath, ['-e', body], {
        onLine: line => {
          end(child).then(() => resolve(Number(line)), reject);
        },
      });
    });
    assert.ok(pid > 0);
    assert.ok(await gone(pid), `process ${pid} still runs`);
  }).timeout(10_000);

  it('leave no temporary folder', async () => {
    const folder = temporaryFolder('unit');
    assert.ok(existsSync(folder));
    await cleanUp();
    assert.ok(!existsSync(folder));
  });
});

/** Whether a process has ended, within three seconds; a dead one that nobody has waited for counts as ended. */
async function gone(pid: number): Promise<boolean> {
  for (const limit = Date.now() + 3_000; Date.now() < limit; ) {
    try {
      process.kill(pid, 0);
      const stat = join('/proc', String(pid), 'stat');
      if (existsSync(stat) && / Z /.test(readFileSync(stat, 'utf8'))) return true;
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ESRCH');
      return true;
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return false;
}
