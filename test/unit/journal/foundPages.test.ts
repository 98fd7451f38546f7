import assert from 'node:assert/strict';
import fc from 'fast-check';
import { JournalDatabase } from '../../../src/journal/database.ts';
import type { FoundRange } from '../../../src/journal/foundPage.ts';
import { FoundPages } from '../../../src/journal/foundPages.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { OriginColumns } from '../../../src/provenance/originColumns.ts';
import { Workroom } from '../../support/workroom.ts';

const origins: readonly Origin[] = [
  { kind: 'typed', basis: 'asserted', rule: 'keyboard' },
  { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: 'a:b:c' },
  { kind: 'unknown', basis: 'none', rule: 'none' },
];

describe('findings in pages', () => {
  let room: Workroom;
  let database: JournalDatabase;
  let pages: FoundPages;
  beforeEach(() => {
    room = new Workroom();
    database = JournalDatabase.create(`${room.home}.sqlite`, 'work');
    pages = new FoundPages(database);
  });
  afterEach(() => {
    database.close();
    return room.clear();
  });

  const put = (ranges: readonly FoundRange[]) => database.transaction(() => pages.put(ranges));
  const never = (): never => assert.fail('the pages are all there');
  const inMemory = (ranges: readonly FoundRange[], size: number): OriginColumns => {
    const columns = new OriginColumns();
    for (const { first, until, origin, act } of ranges) if (act < size) columns.add(first, until - first, origin, act);
    return columns;
  };
  const same = (ranges: readonly FoundRange[], size: number, serials: Iterable<number>) => {
    const older = pages.older(size, pages.total, never);
    const columns = inMemory(ranges, size);
    for (const serial of serials) {
      const { origin, act } = columns.at(serial);
      const found = older.at(serial);
      assert.deepEqual({ origin: found.origin, act: found.act }, { origin, act }, `serial ${serial} at ${size}`);
      assert.ok(found.until > serial);
      assert.equal(older.freeUntil(serial) > serial, columns.freeUntil(serial) > serial);
      const over = new OriginColumns(older);
      assert.equal(over.has(serial), columns.has(serial));
      for (let next = serial; next < Math.min(found.until, serial + 4); next++)
        assert.equal(columns.at(next).act, act, `${found.until} is too far for ${serial}`);
    }
  };

  /** Disjoint ranges with gaps; each event makes some next to each other. */
  const made = fc
    .array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), fc.nat(2), fc.boolean()), {
      minLength: 1,
      maxLength: 40,
    })
    .map(all => {
      let [at, act] = [0, 0];
      return all.map(([gap, length, rank, next]): FoundRange => {
        const first = at + (next ? 0 : gap);
        at = first + length;
        return { first, until: at, origin: origins[rank]!, act: next ? act : ++act };
      });
    });

  it('tell of each serial what a table in memory tells, in whatever order they came, at every size', () =>
    fc.assert(
      fc.property(made, fc.array(fc.nat(40), { maxLength: 4 }), fc.nat(40), (ranges, cuts, size) => {
        database.transaction(() => pages.clear());
        const ends = [...cuts, ranges.length].map(n => Math.min(n, ranges.length)).sort((a, b) => a - b);
        // The later half comes first: holes are filled.
        const parts = ends.map((end, i) => ranges.slice(ends[i - 1] ?? 0, end)).reverse();
        for (const part of parts) put(part);
        put(parts[0] ?? []);
        same(
          ranges,
          size,
          Array.from({ length: ranges.at(-1)!.until + 3 }, (_, serial) => serial),
        );
        same(
          ranges,
          99,
          Array.from({ length: ranges.at(-1)!.until + 3 }, (_, serial) => serial),
        );
      }),
      { numRuns: 40 },
    ));

  it('are several where they are many, also in the middle of others', () => {
    const block = 2 ** 32;
    const ranges = Array.from({ length: 30_000 }, (_, i): FoundRange => {
      const first = block * (1 + (i % 3)) + i * 4;
      return { first, until: first + 2, origin: origins[i % 2]!, act: i };
    });
    put(ranges.slice(20_000));
    put(ranges.slice(0, 20_000));
    put(ranges.filter((_, i) => i % 7 === 0));
    assert.equal(pages.total, ranges.length);
    const serials = ranges
      .filter((_, i) => i % 97 === 0)
      .flatMap(({ first }) => [first - 1, first, first + 1, first + 2]);
    same(ranges, 25_000, serials);
  });

  it('that are damaged or gone are as good as none: the events are asked', () => {
    const ranges = [{ first: 5, until: 8, origin: origins[0]!, act: 1 }];
    put(ranges);
    const { total } = pages;
    for (const harm of ['UPDATE finding SET bytes = zeroblob(9)', 'DELETE FROM finding']) {
      database.connection.exec(harm);
      const older = pages.older(2, total, () => inMemory(ranges, 2));
      assert.deepEqual(older.at(6).origin, origins[0]);
    }
  });
});
