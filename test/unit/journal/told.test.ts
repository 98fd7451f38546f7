import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Commits } from '../../../src/journal/commits.ts';
import { Told } from '../../../src/journal/told.ts';

describe('what the thread was told', () => {
  it('is each serial once, whatever ranges are asked for', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(8)), { maxLength: 20 }), ranges => {
        const told = new Told();
        const heard = new Set<number>();
        for (const [first, count] of ranges) {
          const expected = Array.from({ length: count }, (_, i) => first + i).filter(serial => !heard.has(serial));
          const news = told.add(first, count).flatMap(r => Array.from({ length: r.count }, (_, i) => r.first + i));
          assert.deepEqual(news, expected);
          for (const serial of expected) heard.add(serial);
        }
      }),
      { numRuns: 1000 },
    ));
});

describe('commits', () => {
  const commits = new Commits();
  commits.add(10, 4, 2);
  commits.add(12, 6, 1);
  commits.add(15, 9, 3);
  commits.add(12, 99, 1);
  for (const [ordinal, sequence] of [
    [9, undefined],
    [10, 4],
    [12, 6],
    [13, undefined],
    [17, 11],
    [18, undefined],
  ] as const) {
    it(`${ordinal} became ${sequence}`, () => assert.equal(commits.sequenceOf(ordinal), sequence));
  }
});
