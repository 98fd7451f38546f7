import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { Fault } from '../../../src/journal/fault.ts';
import { type Codec, decode, encode, headerOf, recode, SegmentCursor } from '../../../src/journal/segment.ts';
import { anyEvents, typed } from '../../support/journalEvents.ts';

const codecs: readonly Codec[] = ['raw', 'deflate'];
const letters = Array.from('as he writes', (letter, i) => typed(70 + i, i, letter));

describe('a pack', () => {
  it('gives back any events, in either codec', () =>
    fc.assert(
      fc.property(anyEvents, fc.constantFrom(...codecs), (events, codec) =>
        assert.deepEqual(decode(encode(events, codec)), events),
      ),
      { numRuns: 200 },
    ));

  it('gives back the same events after another codec', () =>
    fc.assert(
      fc.property(anyEvents, fc.constantFrom(...codecs), fc.constantFrom(...codecs), (events, from, to) => {
        const bytes = encode(events, from);
        assert.deepEqual(decode(recode(bytes, to)), events);
        assert.deepEqual(recode(recode(bytes, to), from), bytes);
      }),
      { numRuns: 50 },
    ));

  it('says in its header what it holds', () =>
    assert.deepEqual(headerOf(encode(letters, 'deflate')), { codec: 'deflate', first: 70, count: 12 }));

  for (const [name, change] of Object.entries<Partial<Record<string, unknown>>>({
    'a clock that steps back': { time: 5, monotonic: 3 },
    'a clock before 1970': { time: -5 },
    'a number too large for columns': { version: Number.MAX_SAFE_INTEGER },
    'a text that is not well-formed': { texts: ['a\ud83d'] },
    'a text too long to be joined': { texts: ['long '.repeat(20_000)] },
    'a text that changes nothing': { changes: [], texts: [], findings: [] },
    'spans of known characters': {
      changes: [{ from: 2, to: 9, spans: [{ length: 1, serial: 7 }] }],
      placed: 9,
      findings: [],
    },
    'no spans, which is not the same as none given': { changes: [{ from: 0, to: 0, spans: [] }] },
    'a member that columns do not know': { later: 1 },
    'more texts than changes': { texts: ['a', 'b'] },
    'a backward replacement': { changes: [{ from: 9, to: 2 }] },
  })) {
    it(`keeps ${name}`, () => {
      const events = letters.map((event, i) => (i % 3 === 1 ? ({ ...event, ...change } as JournalEvent) : event));
      for (const codec of codecs) assert.deepEqual(decode(encode(events, codec)), events);
    });
  }

  for (const [name, events, error] of [
    ['no events', [], RangeError],
    ['a gap', [typed(1, 0), typed(3, 1)], RangeError],
    ['more than a segment', Array.from({ length: 4097 }, (_, i) => typed(i, i)), RangeError],
    ['a fraction', [{ ...typed(0, 0), zone: 0.5 }], TypeError],
    [
      'what JSON has no word for',
      [{ ...typed(0, 0), observation: { by: 'editor', mark: 1n } } as unknown as JournalEvent],
      TypeError,
    ],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => encode(events), error));
  }

  it('of a newer format is told apart from a damaged one', () => {
    const bytes = encode(letters);
    assert.throws(() => decode(bytes.with(0, 2)), { name: 'Fault', code: 'newer' });
    assert.throws(() => decode(bytes.subarray(0, -1)), { name: 'Fault', code: 'corrupt' });
    assert.throws(() => decode(new Uint8Array(0)), { name: 'Fault', code: 'corrupt' });
  });

  it('with any byte changed is refused with a Fault or gives other events, and never ends otherwise', () =>
    fc.assert(
      fc.property(
        anyEvents,
        fc.constantFrom(...codecs),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (events, codec, at, xor) => {
          const bytes = encode(events, codec);
          const place = at % bytes.length;
          const damaged = bytes.with(place, bytes[place]! ^ xor);
          try {
            decode(damaged);
          } catch (fault) {
            assert.ok(fault instanceof Fault, String(fault));
          }
        },
      ),
      { numRuns: 300 },
    ));
});

describe('a cursor', () => {
  it('says of events in columns what the events say', () =>
    fc.assert(
      fc.property(fc.array(anyEvents, { minLength: 1, maxLength: 3 }), packs => {
        const cursor = new SegmentCursor();
        for (const events of packs) {
          cursor.open(encode(events));
          for (const event of events) {
            assert.ok(cursor.next());
            assert.equal(cursor.sequence, event.sequence);
            if (cursor.changed) assert.deepEqual(told(cursor), stated(event));
            else assert.deepEqual(cursor.event(), event);
          }
          assert.equal(cursor.next(), false);
        }
      }),
      { numRuns: 200 },
    ));

  it('gives an event in the middle as an object without the others', () => {
    const cursor = new SegmentCursor(encode(letters, 'deflate'));
    for (let i = 0; i < 5; i++) cursor.next();
    assert.deepEqual(cursor.event(), letters[4]);
    assert.deepEqual(cursor.event(), letters[4]);
  });
});

function told(cursor: SegmentCursor): unknown {
  const changes = [];
  for (let k = cursor.change; k < cursor.changeEnd; k++) {
    changes.push([cursor.from[k], cursor.to[k], cursor.inserted[k], cursor.textOf(k), cursor.spansOf(k)]);
  }
  const findings = cursor.origins.map((origin, i) => ({ ...origin, length: cursor.found[cursor.finding + i] }));
  const { session, document, tracker, first, placed, placement, fresh } = cursor;
  return { session, document, tracker, first, placed, placement, fresh, changes, findings };
}

function stated(event: JournalEvent): unknown {
  assert.ok(event.kind === 'changed');
  const { session, document, tracker, first, placed, placement, findings } = event;
  const changes = event.changes.map(({ from, to, spans }, i) => [
    from,
    to,
    event.texts![i]!.length,
    event.texts![i],
    spans,
  ]);
  const fresh = findings.reduce((sum, { length }) => sum + length, 0);
  return { session, document, tracker, first, placed: placed ?? -1, placement, fresh, changes, findings };
}
