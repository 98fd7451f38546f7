import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Content } from '../../../src/journal/content.ts';
import { DocumentState, TrackerState } from '../../../src/journal/documentState.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { Replay } from '../../../src/journal/replay.ts';
import type { Step } from '../../../src/journal/step.ts';
import { plainTexts } from '../../support/arbitraries.ts';
import { play } from '../../support/histories.ts';
import { journalled } from '../../support/journalled.ts';
import { Oracle } from '../../support/oracle.ts';
import { lf } from '../../support/workroom.ts';

/** What may happen to a document: who acts, where, over how much, with what. */
const acts = fc.array(
  fc.record({
    what: fc.constantFrom('change', 'change', 'change', 'again', 'save', 'close', 'open', 'outside'),
    who: fc.nat(2),
    from: fc.nat(30),
    size: fc.nat(6),
    insert: plainTexts,
  }),
  { minLength: 5, maxLength: 40 },
);

/** The plainest document: every text whole, copied at every save. */
class Copies {
  own: Oracle;
  left: Oracle | undefined;
  readonly open = new Map<number, Oracle>();

  constructor(own: Oracle) {
    this.own = own;
  }
}

describe('a document', () => {
  it('lends its text to trackers and is what copies at every save would be', () =>
    fc.assert(
      fc.property(plainTexts, acts, (start, all) => {
        const spans = start === '' ? [] : [{ length: start.length, serial: 1 }];
        const document = new DocumentState(1, lf, Content.of(start, spans));
        const copies = new Copies(Oracle.of(start, 1));
        const trackers = new Map<number, TrackerState>();
        let serial = 1000;
        for (const act of all) {
          const tracker = trackers.get(act.who);
          const oracle = copies.open.get(act.who);
          if (act.what === 'open' || (tracker === undefined && act.what !== 'outside')) {
            if (tracker !== undefined) continue;
            trackers.set(
              act.who,
              document.lend(content => new TrackerState(1, act.who, document, content, lf)),
            );
            copies.open.set(act.who, copies.own.clone());
          } else if (act.what === 'outside') {
            const step = stepOver(copies.own, act, serial);
            document.stepped(step);
            copies.own = stepped(copies.own, step);
          } else if (act.what === 'save') {
            document.saved(tracker!);
            copies.own = oracle!.clone();
          } else if (act.what === 'close') {
            document.closed(tracker!, 1);
            trackers.delete(act.who);
            copies.open.delete(act.who);
          } else {
            const step = stepOver(oracle!, act, serial);
            document.step(tracker!, step);
            copies.open.set(act.who, stepped(oracle!, step));
          }
          serial += 100;
          same(document.content, copies.own);
          for (const [who, { content }] of trackers) same(content, copies.open.get(who)!);
        }
      }),
      { numRuns: 300 },
    ));

  it('keeps what a tracker leaves unsaved, until the next save', () => {
    const document = new DocumentState(1, lf, Content.of('ab', [{ length: 2, serial: 1 }]));
    const open = () => document.lend(content => new TrackerState(1, 1, document, content, lf));
    const tracker = open();
    document.step(tracker, stepOver(Oracle.of('ab', 1), { what: 'change', from: 1, size: 0, insert: 'x' }, 50));
    tracker.version = 1;
    document.closed(tracker, 1);
    assert.deepEqual([document.text, document.left?.text.toString()], ['ab', 'axb']);
    document.saved(open());
    assert.equal(document.left, undefined);
  });

  it('is left what a tracker was changed to and nobody saved, by whatever, whoever has its text', () => {
    const events = journalled('ab', play('ab', [{ act: 'paste', at: 1, size: 0, text: 'x' }]));
    const changed = events.findIndex(({ kind }) => kind === 'changed');
    const closed = { kind: 'closed', document: 1, tracker: 1 } as const;
    for (const [by, first, left] of [
      ['editor', 1, 'abx'],
      ['reload', 1, 'abx'],
      // The first of two in one text works on a copy.
      ['editor', 2, 'abx'],
      ['reload', 2, 'abx'],
    ] as const) {
      const told = events.slice(0, changed + 1).map(event => {
        return event.kind === 'changed' ? { ...event, observation: { by } } : event;
      });
      const { sequence: _, ...opened } = told.find(({ kind }) => kind === 'opened')!;
      const others = first === 1 ? [] : [{ ...opened, tracker: 9 } as typeof opened];
      const replay = new Replay();
      const all = [...told.slice(0, changed - 1), ...others, ...told.slice(changed - 1), { ...opened, ...closed }];
      for (const [sequence, event] of all.entries()) replay.apply({ ...event, sequence } as JournalEvent);
      assert.deepEqual([replay.documents.get(1)?.text, replay.documents.get(1)?.left?.text.toString()], ['ab', left]);
    }
  });
});

interface Raw {
  readonly what: string;
  readonly from: number;
  readonly size: number;
  readonly insert: string;
}

/** A step within a text: new characters, or (`again`) some of the text's own put there once more. */
function stepOver({ characters }: Oracle, { what, from, size, insert }: Raw, serial: number): Step {
  const start = Math.min(from, characters.length);
  const to = Math.min(start + size, characters.length);
  if (what === 'again' && characters.length > 0) {
    const { unit, serial: known } = characters[from % characters.length]!;
    const change = { from: start, to, insert: unit, spans: [{ length: 1, serial: known }] };
    return { changes: [change], fresh: { first: serial + 1, count: 0 }, placed: serial };
  }
  const spans = insert === '' ? [] : [{ length: insert.length, serial }];
  return { changes: [{ from: start, to, insert, spans }], fresh: { first: serial, count: insert.length }, placed: 0 };
}

function stepped(oracle: Oracle, { changes, fresh, placed }: Step): Oracle {
  const next = oracle.clone();
  next.apply(changes, fresh, placed);
  return next;
}

function same(content: Content, oracle: Oracle): void {
  assert.equal(content.text.toString(), oracle.text);
  assert.deepEqual(content.provenance.spans(), oracle.spans());
  assert.deepEqual(content.provenance.placements(0, content.length), oracle.placements());
}
