import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Origins } from '../../../src/provenance/origins.ts';
import { Provenance } from '../../../src/provenance/provenance.ts';
import { lengthOf } from '../../../src/provenance/spans.ts';
import { texts } from '../../support/arbitraries.ts';
import { histories, play } from '../../support/histories.ts';
import { Oracle } from '../../support/oracle.ts';
import { originOf } from '../../support/picture.ts';

describe('Provenance', () => {
  it('equals one entry a character after 1,000 random histories, and its lengths add up after every step', () => {
    fc.assert(
      fc.property(texts, histories(), (start, acts) => {
        const provenance = Provenance.of(Oracle.of(start).spans());
        for (const { changes, fresh, placed, after } of play(start, acts)) {
          provenance.apply(changes, fresh, placed);
          const { length } = after.characters;
          assert.equal(provenance.length, length);
          assert.equal(lengthOf(provenance.spans()), length);
          assert.equal(lengthOf(provenance.placements(0, length)), length);
          assert.deepEqual(provenance.spans(), after.spans());
          assert.deepEqual(provenance.placements(0, length), after.placements());
        }
        const back = Provenance.fromBytes(provenance.toBytes());
        assert.deepEqual(back.spans(), provenance.spans());
        assert.deepEqual(back.toBytes(), provenance.toBytes());
      }),
      { numRuns: 1000 },
    );
  });

  it('draws one letter a character', () => {
    const origins = new Origins();
    origins.add(0, 4, originOf('i'), 0);
    origins.add(4, 2, originOf('a'), 1);
    origins.add(6, 1, originOf('t'), 2);
    const provenance = Provenance.of([{ length: 4, serial: 0 }]);
    provenance.apply([{ from: 1, to: 2, insert: 'AI', spans: [{ length: 2, serial: 4 }] }], { first: 4, count: 2 }, 0);
    provenance.apply([{ from: 2, to: 2, insert: 'x', spans: [{ length: 1, serial: 6 }] }], { first: 6, count: 1 }, 0);
    assert.equal(provenance.toString(origins), 'iataii');
    provenance.apply([{ from: 0, to: 0, insert: '?', spans: [{ length: 1, serial: 99 }] }], { first: 7, count: 0 }, 7);
    assert.equal(provenance.toString(origins), '?iataii');
    assert.deepEqual(provenance.placements(0, 7), [
      { length: 1, serial: 7 },
      { length: 6, serial: 0 },
    ]);
  });

  it('moved characters keep their serials, and say what moved them', () => {
    const provenance = Provenance.of([{ length: 6, serial: 10 }]);
    const moved = { from: 6, to: 6, insert: 'ab', spans: provenance.slice(0, 2) };
    provenance.apply([{ from: 0, to: 2, insert: '', spans: [] }, moved], { first: 21, count: 0 }, 20);
    assert.deepEqual(provenance.spans(), [
      { length: 4, serial: 12 },
      { length: 2, serial: 10 },
    ]);
    assert.deepEqual(provenance.placements(0, 6), [
      { length: 4, serial: 0 },
      { length: 2, serial: 20 },
    ]);
  });

  it('is left as it was by a step that does not fit', () => {
    const provenance = Provenance.of([{ length: 3, serial: 0 }]);
    const none = { first: 0, count: 0 };
    for (const changes of [
      [{ from: 0, to: 1, insert: 'ab', spans: [{ length: 1, serial: 9 }] }],
      [{ from: 0, to: 4, insert: '', spans: [] }],
      [
        { from: 1, to: 3, insert: '', spans: [] },
        { from: 2, to: 3, insert: '', spans: [] },
      ],
    ]) {
      assert.throws(() => provenance.apply(changes, none, 0), RangeError);
      assert.deepEqual(provenance.spans(), [{ length: 3, serial: 0 }]);
    }
  });

  it('refuses bytes that are not its own', () => {
    const bytes = Provenance.of([{ length: 3, serial: 0 }]).toBytes();
    for (let cut = 0; cut < bytes.length; cut++) {
      assert.throws(() => Provenance.fromBytes(bytes.subarray(0, cut)), RangeError);
    }
  });
});
