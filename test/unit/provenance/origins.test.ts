import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Origin } from '../../../src/provenance/origin.ts';
import { Origins } from '../../../src/provenance/origins.ts';
import { originOf } from '../../support/picture.ts';

/** The contract with one entry a serial. */
class PlainOrigins {
  readonly #made = new Map<number, { origin: Origin; act: number }>();
  readonly #revised = new Map<number, { origin: Origin; act: number } | { to: number }>();

  add(first: number, count: number, origin: Origin, act: number): boolean {
    for (let i = 0; i < count; i++) if (this.#made.has(first + i)) return false;
    for (let i = 0; i < count; i++) this.#made.set(first + i, { origin, act });
    return true;
  }
  resolve(first: number, count: number, origin: Origin, act: number): void {
    for (let i = 0; i < count; i++) this.#revised.set(first + i, { origin, act });
  }
  equate(first: number, count: number, to: number): boolean {
    for (let i = 0; i < count; i++) {
      // No character on the way to the elder may be one of those that now get an elder.
      for (let at: number | undefined = to + i; at !== undefined; at = this.#next(at)) {
        if (at >= first && at < first + count) return false;
      }
    }
    for (let i = 0; i < count; i++) this.#revised.set(first + i, { to: to + i });
    return true;
  }
  at(serial: number) {
    const elder = this.#elder(serial);
    const made = this.#made.get(elder.serial);
    const act = made?.act ?? -1;
    if (elder.resolved) return { kind: elder.resolved.origin.kind, act, foundBy: elder.resolved.act };
    return { kind: made?.origin.kind ?? 'unknown', act, foundBy: act };
  }
  #next(serial: number): number | undefined {
    const revised = this.#revised.get(serial);
    return revised !== undefined && 'to' in revised ? revised.to : undefined;
  }
  #elder(serial: number): { serial: number; resolved?: { origin: Origin; act: number } } {
    const revised = this.#revised.get(serial);
    if (revised === undefined) return { serial };
    return 'to' in revised ? this.#elder(revised.to) : { serial, resolved: revised };
  }
}

const size = 40;
const act = fc.record({
  what: fc.constantFrom('add', 'add', 'key', 'key', 'key', 'each', 'resolve', 'equate'),
  first: fc.nat(size),
  count: fc.nat(9),
  to: fc.nat(size),
  letter: fc.constantFrom('t', 'a', 'p', 'i', 'f'),
});

describe('Origins', () => {
  it('equals a table with one entry a serial, in whatever order things are added and revised', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), fc.constantFrom(0, 2 ** 32 - 20, 2 ** 52), (acts, base) => {
        const origins = new Origins();
        const plain = new PlainOrigins();
        let last = { end: base, act: 0, origin: originOf('t') };
        acts.forEach(({ what, first, count, to, letter }, rank) => {
          const number = rank * 100;
          const origin = originOf(letter);
          const start = base + first;
          if (what === 'key') {
            // Where the last one ended, mostly by the next act.
            const one = 1 + (first % 4 === 0 ? 1 : 0);
            last.act += [1, 1, 1, 2, 0][to % 5]!;
            const of = to === 1 ? origin : last.origin;
            const add = () => origins.add(last.end, one, of, last.act);
            if (plain.add(last.end, one, of, last.act)) {
              add();
              last.end += one;
            } else assert.throws(add, RangeError);
          } else if (what === 'add') {
            const add = () => origins.add(start, count, origin, number);
            if (plain.add(start, count, origin, number)) {
              add();
              last = { end: start + count, act: number, origin };
            } else assert.throws(add, RangeError);
          } else if (what === 'each') {
            const counts = Float64Array.from({ length: count }, (_, i) => 1 + ((to + i) % 3));
            if (!origins.addEach(start, counts, 1, count, origin, number)) return;
            let serial = start;
            for (let i = 1; i < count; i++) {
              assert.ok(plain.add(serial, counts[i]!, origin, number + i - 1));
              serial += counts[i]!;
            }
            if (count > 1) last = { end: serial, act: number + count - 2, origin };
          } else if (what === 'resolve') {
            origins.resolve(start, count, origin, number);
            plain.resolve(start, count, origin, number);
          } else {
            const equate = () => origins.equate(start, count, base + to);
            if (plain.equate(start, count, base + to)) equate();
            else assert.throws(equate, RangeError);
          }
        });
        for (let serial = base; serial < base + size + 30; serial++) {
          const { origin, act: made, foundBy, until } = origins.at(serial);
          assert.deepEqual({ kind: origin.kind, act: made, foundBy }, plain.at(serial));
          assert.ok(until > serial);
          const run = origins.runAt(serial);
          for (let s = serial; s < Math.min(run.until, base + size + 30); s++) {
            const one = origins.at(s);
            assert.equal(one.origin, run.origin);
            assert.equal(one.act, run.act + (run.each ? s - serial : 0));
          }
          for (let s = serial; s < Math.min(until, base + size + 30); s++)
            assert.deepEqual(plain.at(s), plain.at(serial));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes acts in a row at once, behind all that came before', () => {
    const origins = new Origins();
    const each = (first: number, act: number) =>
      origins.addEach(first, Float64Array.of(9, 2, 1), 1, 3, originOf('t'), act);
    assert.equal(each(0, 1), false, 'of a block that nothing is known of');
    origins.add(0, 4, originOf('t'), 1);
    assert.equal(each(3, 2), false, 'taken');
    assert.equal(each(5, 2), false, 'not behind the last');
    assert.equal(each(4, 2), true);
    assert.deepEqual(
      [3, 4, 5, 6, 7].map(serial => origins.at(serial).act),
      [1, 2, 2, 3, -1],
    );
  });

  it('walks spans as runs of one answer', () => {
    const origins = new Origins();
    origins.add(0, 3, originOf('t'), 1);
    origins.add(3, 3, originOf('t'), 2);
    origins.add(10, 2, originOf('t'), 2);
    const walked = [
      ...origins.walk([
        { length: 2, serial: 1 },
        { length: 5, serial: 3 },
        { length: 2, serial: 10 },
      ]),
    ];
    assert.deepEqual(
      walked.map(w => [w.serial, w.length, w.origin.kind, w.act]),
      [
        [1, 2, 'typed', 1],
        [3, 3, 'typed', 2],
        [6, 2, 'unknown', -1],
        [10, 2, 'typed', 2],
      ],
    );
  });

  it('walks over no serial that the spans leave out', () => {
    const origins = new Origins();
    origins.add(0, 9, originOf('t'), 1);
    const spans = [
      { length: 2, serial: 0 },
      { length: 3, serial: 6 },
    ];
    assert.deepEqual(
      [...origins.walk(spans)].map(({ serial, length }) => ({ length, serial })),
      spans,
    );
  });

  it('an older character resolved later changes all that are equated with it', () => {
    const origins = new Origins();
    origins.add(0, 4, originOf('e'), 1);
    origins.add(4, 4, originOf('e'), 2);
    origins.equate(4, 4, 0);
    origins.resolve(1, 2, originOf('a'), 3);
    const kinds = [4, 5, 6, 7].map(serial => origins.at(serial).origin.kind);
    assert.deepEqual(kinds, ['external.disk', 'ai.chat', 'ai.chat', 'external.disk']);
    assert.deepEqual([origins.at(5).act, origins.at(5).foundBy], [1, 3]);
  });

  it('refuses to make a character its own elder, at whatever distance', () => {
    const origins = new Origins();
    origins.equate(5, 1, 9);
    origins.equate(3, 1, 5);
    assert.throws(() => origins.equate(5, 1, 3), RangeError);
    assert.throws(() => origins.equate(7, 3, 3), RangeError);
    origins.resolve(9, 1, originOf('a'), 1);
    assert.equal(origins.at(3).origin.kind, 'ai.chat');
  });

  it('takes a million events in order, and in two leases by turns', () => {
    const origins = new Origins();
    for (let i = 0; i < 500_000; i++) {
      origins.add(i * 2, 2, originOf(i % 3 === 0 ? 't' : 'a'), i * 2);
      origins.add(2 ** 32 + i * 3, 3, originOf('p'), i * 2 + 1);
    }
    assert.equal(origins.at(999_999).act, 999_998);
    assert.equal(origins.at(2 ** 32 + 1_499_999).act, 999_999);
    assert.equal(origins.at(2 ** 32 + 1_500_000).origin.kind, 'unknown');
  });
});
