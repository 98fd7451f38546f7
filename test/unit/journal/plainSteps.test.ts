import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Appended, AppendedQueue, countOf } from '../../../src/journal/appended.ts';
import { Draft } from '../../../src/journal/draft.ts';
import type { EventBody, JournalEvent } from '../../../src/journal/event.ts';
import { eventOf } from '../../../src/journal/eventOf.ts';
import { fitsColumns } from '../../../src/journal/fits.ts';
import type { QueuedEvent } from '../../../src/journal/messages.ts';
import { PlainShapes } from '../../../src/journal/plainShape.ts';
import { PlainSteps } from '../../../src/journal/plainSteps.ts';
import { encode } from '../../../src/journal/segment.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { harmed, harms, queued, sizes, strangeHarms } from '../../support/foldLaws.ts';
import { anyEvents } from '../../support/journalEvents.ts';
import { randomStory } from '../../support/randomStory.ts';
import { Story, typed } from '../../support/story.ts';
import { typedStory } from '../../support/typedStory.ts';
import { keystroke } from '../../support/workroom.ts';

describe('plain steps in columns', () => {
  it('are what was added, and nothing else is: stories', () =>
    fc.assert(
      fc.property(fc.oneof(typedStory, randomStory), ({ events }) => givesBack(events.map(queued))),
      { numRuns: 100 },
    ));

  it('the same of what nobody here writes', () => {
    fc.assert(fc.property(anyEvents, events => givesBack(events.map(queued))));
    fc.assert(
      fc.property(typedStory, fc.nat(), fc.constantFrom(...harms, ...strangeHarms), ({ events }, at, harm) =>
        givesBack(harmed(events, at, harm).map(queued)),
      ),
    );
  });

  it('are what was added, whatever is done to it later', () => {
    const steps = new PlainSteps(new PlainShapes());
    const observation = { by: 'editor', selection: 'keyboard' };
    const [body, texts] = keystroke({ document: 1, tracker: 1, version: 1, first: 7 }, 0, 'k');
    assert.ok(steps.add({ time: 1, monotonic: 1, zone: 0, body: { ...body, observation } as EventBody, texts }));
    observation.selection = 'mouse';
    const { body: back } = steps.event(0);
    assert.deepEqual('observation' in back && back.observation, { by: 'editor', selection: 'keyboard' });
  });

  it('are packed to the bytes that their events are packed to, however they are cut', () =>
    fc.assert(
      fc.property(typedStory, sizes, fc.array(fc.integer({ min: 1, max: 90 })), ({ events }, size, cuts) => {
        const whole = encode(events);
        const queue = new AppendedQueue(inRuns(events, size));
        assert.equal(queue.left, events.length);
        const draft = new Draft();
        for (const cut of [...cuts, events.length]) {
          const some = queue.take(cut);
          assert.equal(some.reduce((n, one) => n + countOf(one), 0) <= cut, true);
          draft.addAll(some);
        }
        assert.equal(queue.left, 0);
        assert.deepEqual(Buffer.from(draft.pack(events[0]!.sequence, 'raw')), Buffer.from(whole));
      }),
      { numRuns: 100 },
    ));

  it('are the letters that a person types, takes back and types over, and the word that a model completes', () => {
    const story = new Story('plain', '2026-11-12T04:10:00Z', 'Plain');
    story.session();
    story.baseline('a.md', 'It begins here.\n');
    story.open('a.md');
    const plain = (...put: [from: number, to: number, text: string, origin?: Origin]) => {
      const [from, to, text, origin = typed] = put;
      story.put('a.md', from, to, text, origin);
      return new PlainSteps(new PlainShapes()).add(queued(story.events.at(-1)!));
    };
    assert.ok(plain(3, 3, 'с'));
    assert.ok(plain(3, 4, ''));
    assert.ok(plain(0, 2, 'It'));
    assert.ok(plain(0, 0, '😀'));
    assert.ok(
      plain(0, 0, 'and so it went on for a while.', { kind: 'ai.completion', basis: 'asserted', rule: 'mark' }),
    );
    assert.equal(plain(0, 30, ''), false, 'the index of text that returns looks at what it takes out');
    assert.equal(plain(0, 0, '\ud800'), false, 'no pack holds it among other texts');
  });
});

/** What is added comes back, and columns can hold it; what is not is not there. */
function givesBack(events: readonly QueuedEvent[]): void {
  const steps = new PlainSteps(new PlainShapes());
  const added = events.filter(event => steps.add(event));
  assert.equal(steps.count, added.length);
  for (const [i, event] of added.entries()) {
    const back = steps.event(i);
    assert.deepEqual(JSON.parse(JSON.stringify(back)), JSON.parse(JSON.stringify(event)));
    assert.ok(fitsColumns(eventOf(1, 1, back, back.body, back.texts)));
  }
}

/** As a session appends them: plain ones in runs of one size at most. */
function inRuns(events: readonly JournalEvent[], size: number): Appended[] {
  const all: Appended[] = [];
  const shapes = new PlainShapes();
  for (let at = 0; at < events.length; ) {
    const { session } = events[at]!;
    const steps = new PlainSteps(shapes);
    while (
      at < events.length &&
      steps.count < size &&
      events[at]!.session === session &&
      steps.add(queued(events[at]!))
    )
      at++;
    if (steps.count > 0) all.push({ steps, session, from: 0, until: steps.count });
    else all.push(events[at++]!);
  }
  return all;
}
