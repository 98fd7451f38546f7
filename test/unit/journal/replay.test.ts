import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { Misfit, Replay } from '../../../src/journal/replay.ts';
import { decode, encode } from '../../../src/journal/segment.ts';
import { eventChanges, stepOf } from '../../../src/journal/step.ts';
import { texts } from '../../support/arbitraries.ts';
import { histories, play } from '../../support/histories.ts';
import { base, based, journalled } from '../../support/journalled.ts';
import { typedOrigin } from '../../support/workroom.ts';

type OpenedEvent = Extract<JournalEvent, { kind: 'opened' }>;

describe('a replay', () => {
  it('of 1,000 random histories gives each text and each character its own serial, as the oracle has them', () =>
    fc.assert(
      fc.property(texts, histories(texts, 12), (start, acts) => {
        const steps = play(start, acts);
        const events = decode(encode(journalled(start, steps)));
        const replay = new Replay();
        for (const event of events.slice(0, events.length - steps.length)) replay.apply(event);
        const tracker = replay.tracker(1, 1);
        assert.ok(tracker);
        for (const [i, event] of events.slice(events.length - steps.length).entries()) {
          replay.apply(event);
          if (i % 5 === 0 || i === steps.length - 1) {
            const { text, characters } = steps[i]!.after;
            assert.equal(tracker.text, text);
            assert.deepEqual(tracker.provenance.spans(), based(steps[i]!.after.spans()));
            const placed = characters.map(c => (c.placed === 0 ? 0 : c.placed + base));
            assert.deepEqual(each(tracker.provenance.placements(0, text.length)), placed);
          }
        }
        assert.equal(replay.documents.get(1)?.text, start);
      }),
      { numRuns: 1000 },
    ));

  it('states a step so that it is the same step again', () =>
    fc.assert(
      fc.property(texts, histories(texts, 6), (start, acts) => {
        for (const event of journalled(start, play(start, acts))) {
          if (event.kind !== 'changed') continue;
          const step = stepOf(event, event.texts ?? []);
          assert.deepEqual(eventChanges(step.changes, step.fresh), {
            changes: event.changes,
            texts: event.texts,
          });
        }
      }),
    ));

  const events = journalled('ab', play('ab', [{ act: 'paste', at: 1, size: 0, text: 'c' }]));
  const last = events.length - 1;
  for (const [name, harm] of [
    ['leaves the text', { changes: [{ from: 9, to: 9 }] }],
    ['has another text too many', { texts: ['c', 'd'] }],
    ['finds more than is new', { findings: [{ length: 2, ...typedOrigin }] }],
    ['finds less than is new', { findings: [] }],
    ['takes a serial that is taken', { first: base }],
    [
      'takes serials the second of which is taken',
      { first: base - 1, texts: ['cd'], findings: [{ length: 2, ...typedOrigin }] },
    ],
    [
      'finds less than nothing',
      {
        findings: [
          { length: 2, ...typedOrigin },
          { length: -1, ...typedOrigin },
        ],
      },
    ],
    ['is of no tracker', { tracker: 7 }],
    ['is of no document', { document: 7 }],
    ['comes too late', { sequence: 99 }],
    [
      'has spans that do not fit its text',
      { changes: [{ from: 0, to: 0, spans: [{ length: 5, serial: base + 50 }] }] },
    ],
  ] as const) {
    it(`refuses a step that ${name}, and changes nothing`, () => {
      const replay = new Replay();
      for (const event of events.slice(0, last)) replay.apply(event);
      assert.throws(() => replay.apply({ ...events[last], ...harm } as JournalEvent), Misfit);
      assert.deepEqual([replay.size, replay.tracker(1, 1)?.text], [last, 'ab']);
      replay.apply(events[last] as JournalEvent);
      assert.equal(replay.tracker(1, 1)?.text, 'abc');
    });
  }

  it('refuses a text that opens with one that is not there, and has no document more', () => {
    for (const strange of [{ continues: 7 }, { restores: true }]) {
      const replay = new Replay();
      for (const event of events.slice(0, last)) replay.apply(event);
      const opened = events.find(({ kind }) => kind === 'opened');
      assert.throws(
        () => replay.apply({ ...opened, ...strange, document: 9, tracker: 9, sequence: last } as JournalEvent),
        Misfit,
      );
      assert.equal(replay.documents.size, 1);
    }
  });

  it('refuses a save or an end that names another document than the tracker is of', () => {
    const { sequence: _, texts: _texts, ...opened } = events.find(({ kind }) => kind === 'opened')! as OpenedEvent;
    for (const kind of ['saved', 'closed'] as const) {
      const replay = new Replay();
      for (const event of events) replay.apply(event);
      replay.apply({ ...opened, document: 2, tracker: 2, sequence: events.length });
      const told = { ...opened, kind, tracker: 1, fileDigest: '', textDigest: '', sequence: events.length + 1 };
      assert.throws(() => replay.apply({ ...told, document: 2 } as JournalEvent), /the tracker is of another document/);
      replay.apply({ ...told, document: 1 } as JournalEvent);
    }
  });

  it('that checks finds a stated digest that is wrong', () => {
    const replay = new Replay({ checks: true });
    for (const event of events.slice(0, 2)) replay.apply(event);
    assert.throws(() => replay.apply(events[2] as JournalEvent), /digest/);
  });
});

/** One value a character. */
function each(runs: readonly { readonly length: number; readonly serial: number }[]): number[] {
  return runs.flatMap(({ length, serial }) => Array<number>(length).fill(serial));
}
