import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asWhole } from '../../../src/journal/asWhole.ts';
import type { Span } from '../../../src/provenance/span.ts';
import { ChangeSet } from '../../../src/text/change.ts';
import { align } from '../../../src/text/diff.ts';

/** One serial a letter, as runs. */
const runs = (serials: readonly number[]): Span[] => serials.map(serial => ({ length: 1, serial }));

describe('a step to a text all of which is known', () => {
  it('law: leads to it, and leaves just what is the same character', () => {
    const letters = fc.array(fc.tuple(fc.constantFrom('ab', 'cd', ' '), fc.nat(3)), { maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, (old, now) => {
        const textOf = (all: typeof old) => all.map(([letter]) => letter).join('');
        const numbered = (all: typeof old) =>
          all.flatMap(([letter, n]) => [...letter].map((_, i) => n * 1000 + letter.charCodeAt(i)));
        const [before, after] = [textOf(old), textOf(now)];
        const [was, is] = [numbered(old), numbered(now)];
        const changes = asWhole(before, runs(was), align(before, after), runs(is));
        assert.equal(ChangeSet.of(before.length, changes).apply(before), after);
        const got: number[] = [];
        let at = 0;
        for (const { from, to, insert } of changes) {
          got.push(...was.slice(at, from));
          got.push(...is.slice(got.length, got.length + insert.length));
          at = to;
        }
        got.push(...was.slice(at));
        assert.deepEqual(got, is);
      }),
    );
  });

  it('is the step as it was where nothing else is known', () => {
    const changes = [{ from: 4, to: 7, insert: 'grey' }];
    const whole = [
      { length: 4, serial: 10 },
      { length: 4, serial: 50 },
      { length: 4, serial: 17 },
    ];
    assert.deepEqual(asWhole('the big cat', [{ length: 11, serial: 10 }], changes, whole), changes);
  });

  it('takes a word that stood elsewhere for another', () => {
    const [before, changes] = ['one two', [{ from: 0, to: 0, insert: 'two ' }]];
    const whole = [
      { length: 4, serial: 14 },
      { length: 7, serial: 10 },
    ];
    // The text that came has the first word anew, and the former `one two` behind it.
    assert.deepEqual(asWhole(before, [{ length: 7, serial: 10 }], changes, whole), changes);
    const other = [
      { length: 8, serial: 10 },
      { length: 3, serial: 90 },
    ];
    assert.deepEqual(asWhole(before, [{ length: 7, serial: 10 }], changes, other), [
      { from: 0, to: 7, insert: 'two one two' },
    ]);
  });
});
