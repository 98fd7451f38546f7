import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { EventFold } from '../../../src/journal/eventFold.ts';
import { PlainShapes } from '../../../src/journal/plainShape.ts';
import { PlainSteps } from '../../../src/journal/plainSteps.ts';
import { Replay } from '../../../src/journal/replay.ts';
import {
  type Folded,
  harmed,
  harms,
  leavesTheSameState,
  misfitOf,
  oneByOne,
  queued,
  sameAsOneByOne,
  sizes,
  strangeHarms,
} from '../../support/foldLaws.ts';
import { anyEvents } from '../../support/journalEvents.ts';
import { Story, typed } from '../../support/story.ts';
import { typedStory } from '../../support/typedStory.ts';

describe('events that are gathered', () => {
  leavesTheSameState(byRuns);

  it('do not fit where one by one they do not fit, in the same words, and those before them are there', () =>
    fc.assert(
      fc.property(typedStory, sizes, fc.nat(), fc.constantFrom(...harms, ...strangeHarms), (story, size, at, harm) => {
        sameAsOneByOne(byRuns, harmed(story.events, at, harm), size);
      }),
      { numRuns: 600 },
    ));

  it('are refused as one by one they are refused, whatever they are', () =>
    fc.assert(
      fc.property(anyEvents, sizes, (events, size) => {
        const all = events.map((event, sequence) => ({ ...event, sequence }));
        assert.deepEqual(byRuns(all, size).misfit, oneByOne(all).misfit);
      }),
    ));

  it('reach the text when the state is asked for, and not before', () => {
    const story = new Story('gathered', '2026-11-12T04:10:00Z', 'Gathered');
    story.session();
    story.baseline('a.md', '');
    story.open('a.md');
    const opened = story.events.length;
    for (const [at, letter] of [...'word'].entries()) story.put('a.md', at, at, letter, typed);
    const replay = new Replay();
    const fold = new EventFold(replay);
    for (const event of story.events.slice(0, opened)) fold.apply(event);
    const steps = new PlainSteps(new PlainShapes());
    const session = [...replay.trackers][0]!.session;
    for (const event of story.events.slice(opened)) assert.ok(steps.add(queued(event)));
    assert.equal(fold.plain(steps, session, 0), 4);
    const text = () => [...replay.trackers][0]?.text;
    assert.equal(text(), '');
    assert.equal(fold.settled, replay);
    assert.equal(text(), 'word');
  });
});

/** Plain ones in runs, as a session hands them over; all others one by one. */
function byRuns(events: readonly JournalEvent[], size: number): Folded {
  const fold = new EventFold(new Replay());
  const shapes = new PlainShapes();
  const misfit = misfitOf(() => {
    for (let at = 0; at < events.length; ) {
      const { session } = events[at]!;
      const steps = new PlainSteps(shapes);
      let end = at;
      // Whose sequence is wrong is not handed over: a journal gives the sequences.
      while (end < events.length && end - at < size && isNext(events, end, session) && steps.add(queued(events[end]!)))
        end++;
      at += fold.plain(steps, session, 0);
      if (at < end || steps.count === 0) fold.apply(events[at++]!);
      if (events[at - 1]!.sequence % size === 0) assert.ok(fold.settled);
    }
  });
  return { replay: fold.settled, misfit };
}

function isNext(events: readonly JournalEvent[], at: number, of: number): boolean {
  return events[at]!.session === of && events[at]!.sequence === at;
}
