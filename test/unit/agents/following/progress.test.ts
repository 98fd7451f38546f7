import assert from 'node:assert/strict';
import { Progress } from '../../../../src/agents/following/progress.ts';

describe('what a thread is reading', () => {
  let thread: Progress;
  let outside: Progress;
  beforeEach(() => {
    thread = new Progress();
    outside = new Progress(thread.memory);
  });

  it('is known outside by its name, until it is done', () => {
    assert.deepEqual([outside.record, outside.standing], [undefined, undefined]);
    thread.begin('codex /home/я/rollout-1.jsonl');
    assert.equal(outside.record, 'codex /home/я/rollout-1.jsonl');
    thread.rest();
    assert.deepEqual([outside.record, outside.standing], [undefined, undefined]);
  });

  it('stands still where there is no step, for so long as it does not wait for another', async () => {
    thread.begin('a');
    const before = outside.standing;
    assert.ok(before !== undefined);
    assert.equal(outside.standing, before);
    thread.step();
    assert.notEqual(outside.standing, before);
    const answer = Promise.withResolvers<string>();
    const answered = thread.waiting(answer.promise);
    assert.equal(outside.standing, undefined);
    answer.resolve('yes');
    assert.equal(await answered, 'yes');
    assert.ok(outside.standing !== undefined);
  });

  it('lives by its beats for half an hour, and no longer', () => {
    thread.begin('a');
    for (let beat = 0; beat < 1800; beat++) {
      const before = outside.standing;
      thread.beat();
      assert.notEqual(outside.standing, before);
    }
    const last = outside.standing;
    thread.beat();
    assert.equal(outside.standing, last);
  });

  it('has no name that is too long to be kept', () => {
    thread.begin('a'.repeat(20_000));
    assert.deepEqual([outside.record, outside.standing], [undefined, undefined]);
  });
});
