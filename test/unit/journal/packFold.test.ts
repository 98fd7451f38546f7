import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { forgetting } from '../../../src/journal/forgetting.ts';
import { PackFold } from '../../../src/journal/packFold.ts';
import { Replay } from '../../../src/journal/replay.ts';
import { encode, SegmentCursor } from '../../../src/journal/segment.ts';
import {
  type Folded,
  harmed,
  harms,
  leavesTheSameState,
  misfitOf,
  oneByOne,
  sameAsOneByOne,
  sizes,
} from '../../support/foldLaws.ts';
import { anyEvents } from '../../support/journalEvents.ts';
import { randomStory } from '../../support/randomStory.ts';
import { typedStory } from '../../support/typedStory.ts';

describe('packs that are folded', () => {
  leavesTheSameState(byPacks);

  it('stop at the event at which one by one they stop, with the same words', () =>
    fc.assert(
      fc.property(typedStory, sizes, fc.nat(), fc.constantFrom(...harms), (story, size, at, harm) => {
        sameAsOneByOne(byPacks, harmed(story.events, at, harm), size);
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

function textsOf({ size, documents }: Replay) {
  return { size, documents: [...documents.values()].map(({ text, provenance }) => [text, provenance.spans()]) };
}

function takenOut(replay: Replay, event: JournalEvent) {
  if (event.kind !== 'changed') return [];
  const { provenance } = replay.tracker(event.session, event.tracker) ?? replay.documents.get(event.document)!;
  return event.changes.flatMap(({ from, to }) => provenance.slice(from, to));
}

function byPacks(
  events: readonly JournalEvent[],
  size: number,
  onlooker?: (replay: Replay) => ConstructorParameters<typeof PackFold>[1],
  from?: ReturnType<typeof forgetting>,
): Folded {
  const replay = new Replay(from && { from });
  const fold = new PackFold(replay, onlooker?.(replay));
  const cursor = new SegmentCursor();
  const misfit = misfitOf(() => {
    for (let at = 0; at < events.length; at += size) fold.fold(cursor.open(encode(events.slice(at, at + size))));
  });
  return { replay, misfit };
}
