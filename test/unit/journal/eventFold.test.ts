import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { EventFold } from '../../../src/journal/eventFold.ts';
import { Misfit, Replay } from '../../../src/journal/replay.ts';
import { texts } from '../../support/arbitraries.ts';
import { histories, play } from '../../support/histories.ts';
import { anyEvents } from '../../support/journalEvents.ts';
import { journalled } from '../../support/journalled.ts';
import { randomStory } from '../../support/randomStory.ts';
import { told } from '../../support/replayTold.ts';
import { Story, typed } from '../../support/story.ts';
import { typedStory } from '../../support/typedStory.ts';

/** After how many events the state is asked for. */
const sizes = fc.constantFrom(1, 2, 3, 7, 64, 4096);

describe('events that are gathered', () => {
  const same = (events: readonly JournalEvent[], size: number) => {
    const [gathered, applied] = [byRuns(events, size), oneByOne(events)];
    assert.deepEqual(gathered.misfit, applied.misfit);
    assert.deepEqual(told(gathered.replay), told(applied.replay));
  };

  it('leave the state that they leave one by one: typing', () =>
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
    ({ changes }) => ({ changes: changes.map(({ to }) => ({ from: to + 1, to })) }),
    ({ changes }) => ({ changes: changes.map(({ to }) => ({ from: -1, to })) }),
    ({ changes }) => ({ changes: changes.map(({ from }) => ({ from, to: Number.NaN })) }),
    ({ changes }) => ({ changes: [...changes, ...changes] }),
    () => ({ changes: [null] }),
    () => ({ texts: [] }),
    () => ({ texts: [7] }),
    ({ version }) => ({ version: version + 1 }),
    ({ first }) => ({ first: Math.max(1, first - 3) }),
    ({ tracker }) => ({ tracker: tracker + 7 }),
    () => ({ tracker: 0 }),
    ({ document }) => ({ document: document + 1 }),
    ({ findings }) => ({ findings: [...findings, { kind: 'typed', basis: 'none', rule: 'x', length: 1 }] }),
    ({ findings: [, ...rest] }) => ({ findings: rest }),
    ({ findings }) => ({ findings: findings.map(({ length, ...rest }) => ({ ...rest, length: length + 1 })) }),
    ({ session }) => ({ session: session + 1 }),
    () => ({ time: 0.5 }),
    () => ({ zone: undefined }),
    // No harm: the text is the file's again.
    () => ({ observation: { by: 'reload' } }),
  ];
  it('do not fit where one by one they do not fit, in the same words, and those before them are there', () =>
    fc.assert(
      fc.property(typedStory, sizes, fc.nat(), fc.constantFrom(...harms), (story, size, at, harm) => {
        const changed = story.events.filter(event => event.kind === 'changed');
        const one = changed[at % Math.max(1, changed.length)];
        const harmed = story.events.map(event => (event === one ? ({ ...one, ...harm(one) } as JournalEvent) : event));
        same(harmed, size);
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

type Changed = Extract<JournalEvent, { kind: 'changed' }>;

function oneByOne(events: readonly JournalEvent[]) {
  const replay = new Replay();
  return { replay, misfit: misfitOf(events, event => replay.apply(event)) };
}

function byRuns(events: readonly JournalEvent[], size: number) {
  const fold = new EventFold(new Replay());
  const misfit = misfitOf(events, event => {
    fold.apply(event);
    if (event.sequence % size === 0) assert.ok(fold.settled);
  });
  return { replay: fold.settled, misfit };
}

/** The first event that does not fit, in words: behind it nothing does. */
function misfitOf(events: readonly JournalEvent[], apply: (event: JournalEvent) => void): string | undefined {
  try {
    for (const event of events) apply(event);
    return undefined;
  } catch (error) {
    if (error instanceof Misfit) return error.message;
    throw error;
  }
}
