import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeReport } from '../../../src/evidence/report.ts';
import { randomStory } from '../../support/randomStory.ts';

/** More where somebody waits for them. */
const numRuns = Number(process.env.RUNS ?? 40);
const asked = 'claude-code:c:2';

/** In a random story a person types digits, and every other hand puts in letters. */
describe('laws of the register of prompts', () => {
  it('what stands unaltered, altered and no more is what was ever put in', () => {
    fc.assert(
      fc.property(randomStory, story => {
        for (const entry of makeReport([story.source()]).prompts) {
          const { inserted, retained, unaltered, altered, removed } = entry;
          assert.deepEqual([unaltered + altered, retained + removed], [retained, inserted]);
          assert.ok(Math.min(unaltered, altered, removed) >= 0);
          const takers = Object.values(entry.removedBy).reduce((sum, n) => sum + n, 0);
          assert.ok(takers <= removed, `${takers} of ${removed}`);
        }
      }),
      { numRuns },
    );
  });

  it('where a prompt stood in a document is known, nothing of it is typed that was not, and every character is told of once', () => {
    fc.assert(
      fc.property(randomStory, fc.nat(999), (story, part) => {
        const characters = [...story.page('a.md').text];
        const from = Math.floor((part / 1000) * characters.length);
        const prompt = characters
          .slice(from, from + 40)
          .join('')
          .trim();
        fc.pre(prompt.length >= 24);
        // Clocks step back in these stories; what came after it was asked, by the clock, says nothing.
        story.clock('2027-11-12T05:00:00Z');
        story.prompt(asked, prompt);
        const { written } = makeReport([story.source()]).prompts.find(({ id }) => id === asked)!;
        // The same story is tried again when it is made shorter.
        story.events.pop();
        assert.ok(written !== null);
        const told = Object.values(written.hands).reduce((sum, n) => sum + n, 0);
        assert.equal(told, [...prompt].length);
        assert.ok((written.hands.human ?? 0) <= prompt.replace(/[^0-9 .\n]/g, '').length, prompt);
      }),
      { numRuns },
    );
  });
});
