import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { JournalDatabase } from '../../../src/journal/database.ts';
import { clocksIn, patienceAfter, TimeStamps, tokensIn } from '../../../src/journal/timeStamps.ts';

const minute = 60_000;
const server = 'http://clock.example/';

describe('how it stands with time stamp servers', () => {
  let folder: string;
  let database: JournalDatabase;
  let stamps: TimeStamps;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holograph-stamps-'));
    database = JournalDatabase.create(join(folder, 'journal.sqlite'), folder);
    stamps = new TimeStamps(database);
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  const token = (size: number, from = server) => ({
    size,
    imprint: new Uint8Array(32).fill(size),
    server: from,
    answer: Uint8Array.of(1, 2, 3),
    certificates: '',
  });

  it('one of two windows asks', () => {
    const other = JournalDatabase.open(join(folder, 'journal.sqlite'));
    assert.ok(stamps.claim(server, 1000, true));
    assert.ok(!new TimeStamps(other).claim(server, 1001, true));
    assert.ok(!new TimeStamps(other).claim(server, 1001, false), 'nor does a person ask twice at once');
    other.close();
  });

  it('one that was killed while it asked stands in nobody’s way for long', () => {
    assert.ok(stamps.claim(server, 1000, true));
    assert.ok(stamps.claim(server, 1000 + 3 * minute, true));
  });

  it('failures are waited for longer and longer, and never beyond half a day', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 9, 1000].map(patienceAfter),
      [0, 5, 10, 20, 720, 720].map(n => n * minute),
    );
    stamps.claim(server, 0, true);
    stamps.failed(server, 0, 'unreachable');
    assert.ok(!stamps.claim(server, 4 * minute, true));
    assert.ok(stamps.claim(server, 4 * minute, false), 'but a person may ask');
    stamps.failed(server, 4 * minute, 'slow');
    assert.deepEqual(clocksIn(database), [{ server, asked: 4 * minute, failures: 2, problem: 'slow' }]);
    assert.ok(!stamps.claim(server, 13 * minute, true));
    assert.ok(stamps.claim(server, 14 * minute, true));
  });

  it('a token makes good for all failures; each server counts by itself', () => {
    stamps.failed(server, 0, 'slow');
    assert.ok(stamps.claim('http://other.example/', 1, true));
    stamps.keep(token(1), 2);
    assert.ok(stamps.claim(server, 3, true));
    assert.equal(clocksIn(database).find(clock => clock.server === server)?.failures, 0);
  });

  it('a clock that was set back silences no server', () => {
    stamps.failed(server, 1000 * minute, 'slow');
    assert.ok(stamps.claim(server, 1, true));
  });

  it('tokens come by checkpoint, up to a size, each server’s once', () => {
    const kept = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 10 });
    fc.assert(
      fc.property(kept, fc.integer({ min: 0, max: 200 }), (sizes, until) => {
        database.connection.exec('DELETE FROM token');
        for (const size of sizes) {
          stamps.keep(token(size), 0);
          stamps.keep(token(size), 1);
          stamps.keep(token(size, 'http://other.example/'), 1);
        }
        const expected = sizes.filter(size => size <= until).sort((a, b) => a - b);
        const found = tokensIn(database, until).map(({ size }) => size);
        assert.deepEqual(
          found,
          expected.flatMap(size => [size, size]),
        );
      }),
      { numRuns: 25 },
    );
  });
});
