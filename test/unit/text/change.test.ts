import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ChangeSet } from '../../../src/text/change.ts';
import { chains, changeSets, texts } from '../../support/arbitraries.ts';

describe('ChangeSet', () => {
  it('applies in old offsets, whatever the order given', () => {
    const set = ChangeSet.of(6, [
      { from: 4, to: 6, insert: '!' },
      { from: 0, to: 1, insert: 'AA' },
    ]);
    assert.equal(set.apply('abcdef'), 'AAbcd!');
    assert.equal(set.newLength, 6);
    assert.equal(`${set}`, '6: 0-1 "AA", 4-6 "!"');
  });

  it('is canonical: nothing empty, what touches is one, insertions at one place keep their order', () => {
    const set = ChangeSet.of(6, [
      { from: 2, to: 4, insert: 'x' },
      { from: 0, to: 2, insert: '' },
      { from: 5, to: 5, insert: '1' },
      { from: 5, to: 5, insert: '' },
      { from: 5, to: 5, insert: '2' },
    ]);
    assert.deepEqual(set.changes, [
      { from: 0, to: 4, insert: 'x' },
      { from: 5, to: 5, insert: '12' },
    ]);
    assert.ok(ChangeSet.of(3, [{ from: 1, to: 1, insert: '' }]).isEmpty);
  });

  for (const [name, changes] of [
    [
      'overlap',
      [
        { from: 0, to: 2, insert: '' },
        { from: 1, to: 3, insert: '' },
      ],
    ],
    [
      'insertion inside another',
      [
        { from: 0, to: 2, insert: '' },
        { from: 1, to: 1, insert: 'x' },
      ],
    ],
    ['end outside', [{ from: 0, to: 4, insert: '' }]],
    ['start outside', [{ from: -1, to: 0, insert: '' }]],
    ['end before start', [{ from: 2, to: 1, insert: '' }]],
  ] as const) {
    it(`refuses: ${name}`, () => assert.throws(() => ChangeSet.of(3, changes), RangeError));
  }

  it('refuses a text, a next step or an offset that does not fit', () => {
    const set = ChangeSet.of(3, [{ from: 0, to: 0, insert: 'x' }]);
    assert.throws(() => set.apply('ab'), RangeError);
    assert.throws(() => set.compose(ChangeSet.empty(3)), RangeError);
    assert.throws(() => set.invert('ab'), RangeError);
    assert.throws(() => set.map(4, 1), RangeError);
  });

  it('maps what stands at or in a change before or after what it inserts', () => {
    const set = ChangeSet.of(8, [
      { from: 2, to: 4, insert: 'xyz' },
      { from: 6, to: 6, insert: '!' },
    ]);
    const map = (side: -1 | 1) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map(offset => set.map(offset, side));
    assert.deepEqual(map(-1), [0, 1, 2, 2, 2, 6, 7, 9, 10]);
    assert.deepEqual(map(1), [0, 1, 5, 5, 5, 6, 8, 9, 10]);
  });

  it('law: a composed step does what its two steps do', () => {
    fc.assert(
      fc.property(chains(2), ({ text, steps: [a, b] }) => {
        assert.equal(a!.compose(b!).apply(text), b!.apply(a!.apply(text)));
      }),
      { numRuns: 500 },
    );
  });

  it('law: composing is associative to the letter', () => {
    fc.assert(
      fc.property(chains(3), ({ steps: [a, b, c] }) => {
        assert.deepEqual(a!.compose(b!).compose(c!).changes, a!.compose(b!.compose(c!)).changes);
      }),
      { numRuns: 500 },
    );
  });

  it('law: composing with nothing is the same object or equal', () => {
    fc.assert(
      fc.property(chains(1), ({ text, steps: [a] }) => {
        assert.equal(a!.compose(ChangeSet.empty(a!.newLength)), a);
        assert.ok(ChangeSet.empty(text.length).compose(a!).equals(a!));
      }),
    );
  });

  it('law: the inverse leads back, and inverts to the step', () => {
    fc.assert(
      fc.property(
        texts.chain(text => fc.tuple(fc.constant(text), changeSets(text.length, texts))),
        ([text, set]) => {
          const after = set.apply(text);
          const back = set.invert(text);
          assert.equal(back.apply(after), text);
          assert.deepEqual(back.invert(after).changes, set.changes);
        },
      ),
    );
  });

  it('law: the inverse of a composition is the composition of the inverses', () => {
    fc.assert(
      fc.property(chains(2), ({ text, steps: [a, b] }) => {
        const middle = a!.apply(text);
        assert.deepEqual(a!.compose(b!).invert(text).changes, b!.invert(middle).compose(a!.invert(text)).changes);
      }),
      { numRuns: 500 },
    );
  });

  it('law: map rises with the offset, keeps what stays, and steps around what is inserted', () => {
    fc.assert(
      fc.property(chains(1), ({ text, steps: [a] }) => {
        const after = a!.apply(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const [left, right] = [a!.map(offset, -1), a!.map(offset, 1)];
          assert.ok(left <= right);
          if (offset > 0) assert.ok(a!.map(offset - 1, 1) <= right && a!.map(offset - 1, -1) <= left);
          const stays = offset < text.length && !a!.changes.some(c => c.from <= offset && offset < c.to);
          if (stays) assert.equal(after[right], text[offset]);
        }
      }),
    );
  });

  it('law: map through a composition is map through both steps', () => {
    fc.assert(
      fc.property(chains(2), fc.nat(), ({ text, steps: [a, b] }, n) => {
        const offset = n % (text.length + 1);
        const both = a!.compose(b!);
        // Inside what the two steps change together, only the cluster's ends are answered.
        if (both.changes.some(c => c.from <= offset && offset <= c.to)) return;
        for (const side of [-1, 1] as const) {
          assert.equal(both.map(offset, side), b!.map(a!.map(offset, side), side));
        }
      }),
      { numRuns: 500 },
    );
  });
});
