import assert from 'node:assert/strict';
import { stamp } from '../../../src/evidence/moment.ts';

describe('a moment in a report', () => {
  const cases: readonly (readonly [number, number, string])[] = [
    [Date.UTC(2026, 10, 14, 10, 4, 5, 999), 300, '2026-11-14T15:04:05+05:00'],
    [0, -90, '1969-12-31T22:30:00-01:30'],
    // What another program's record states may be no date at all; it must not keep the report from being made.
    [9e15, 0, '9999-12-31T23:59:59+00:00'],
    [-9e15, 300, '0001-01-01T00:00:00+05:00'],
    [253_402_300_799_999, 60, '9999-12-31T23:59:59+01:00'],
  ];
  for (const [time, zone, shown] of cases) it(shown, () => assert.equal(stamp({ time, zone }), shown));
});
