import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SerialSet } from '../../../src/journal/serialSet.ts';

const runs = fc.array(fc.record({ serial: fc.nat(40), length: fc.nat(6) }), { maxLength: 12 });

describe('a set of serials', () => {
  it('holds what was added, in disjoint ranges that do not touch', () =>
    fc.assert(
      fc.property(runs, fc.nat(45), fc.nat(6), (added, serial, length) => {
        const set = SerialSet.of(added);
        const all = new Set(added.flatMap(run => Array.from({ length: run.length }, (_, i) => run.serial + i)));
        const spans = set.spans();
        assert.deepEqual(
          spans.flatMap(run => Array.from({ length: run.length }, (_, i) => run.serial + i)),
          [...all].sort((a, b) => a - b),
        );
        for (const [i, span] of spans.entries())
          assert.ok(span.serial > (spans[i - 1]?.serial ?? -2) + (spans[i - 1]?.length ?? 0));
        assert.equal(set.size, all.size);
        const asked = Array.from({ length }, (_, i) => serial + i);
        assert.equal(
          set.touches(serial, length),
          asked.some(one => all.has(one)),
        );
        const within = [...set.within([{ length, serial }])].flatMap(({ from, to }) =>
          Array.from({ length: to - from }, (_, i) => serial + from + i),
        );
        assert.deepEqual(
          within,
          asked.filter(one => all.has(one)),
        );
      }),
    ));
});
