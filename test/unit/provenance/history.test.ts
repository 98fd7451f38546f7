import assert from 'node:assert/strict';
import fc from 'fast-check';
import { History } from '../../../src/provenance/history.ts';
import { ChangeSet } from '../../../src/text/change.ts';
import { histories, play, type Step } from '../../support/histories.ts';
import { Oracle } from '../../support/oracle.ts';

/** Pushes the step as it was matched, or else as it was played. */
function push(history: History, { changes, before }: Pick<Step, 'changes' | 'before'>, undo = false): void {
  const removed = changes.map(({ from, to }) => ({ text: before.text.slice(from, to), spans: before.spans(from, to) }));
  history.push({ changes, removed, undo });
}

/** Every letter different, so that no two states look alike without being the same. */
const distinct = fc.array(fc.nat(8), { maxLength: 6 }).map(parts => parts.map(() => '•').join(''));

describe('History', () => {
  it('law: undo and redo to any depth, merged or not, give back the very serials', () => {
    fc.assert(
      fc.property(histories(distinct, 40), acts => {
        const history = new History();
        let next = 0x4e00;
        // Only copies repeat a letter; they repeat its serial too.
        const fresh = (text: string) => [...text].map(() => String.fromCharCode(next++)).join('');
        for (const step of play(
          fresh('•••••'),
          acts.map(act => ({ ...act, text: fresh(act.text) })),
        )) {
          let { changes } = step;
          if (step.reason !== undefined && !step.changeSet.isEmpty) {
            const matched = history.match(step.changeSet, step.reason);
            assert.ok(matched, `${step.reason} of ${step.changeSet}`);
            changes = matched;
          }
          const now = step.before.clone();
          now.apply(changes, step.fresh, step.placed);
          assert.deepEqual([now.text, now.spans()], [step.after.text, step.after.spans()]);
          push(history, { changes, before: step.before });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('law: among states that look alike, what it gives is one that stood before, letter for letter', () => {
    const few = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 3 });
    fc.assert(
      fc.property(histories(few), acts => {
        const history = new History();
        const pool = new Map<string, Set<string>>();
        const see = (state: Oracle) => pool.set(state.text, (pool.get(state.text) ?? new Set()).add(key(state)));
        let now = Oracle.of('ab');
        see(now);
        for (const { changeSet, changes, reason, fresh, placed } of play('ab', acts)) {
          const matched = reason && history.match(changeSet, reason);
          const before = now;
          now = before.clone();
          // Copies are played from the oracle's own states: here they count as new text.
          now.apply(matched ?? changes, fresh, placed);
          if (reason && matched) assert.ok(pool.get(now.text)?.has(key(now)), `no such state: ${now.text}`);
          see(now);
          push(history, { changes: matched ?? changes, before });
        }
      }),
      { numRuns: 500 },
    );
  });

  const step = (from: number, to: number, insert: string, serial: number) => ({
    from,
    to,
    insert,
    spans: insert === '' ? [] : [{ length: insert.length, serial }],
  });

  it('finds a step whose undo is told with ends that stay the same, if the text can be read', () => {
    const history = new History();
    const before = Oracle.of('one two three');
    push(history, { changes: [step(4, 7, '2', 50)], before });
    const whole = ChangeSet.of(11, [{ from: 0, to: 11, insert: 'one two three' }]);
    assert.equal(history.match(whole, 'undo'), undefined);
    assert.deepEqual(history.match(whole, 'undo', 'one 2 three'), [
      { from: 4, to: 5, insert: 'two', spans: [{ length: 3, serial: 4 }] },
    ]);
  });

  it('finds a step whose undo is told of the like text beside it, if the text can be read', () => {
    const history = new History();
    push(history, { changes: [step(2, 2, 'ab', 50)], before: Oracle.of('ab') });
    const undo = ChangeSet.of(4, [{ from: 0, to: 2, insert: '' }]);
    assert.equal(history.match(undo, 'undo'), undefined);
    assert.deepEqual(history.match(undo, 'undo', 'abab'), [{ from: 2, to: 4, insert: '', spans: [] }]);
  });

  it('prefers the run of steps that an undo equals to the letter', () => {
    const history = new History();
    const state = Oracle.of('a', 1);
    for (const change of [step(0, 1, '', 0), step(0, 0, 'a', 2), step(1, 1, 'b', 3)]) {
      push(history, { changes: [change], before: state.clone() });
      state.apply([change], { first: 0, count: 99 }, 0);
    }
    const serials = (from: number, insert: string) =>
      history.match(ChangeSet.of(2, [{ from, to: 2, insert }]), 'undo', 'ab')?.[0]?.spans;
    assert.deepEqual(serials(1, ''), []);
    assert.deepEqual(serials(0, 'a'), [{ length: 1, serial: 1 }]);
  });

  it('finds a redo behind an undo that changed nothing', () => {
    const history = new History();
    const key = [step(0, 0, 'a', 5)];
    push(history, { changes: [], before: Oracle.of('') });
    push(history, { changes: key, before: Oracle.of('') });
    const undone = history.match(ChangeSet.of(1, [{ from: 0, to: 1, insert: '' }]), 'undo')!;
    push(history, { changes: undone, before: Oracle.of('a', 5) });
    push(history, { changes: [], before: Oracle.of('') });
    assert.deepEqual(history.match(ChangeSet.of(0, [{ from: 0, to: 0, insert: 'a' }]), 'redo'), key);
  });

  it('finds a redo where undone runs of two lengths leave the same text', () => {
    const history = new History();
    const state = Oracle.of('');
    // `ab` and `c` are typed, all is taken out again; an undo brings back what stood before the `c`.
    const typed = [step(0, 0, 'a', 1), step(1, 1, 'b', 2), step(2, 2, 'c', 3)];
    for (const change of [...typed, step(2, 3, '', 0), step(1, 2, '', 0), step(0, 1, '', 0)]) {
      push(history, { changes: [change], before: state.clone() });
      state.apply([change], { first: 0, count: 99 }, 0);
    }
    const undone = history.match(ChangeSet.of(0, [{ from: 0, to: 0, insert: 'ab' }]), 'undo')!;
    push(history, { changes: undone, before: state.clone() });
    assert.deepEqual(history.match(ChangeSet.of(2, [{ from: 2, to: 2, insert: 'c' }]), 'redo'), [typed[2]]);
  });

  it('gives nothing for an undo of what it has not seen, and can redo that undo', () => {
    const history = new History();
    const before = Oracle.of('abc', 7);
    const undo = ChangeSet.of(3, [{ from: 1, to: 2, insert: 'XY' }]);
    assert.equal(history.match(undo, 'undo'), undefined);
    push(history, { changes: [step(1, 2, 'XY', 90)], before }, true);
    assert.deepEqual(history.match(ChangeSet.of(4, [{ from: 1, to: 3, insert: 'b' }]), 'redo'), [
      { from: 1, to: 3, insert: 'b', spans: [{ length: 1, serial: 8 }] },
    ]);
  });

  it('gives nothing for the like of what was just undone, which only an older undo can bring', () => {
    const history = new History();
    const key = [step(0, 0, 'a', 5)];
    push(history, { changes: key, before: Oracle.of('') });
    push(history, {
      changes: history.match(ChangeSet.of(1, [{ from: 0, to: 1, insert: '' }]), 'undo')!,
      before: Oracle.of('a', 5),
    });
    const older = ChangeSet.of(0, [{ from: 0, to: 0, insert: 'a' }]);
    assert.equal(history.match(older, 'undo'), undefined);
    assert.deepEqual(history.match(older, 'redo'), key);
  });

  it('gives nothing for an older undo of the like of what one before it took out', () => {
    const history = new History();
    push(history, { changes: [step(0, 1, '', 0)], before: Oracle.of('a', 5) }, true);
    const back = ChangeSet.of(0, [{ from: 0, to: 0, insert: 'a' }]);
    assert.equal(history.match(back, 'undo'), undefined);
    assert.deepEqual(history.match(back, 'redo')?.[0]?.spans, [{ length: 1, serial: 5 }]);
  });

  it('forgets the oldest first, by steps and by characters', () => {
    for (const limits of [
      { steps: 3, characters: 1e9 },
      { steps: 1e9, characters: 6 },
    ]) {
      const history = new History(limits);
      const state = Oracle.of('');
      for (let i = 0; i < 10; i++) {
        const changes = [step(2 * i, 2 * i, 'ab', 2 * i)];
        push(history, { changes, before: state });
        state.apply(changes, { first: 0, count: 99 }, 0);
      }
      const back = (n: number) => ChangeSet.of(20, [{ from: 20 - 2 * n, to: 20, insert: '' }]);
      assert.ok(history.match(back(3), 'undo'));
      assert.equal(history.match(back(4), 'undo'), undefined);
    }
  });
});

function key(state: Oracle): string {
  return JSON.stringify(state.spans());
}
