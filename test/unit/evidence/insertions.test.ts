import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Insertion, Insertions, minuteOf } from '../../../src/evidence/insertions.ts';
import { distinct } from '../../../src/evidence/retained.ts';
import type { Kind } from '../../../src/provenance/origin.ts';
import { Origins } from '../../../src/provenance/origins.ts';

const origin = (kind: Kind) => ({ kind, basis: 'asserted', rule: 'x' }) as const;
/** Mostly keys that go on from one another; clocks that step back, other zones, gaps in the serials. */
const step = fc.record({
  later: fc.oneof({ weight: 5, arbitrary: fc.nat(20_000) }, fc.constantFrom(-90_000, -1, 0, 60_000)),
  zone: fc.constantFrom(0, 0, 0, 0, 330),
  session: fc.constantFrom(1, 1, 1, 2),
  document: fc.constantFrom(1, 1, 1, 2),
  skipped: fc.constantFrom(0, 0, 0, 3),
  count: fc.integer({ min: 1, max: 4 }),
  entry: fc.constantFrom('live', 'live', 'unseen', 'initial'),
  kind: fc.constantFrom<Kind>('typed', 'typed', 'typed', 'ai.chat'),
});

describe('what entered', () => {
  it('law: rows of several events count as each event would, and tell when the first and the last came', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(90), fc.nat(6)), { maxLength: 3 }),
        fc.boolean(),
        (steps, revised, together) => {
          let [time, first] = [1_000_000, 0];
          const all = steps.map(({ later, skipped, kind, count, ...rest }): Insertion => {
            time += later;
            first += skipped;
            const insertion = { ...rest, time, first, count, origin: origin(kind) } as const;
            first += count;
            return insertion;
          });
          const origins = new Origins();
          const insertions = new Insertions();
          for (const [act, one] of all.entries()) {
            origins.add(one.first, one.count, one.origin, act);
            if (!together) insertions.add(one);
          }
          if (together) addTogether(insertions, all);
          for (const [from, count] of revised) origins.resolve(from, count, origin('unknown'), 99);
          const ranges = distinct(revised.map(([serial, length]) => ({ serial, length })));
          const expected = new Sums();
          for (const { time: at, zone, session, document, entry, first: from, count } of all) {
            for (let i = 0; i < count; i++) {
              const { kind } = origins.at(from + i).origin;
              expected.add([minuteOf(at, zone), session, document, entry, kind], at, at, 1);
            }
          }
          const found = new Sums();
          for (const part of insertions.walk(origins, ranges)) {
            const { time: at, until, zone, session, document, entry, characters } = part;
            assert.equal(minuteOf(until, zone), minuteOf(at, zone));
            found.add([minuteOf(at, zone), session, document, entry, part.origin.kind], at, until, characters);
          }
          assert.deepEqual(found.counts, expected.counts);
          assert.deepEqual(found.times, expected.times);
        },
      ),
    );
  });

  it('law: keys that are added together are what each of them is alone', () =>
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 30 }), steps => {
        const shared = { session: 1, document: 1, entry: 'live', origin: origin('typed') } as const;
        let [time, first] = [1_000_000, 0];
        const all = steps.map(({ later, zone, count }): Insertion => {
          time += later > 0 ? later >> 3 : later;
          first += count;
          return { ...shared, time, zone, count, first: first - count };
        });
        const [alone, together] = [new Insertions(), new Insertions()];
        for (const one of all) alone.add(one);
        addTogether(together, all);
        const parts = (of: Insertions, revised: readonly number[]) => {
          const found = of.walk(new Origins(), distinct(revised.map(serial => ({ serial, length: 1 }))));
          return Array.from(found, part => ({ ...part }));
        };
        assert.deepEqual(parts(together, []), parts(alone, []));
        const each = all.map(one => one.first);
        assert.deepEqual(parts(together, each), parts(alone, each));
      }),
    ));

  it('takes keys within a minute as one row', () => {
    const insertions = new Insertions();
    const rest = { zone: 0, session: 1, document: 1, count: 1, entry: 'live', origin: origin('typed') } as const;
    for (let i = 0; i < 300; i++) insertions.add({ ...rest, time: i * 500, first: i });
    assert.equal(
      insertions.rowsOf(() => true),
      3,
    );
  });
});

/** Characters, and the first and last time, by what they are counted for. */
class Sums {
  readonly counts: Record<string, number> = {};
  readonly times: Record<string, [number, number]> = {};

  add(by: readonly (string | number)[], time: number, until: number, characters: number): void {
    const key = by.join(' ');
    this.counts[key] = (this.counts[key] ?? 0) + characters;
    const [first, last] = this.times[key] ?? [time, until];
    this.times[key] = [Math.min(first, time), Math.max(last, until)];
  }
}

/** As many at a time as differ in time, zone and count only. */
function addTogether(insertions: Insertions, all: readonly Insertion[]): void {
  for (let at = 0, end = 0; at < all.length; at = end) {
    const { time: _, zone: __, count: ___, ...shared } = all[at]!;
    for (end = at + 1; end < all.length && goesOn(all[end - 1]!, all[end]!); end++);
    const some = all.slice(at, end);
    const column = (of: (one: Insertion) => number) => Float64Array.from([-9, ...some.map(of)]);
    const clocks = { times: column(({ time }) => time), zones: column(({ zone }) => zone), at: 1 };
    insertions.addEach(shared, some.length, clocks, { counts: column(({ count }) => count), at: 1 });
  }
}

function goesOn(before: Insertion, { first, session, document, entry, origin: { kind } }: Insertion): boolean {
  const same = before.session === session && before.document === document && before.entry === entry;
  return same && before.origin.kind === kind && before.first + before.count === first;
}
