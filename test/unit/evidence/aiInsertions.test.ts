import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AiCounts, type AiInsertions, listedMost } from '../../../src/evidence/aiInsertions.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { randomStory } from '../../support/randomStory.ts';
import { sampleStory } from '../../support/sampleStory.ts';
import { Story, typed } from '../../support/story.ts';

const completion: Origin = { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' };
const unknown: Origin = { kind: 'unknown', basis: 'none', rule: 'none' };

/** What became of what the story's AI put into one file. */
function told(tell: (story: Story) => void): AiInsertions {
  const story = new Story('ai', '2026-11-12T04:10:00Z', 'AI');
  story.session();
  story.baseline('a.md', '');
  story.open('a.md');
  tell(story);
  story.save('a.md');
  return makeReport([story.source()]).insertions;
}

describe('what became of AI insertions', () => {
  it('kept', () => {
    const { became, listed } = told(story => {
      story.type('a.md', 'Ask. ');
      story.insert('a.md', 'Given whole.', completion);
    });
    assert.deepEqual(became, { kept: 1, altered: 0, removed: 0 });
    assert.equal(listed[0]!.begins, 'Given whole.');
  });

  it('altered, and by how much', () => {
    const { became, inserted, unaltered, altered, removed, removedBy } = told(story => {
      story.insert('a.md', 'One two. Three four.', completion);
      story.replace('a.md', 'four', '', typed);
    });
    assert.deepEqual(became, { kept: 0, altered: 1, removed: 0 });
    assert.deepEqual([inserted, unaltered, altered, removed], [20, 9, 7, 4]);
    assert.deepEqual(removedBy, [{ hand: 'human', basis: 'asserted', characters: 4 }]);
  });

  it('removed, by a hand that nobody knows', () => {
    const { became, removedBy } = told(story => {
      story.insert('a.md', 'Gone.', completion);
      story.replace('a.md', 'Gone.', '', unknown);
    });
    assert.deepEqual(became, { kept: 0, altered: 0, removed: 1 });
    assert.deepEqual(removedBy, [{ hand: 'unknown', basis: 'none', characters: 5 }]);
  });

  it('of one prompt, what came without a pause is one, what came later another', () => {
    const origin: Origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: 'c:1' };
    const { listed } = told(story => {
      story.insert('a.md', 'One. ', origin);
      story.insert('a.md', 'Zero. ', origin, '');
      story.clock('2026-11-12T05:00:00Z');
      story.insert('a.md', 'Later.', origin);
    });
    assert.deepEqual(
      listed.map(({ inserted, prompt }) => [inserted, prompt]),
      [
        [11, 'c:1'],
        [6, 'c:1'],
      ],
    );
  });

  it('of the sample work: one with words changed, and the event that tells of each', () => {
    const { listed } = makeReport([sampleStory().source()]).insertions;
    assert.deepEqual(
      listed.map(one => one.became),
      ['altered', 'altered', 'kept'],
    );
    for (const { event } of listed) assert.match(event!, /^01JCQ8Z5T2-4f6e:\d+$/);
  });

  it('whatever happened: all adds up', () => {
    fc.assert(
      fc.property(randomStory, story => {
        const report = makeReport([story.source()]);
        const { insertions: all, totals } = report;
        const adds = (one: AiCounts) => {
          assert.equal(one.unaltered + one.altered + one.removed, one.inserted);
          assert.ok(one.removedBy.reduce((n, { characters }) => n + characters, 0) <= one.removed);
        };
        for (const one of [all, ...all.listed]) adds(one);
        assert.equal(all.inserted, totals.hands.machine.inserted);
        assert.equal(all.unaltered + all.altered, totals.hands.machine.retained);
        assert.ok(all.listed.length <= listedMost);
        const { kept, altered, removed } = all.became;
        assert.equal(kept + altered + removed, all.listed.length);
        for (const name of ['inserted', 'unaltered', 'altered', 'removed'] as const) {
          assert.equal(
            all.listed.reduce((n, one) => n + one[name], 0),
            all[name],
          );
        }
      }),
      { numRuns: 120 },
    );
  });
});
