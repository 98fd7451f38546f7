import type { PromptEntry } from '../../src/evidence/register.ts';
import { makeReport } from '../../src/evidence/report.ts';
import type { Origin } from '../../src/provenance/origin.ts';
import { Story } from './story.ts';

export const request = 'Tell of the horse at the well, in two sentences.';
export const [one, two] = ['claude-code:c1:1', 'claude-code:c1:2'];

/** A story with two files that are open, `plan.md` and `story.md`. */
export function begun(): Story {
  const story = new Story('j1', '2026-11-12T04:10:00Z', 'Novel');
  story.session();
  for (const path of ['plan.md', 'story.md']) {
    story.baseline(path, '');
    story.open(path);
  }
  return story;
}

/** An agent writes the file anew, and its record tells so. */
export function byAgent(story: Story, prompt: string, path: string, text: string): void {
  if (story.page(path).tracker !== 0) {
    story.save(path);
    story.close(path);
  }
  const sequence = story.events.length;
  const ranges = story.outside(path, text).filter(({ length }) => length > 0);
  const origin: Origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt };
  story.add({ kind: 'resolution', ranges, origin, acts: [sequence] });
}

export function register(story: Story): readonly PromptEntry[] {
  return makeReport([story.source()]).prompts;
}
