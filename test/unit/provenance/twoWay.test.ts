import assert from 'node:assert/strict';
import fc from 'fast-check';
import { composeTwoWay, inverse, type TwoWayChange } from '../../../src/provenance/twoWay.ts';
import { texts } from '../../support/arbitraries.ts';
import { histories, play, type Step } from '../../support/histories.ts';

function twoWay({ changes, before }: Step): TwoWayChange[] {
  return changes.map(change => {
    const text = before.text.slice(change.from, change.to);
    return { ...change, removed: { text, spans: before.spans(change.from, change.to) } };
  });
}

describe('two-way changes', () => {
  it('law: a history composed leads from its first state to its last, and its inverse back', () => {
    fc.assert(
      fc.property(texts, histories(texts, 8), (start, acts) => {
        const steps = play(start, acts);
        if (steps.length === 0) return;
        const whole = steps.map(twoWay).reduce(composeTwoWay);
        const [first, last] = [steps[0]!.before, steps.at(-1)!.after];
        for (const [changes, from, to] of [
          [whole, first, last],
          [inverse(whole), last, first],
        ] as const) {
          const state = from.clone();
          state.apply(changes, { first: 0, count: 0 }, 0);
          assert.deepEqual([state.text, state.spans()], [to.text, to.spans()]);
        }
        assert.deepEqual(inverse(inverse(whole)), whole);
      }),
      { numRuns: 300 },
    );
  });
});
