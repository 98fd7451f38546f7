import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SealedSource } from '../../../src/evidence/integrity.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import { encode, SegmentCursor } from '../../../src/journal/segment.ts';
import { randomStory } from '../../support/randomStory.ts';
import type { Story } from '../../support/story.ts';
import { typedStory } from '../../support/typedStory.ts';

describe('a journal that is read by packs', () => {
  for (const [name, stories] of [
    ['typing', typedStory],
    ['any acts of several hands', randomStory],
  ] as const) {
    it(`gives the report that its events give: ${name}`, () =>
      fc.assert(
        fc.property(stories, fc.constantFrom(1, 5, 64, 4096), (story, size) =>
          assert.deepEqual(makeReport([packed(story, size)]), makeReport([story.source()])),
        ),
        { numRuns: 100 },
      ));
  }
});

function packed(story: Story, size: number): SealedSource {
  const { events } = story;
  function* packs() {
    const cursor = new SegmentCursor();
    for (let at = 0; at < events.length; at += size) yield cursor.open(encode(events.slice(at, at + size)));
  }
  return { ...story.source(), packs };
}
