import assert from 'node:assert/strict';
import { Turns } from '../../../src/ui/turns.ts';

/** Keeps the thread for a millisecond. */
function work(): void {
  for (const end = performance.now() + 1; performance.now() < end; );
}

describe('turns', () => {
  it('does short work at once', () => {
    let [steps, done] = [0, false];
    new Turns().begin(
      () => ++steps < 3,
      () => {
        done = true;
      },
    );
    assert.deepEqual([steps, done], [3, true]);
  });

  it('lets others have their turn in between, and comes to its end', async () => {
    let [steps, others, done] = [0, 0, false];
    const other = setInterval(() => others++, 1);
    await new Promise<void>(resolve => {
      const step = () => {
        work();
        return ++steps < 40;
      };
      new Turns().begin(step, () => {
        done = true;
        resolve();
      });
      assert.ok(steps < 40 && !done, 'all in one go');
    });
    clearInterval(other);
    assert.equal(steps, 40);
    assert.ok(others >= 3, `${others} turns of others`);
  });

  it('drops what was under way when it begins anew or is stopped', async () => {
    const done: string[] = [];
    const turns = new Turns();
    let left = 20;
    turns.begin(
      () => {
        work();
        return true;
      },
      () => done.push('first'),
    );
    await new Promise<void>(resolve => {
      const step = () => {
        work();
        return --left > 0;
      };
      turns.begin(step, () => {
        done.push('second');
        resolve();
      });
    });
    let stopped = 0;
    turns.begin(
      () => {
        work();
        stopped++;
        return true;
      },
      () => done.push('third'),
    );
    turns.dispose();
    const then = stopped;
    await new Promise(resolve => setImmediate(() => setImmediate(resolve)));
    assert.deepEqual([done, stopped], [['second'], then]);
  });
});
