import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matchItems } from '../../../src/text/matching.ts';
import { Budget, type Pairs, shortScript } from '../../../src/text/shortScript.ts';

const kinds = 5;
const items = fc.array(fc.nat(kinds - 1), { maxLength: 30 }).map(list => Int32Array.from(list));

/** Length of the longest common subsequence, by the table. */
function longest(a: Int32Array, b: Int32Array): number {
  let row = new Int32Array(b.length + 1);
  for (const item of a) {
    const next = new Int32Array(b.length + 1);
    for (let j = 0; j < b.length; j++) next[j + 1] = item === b[j] ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!);
    row = next;
  }
  return row[b.length]!;
}

function demandMatching(a: Int32Array, b: Int32Array, pairs: readonly (readonly [number, number])[]): void {
  pairs.forEach(([i, j], k) => {
    assert.equal(a[i], b[j]);
    if (k > 0) assert.ok(i > pairs[k - 1]![0] && j > pairs[k - 1]![1]);
  });
}

const zipped = ({ a, b }: Pairs) => a.map((i, k) => [i, b[k]!] as const);

describe('shortScript', () => {
  it('law: matches equal items in order, as many as can be, where the cap allows', () => {
    fc.assert(
      fc.property(items, items, (a, b) => {
        const pairs = zipped(shortScript(a, b, 60));
        demandMatching(a, b, pairs);
        assert.equal(pairs.length, longest(a, b));
      }),
      { numRuns: 500 },
    );
  });

  it('law: matches equal items in order within any cap', () => {
    fc.assert(
      fc.property(items, items, fc.nat(20), (a, b, cap) => demandMatching(a, b, zipped(shortScript(a, b, cap)))),
      { numRuns: 500 },
    );
  });

  it('law: within any budget too, and says when there was more to do', () => {
    fc.assert(
      fc.property(items, items, fc.nat(20), fc.nat(200), (a, b, cap, places) => {
        const budget = new Budget(places);
        const pairs = zipped(shortScript(a, b, cap, budget));
        demandMatching(a, b, pairs);
        if (!budget.ranOut) assert.deepEqual(pairs, zipped(shortScript(a, b, cap)));
      }),
      { numRuns: 500 },
    );
  });

  it('finds most of what two long sequences share, far beyond the cap', () => {
    const a = Int32Array.from({ length: 20_000 }, (_, i) => (i * i * 7 + (i >> 3)) % kinds);
    const b = a.map((item, i) => (i % 20 === 7 ? (item + 1) % kinds : item));
    const pairs = zipped(shortScript(a, b, 64));
    demandMatching(a, b, pairs);
    assert.ok(pairs.length > 18_500, `${pairs.length} of 19,000`);
  });
});

describe('matchItems', () => {
  const matched = (a: Int32Array, b: Int32Array) => {
    const { a: x, b: y } = matchItems(a, b, 2000, 60);
    return x.map((i, k) => [i, y[k]!] as const);
  };

  it('law: matches equal items in order, and all of a sequence with itself', () => {
    fc.assert(
      fc.property(items, items, (a, b) => {
        demandMatching(a, b, matched(a, b));
        assert.equal(matched(a, a).length, a.length);
      }),
      { numRuns: 500 },
    );
  });

  it('law: equal ends are matched whatever stands between', () => {
    fc.assert(
      fc.property(items, items, items, items, (head, x, y, tail) => {
        const [a, b] = [x, y].map(middle => Int32Array.from([...head, ...middle, ...tail]));
        const pairs = matched(a!, b!);
        demandMatching(a!, b!, pairs);
        assert.ok(pairs.length >= head.length + tail.length);
      }),
    );
  });

  it('law: all that is left when some is taken out is matched, if nothing stands twice', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1999), { maxLength: 60 }), fc.infiniteStream(fc.boolean()), (list, coin) => {
        const left = list.filter(() => coin.next().value);
        assert.equal(matched(Int32Array.from(list), Int32Array.from(left)).length, left.length);
      }),
    );
  });
});
