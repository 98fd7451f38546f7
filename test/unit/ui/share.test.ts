import assert from 'node:assert/strict';
import fc from 'fast-check';
import { partText, shareText } from '../../../src/ui/share.ts';

describe('a share in words', () => {
  const cases: [low: number, high: number, text: string][] = [
    [0, 0, '0%'],
    [1, 1, '100%'],
    [0, 1, '0–100%'],
    [0.5, 0.5, '50%'],
    [0.001, 0.001, '<1%'],
    [0.999, 0.999, '>99%'],
    [0.29, 0.58, '29–58%'],
    [0.619, 0.701, '61–71%'],
    [0.9991, 0.9999, '99–100%'],
    [0.0001, 0.0002, '0–1%'],
  ];
  for (const [low, high, text] of cases) {
    it(`${low} to ${high}: ${text}`, () => assert.equal(shareText({ low, high }, 'en'), text));
  }

  it('keeps the sign from the number by a hard space in Russian and Kazakh', () => {
    for (const language of ['ru', 'kk'] as const)
      assert.equal(shareText({ low: 0.1, high: 0.2 }, language), '10–20\u00a0%');
  });

  const counts = fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000)).filter(([a, b, c]) => a + b + c > 0);

  it('never narrows the bounds', () => {
    fc.assert(
      fc.property(counts, ([known, open, rest]) => {
        const all = known + open + rest;
        const text = shareText({ low: known / all, high: (known + open) / all }, 'en');
        const [from = 0, to = from] = [...text.matchAll(/\d+/g)].map(Number);
        if (open > 0) assert.ok(from / 100 <= known / all + 1e-9 && to / 100 >= (known + open) / all - 1e-9, text);
        else assert.ok(Math.abs(from / 100 - known / all) <= 0.01, text);
      }),
    );
  });

  it('says none only of none and all only of all', () => {
    fc.assert(
      fc.property(counts, ([known, , rest]) => {
        if (known + rest === 0) return;
        const share = known / (known + rest);
        const text = shareText({ low: share, high: share }, 'en');
        assert.equal(text === '0%', known === 0);
        assert.equal(text === '100%', rest === 0);
      }),
    );
  });
});

describe('a part in words', () => {
  const cases: [n: number, all: number, text: string][] = [
    [0, 7, '0.0%'],
    [7, 7, '100.0%'],
    [1, 3, '33.3%'],
    [1, 1_000_000, '<0.1%'],
    [999_999, 1_000_000, '>99.9%'],
  ];
  for (const [n, all, text] of cases) it(`${n} of ${all}: ${text}`, () => assert.equal(partText(n, all, 'en'), text));

  it('has a comma in Russian and Kazakh', () => {
    for (const language of ['ru', 'kk'] as const) assert.equal(partText(1, 8, language), '12,5\u00a0%');
  });
});
