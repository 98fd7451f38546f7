import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { forgetting } from '../../../src/journal/forgetting.ts';
import { PackFold } from '../../../src/journal/packFold.ts';
import { Misfit, Replay } from '../../../src/journal/replay.ts';
import { encode, SegmentCursor } from '../../../src/journal/segment.ts';
import { texts } from '../../support/arbitraries.ts';
import { histories, play } from '../../support/histories.ts';
import { anyEvents } from '../../support/journalEvents.ts';
import { journalled } from '../../support/journalled.ts';
import { randomStory } from '../../support/randomStory.ts';
import { told } from '../../support/replayTold.ts';
import { typedStory } from '../../support/typedStory.ts';

const sizes = fc.constantFrom(1, 2, 3, 7, 64, 4096);

describe('packs that are folded', () => {
  const same = (events: readonly JournalEvent[], size: number) => {
    const [folded, applied] = [byPacks(events, size), oneByOne(events)];
    assert.deepEqual(folded.misfit, applied.misfit);
    assert.deepEqual(told(folded.replay), told(applied.replay));
  };

  it('leave the state that their events leave one by one: typing', () =>
    fc.assert(
      fc.property(typedStory, sizes, (story, size) => same(story.events, size)),
      { numRuns: 300 },
    ));

  it('the same: any acts of several hands', () =>
    fc.assert(
      fc.property(randomStory, sizes, (story, size) => same(story.events, size)),
      { numRuns: 100 },
    ));

  it('the same: undo, redo, many places at once', () =>
    fc.assert(
      fc.property(texts, histories(texts), sizes, (start, acts, size) =>
        same(journalled(start, play(start, acts)), size),
      ),
      { numRuns: 200 },
    ));

  const harms: readonly ((event: Changed) => object)[] = [
    ({ changes }) => ({ changes: changes.map(({ from }) => ({ from, to: from + 90_000_000 })) }),
    ({ version }) => ({ version: version + 1 }),
    ({ first }) => ({ first: Math.max(1, first - 3) }),
    ({ tracker }) => ({ tracker: tracker + 7 }),
    ({ document }) => ({ document: document + 1 }),
    ({ findings }) => ({ findings: [...findings, { kind: 'typed', basis: 'none', rule: 'x', length: 1 }] }),
    ({ findings: [, ...rest] }) => ({ findings: rest }),
    ({ session }) => ({ session: session + 1 }),
    // No harm: the text is the file's again.
    () => ({ observation: { by: 'reload' } }),
  ];
  it('stop at the event at which one by one they stop, with the same words', () =>
    fc.assert(
      fc.property(typedStory, sizes, fc.nat(), fc.constantFrom(...harms), (story, size, at, harm) => {
        same(harmed(story.events, at, harm), size);
      }),
      { numRuns: 300 },
    ));

  it('refuse strange events as one by one they are refused', () =>
    fc.assert(
      fc.property(anyEvents, sizes, (events, size) => {
        const all = events.map((event, sequence) => ({ ...event, sequence }));
        assert.deepEqual(byPacks(all, size).misfit, oneByOne(all).misfit);
      }),
    ));

  it('fit and do not fit a replay that keeps only texts as they fit any other', () =>
    fc.assert(
      fc.property(randomStory, sizes, fc.nat(), fc.constantFrom(...harms), (story, size, at, harm) => {
        const events = harmed(story.events, at, harm);
        const [checked, whole] = [byPacks(events, size, undefined, forgetting()), byPacks(events, size)];
        assert.equal(checked.misfit, whole.misfit);
        assert.deepEqual(textsOf(checked.replay), textsOf(whole.replay));
      }),
      { numRuns: 100 },
    ));

  it('show each event before it is applied, and what it takes out', () =>
    fc.assert(
      fc.property(typedStory, sizes, (story, size) => {
        const shown: number[] = [];
        const gone: [number, number][] = [];
        const note = (sequence: number, serial: number, length: number) => {
          for (let i = 0; i < length; i++) gone.push([sequence, serial + i]);
        };
        const { replay } = byPacks(story.events, size, at => ({
          before(event) {
            shown.push(event.sequence);
            for (const { serial, length } of takenOut(at, event)) note(event.sequence, serial, length);
          },
          after: ({ sequence }) => assert.equal(at.size, sequence + 1),
          plain: ({ sequence }) => shown.push(sequence),
          wentOn({ sequence }, events) {
            for (let n = events; n > 0; n--) shown.push(sequence - n + 1);
          },
          removed: ({ sequence }, serial, length) => note(sequence, serial, length),
        }));
        assert.equal(replay.size, story.events.length);
        assert.deepEqual(
          shown,
          story.events.map(({ sequence }) => sequence),
        );
        const expected: [number, number][] = [];
        const one = new Replay();
        for (const event of story.events) {
          for (const { serial, length } of takenOut(one, event))
            for (let i = 0; i < length; i++) expected.push([event.sequence, serial + i]);
          one.apply(event);
        }
        assert.deepEqual(gone, expected);
      }),
      { numRuns: 200 },
    ));
});

type Changed = Extract<JournalEvent, { kind: 'changed' }>;

/** One of the steps is another. */
function harmed(events: readonly JournalEvent[], at: number, harm: (event: Changed) => object): JournalEvent[] {
  const changed = events.filter(event => event.kind === 'changed');
  const one = changed[at % Math.max(1, changed.length)];
  return events.map(event => (event === one ? ({ ...one, ...harm(one) } as JournalEvent) : event));
}

function textsOf({ size, documents }: Replay) {
  return { size, documents: [...documents.values()].map(({ text, provenance }) => [text, provenance.spans()]) };
}

function takenOut(replay: Replay, event: JournalEvent) {
  if (event.kind !== 'changed') return [];
  const { provenance } = replay.tracker(event.session, event.tracker) ?? replay.documents.get(event.document)!;
  return event.changes.flatMap(({ from, to }) => provenance.slice(from, to));
}

function oneByOne(events: readonly JournalEvent[]) {
  const replay = new Replay();
  const misfit = misfitOf(() => {
    for (const event of events) replay.apply(event);
  });
  return { replay, misfit };
}

function byPacks(
  events: readonly JournalEvent[],
  size: number,
  onlooker?: (replay: Replay) => ConstructorParameters<typeof PackFold>[1],
  from?: ReturnType<typeof forgetting>,
) {
  const replay = new Replay(from && { from });
  const fold = new PackFold(replay, onlooker?.(replay));
  const cursor = new SegmentCursor();
  const misfit = misfitOf(() => {
    for (let at = 0; at < events.length; at += size) fold.fold(cursor.open(encode(events.slice(at, at + size))));
  });
  return { replay, misfit };
}

function misfitOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Misfit) return error.message;
    throw error;
  }
}
