import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { EventFold } from '../../../src/journal/eventFold.ts';
import { Replay } from '../../../src/journal/replay.ts';
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
import { Story, typed } from '../../support/story.ts';
import { typedStory } from '../../support/typedStory.ts';

describe('events that are gathered', () => {
  leavesTheSameState(byRuns);

  const more: typeof harms = [
    ({ changes }) => ({ changes: changes.map(({ to }) => ({ from: to + 1, to })) }),
    ({ changes }) => ({ changes: changes.map(({ to }) => ({ from: -1, to })) }),
    ({ changes }) => ({ changes: changes.map(({ from }) => ({ from, to: Number.NaN })) }),
    ({ changes }) => ({ changes: [...changes, ...changes] }),
    () => ({ changes: [null] }),
    () => ({ texts: [] }),
    () => ({ texts: [7] }),
    () => ({ tracker: 0 }),
    ({ findings }) => ({ findings: findings.map(({ length, ...rest }) => ({ ...rest, length: length + 1 })) }),
    () => ({ time: 0.5 }),
    () => ({ zone: undefined }),
  ];
  it('do not fit where one by one they do not fit, in the same words, and those before them are there', () =>
    fc.assert(
      fc.property(typedStory, sizes, fc.nat(), fc.constantFrom(...harms, ...more), (story, size, at, harm) => {
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
    for (const event of story.events) fold.apply(event);
    const text = () => [...replay.trackers][0]?.text;
    assert.equal(story.events.length, opened + 4);
    assert.equal(text(), '');
    assert.equal(fold.settled, replay);
    assert.equal(text(), 'word');
  });
});

function byRuns(events: readonly JournalEvent[], size: number): Folded {
  const fold = new EventFold(new Replay());
  const misfit = misfitOf(() => {
    for (const event of events) {
      fold.apply(event);
      if (event.sequence % size === 0) assert.ok(fold.settled);
    }
  });
  return { replay: fold.settled, misfit };
}
