import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Origin } from '../../../src/provenance/origin.ts';
import { bounds, tally } from '../../../src/provenance/tally.ts';
import { texts } from '../../support/arbitraries.ts';
import { originOf, runsOf } from '../../support/picture.ts';

describe('tally', () => {
  it('counts code points by kind and hand, white space apart', () => {
    const all = tally('a b\n𝒳cd', runsOf('tt|aa|pp|i?'));
    assert.deepEqual(all, {
      kinds: { typed: 2, 'ai.chat': 2, 'pasted.external': 1, initial: 1, unknown: 1 },
      hands: { human: 2, machine: 2, outside: 1, earlier: 1, unknown: 1 },
      length: 7,
      whitespace: { kinds: { typed: 1, 'ai.chat': 1 }, hands: { human: 1, machine: 1 }, length: 2 },
    });
  });

  it('counts what no kind is as unknown, so that no share grows by it', () => {
    const origin = { kind: 'human', basis: 'asserted', rule: 'x' } as unknown as Origin;
    const { kinds, hands, length } = tally('abc', [...runsOf('t'), { length: 2, origin }]);
    assert.deepEqual([kinds, hands, length], [{ typed: 1, unknown: 2 }, { human: 1, unknown: 2 }, 3]);
  });

  it('counts a pair of surrogates once, for the origin of its first half', () => {
    assert.deepEqual(tally('𝒳', runsOf('t|a')).kinds, { typed: 1 });
    assert.deepEqual(tally('\ude00\ud83d', runsOf('t|a')).kinds, { typed: 1, 'ai.chat': 1 });
  });

  it('law: counts every code point once, and white space as \\s has it', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, n) => {
        const cut = n % (text.length + 1);
        const parts = [
          { length: cut, origin: originOf('t') },
          { length: text.length - cut, origin: originOf('a') },
        ];
        const all = tally(text, parts);
        assert.equal(all.length, [...text].length);
        assert.equal(all.whitespace.length, [...text].filter(c => /\s/u.test(c)).length);
      }),
    );
  });

  it('refuses parts that do not add up to the text', () => {
    assert.throws(() => tally('abc', runsOf('tt')), RangeError);
    assert.throws(() => tally('abc', runsOf('tttt')), RangeError);
  });
});

describe('bounds', () => {
  for (const [picture, human, machine, unknown] of [
    ['tttt', [1, 1], [0, 0], 0],
    ['ta', [0.5, 0.5], [0.5, 0.5], 0],
    ['tape', [0.25, 0.75], [0.25, 0.75], 0.25],
    ['ti?a', [0.25, 0.75], [0.25, 0.75], 0.25],
    ['tf', [0.5, 0.5], [0, 0], 0],
    ['', [0, 0], [0, 0], 0],
  ] as const) {
    it(`of ${picture || 'nothing'}`, () => {
      assert.deepEqual(bounds(tally('x'.repeat(picture.length), runsOf(picture))), {
        human: { low: human[0], high: human[1] },
        machine: { low: machine[0], high: machine[1] },
        unknown,
      });
    });
  }
});
