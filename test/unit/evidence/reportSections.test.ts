import assert from 'node:assert/strict';
import { mostDecisions } from '../../../src/evidence/decisions.ts';
import { reportHtml } from '../../../src/evidence/html.ts';
import { makeReport, type Report } from '../../../src/evidence/report.ts';
import type { WorkDescription } from '../../../src/evidence/work.ts';
import { begun, byAgent, one, request, two } from '../../support/promptStory.ts';
import type { Story } from '../../support/story.ts';

/** One section of the English page, its markup taken out. */
function said(report: Report, name: string): string {
  const html = reportHtml(report, { language: 'en' });
  const start = html.indexOf(`part-${name}"`);
  const end = html.indexOf('</section>', start);
  return html
    .slice(html.indexOf('>', start) + 1, end)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

/** An edit that a tool proposed, and what its record says of it. */
function decided(story: Story, rank: number, outcome: 'accepted' | 'rejected' | 'undone'): void {
  const id = `claude-code:c1:e${rank}`;
  const made = Date.parse('2026-11-12T05:00:00Z') + rank * 1000;
  const edit = { agent: 'claude-code', conversation: 'c1', made, path: 'story.md', prompt: one } as const;
  story.add({ kind: 'agentEdit', id, ...edit, gives: 'none', brings: [[0, 5]] });
  story.add({ kind: 'decision', edit: id, agent: 'claude-code', decided: made + 500, outcome });
}

function looped(): Story {
  const story = begun();
  story.prompt(one, request);
  byAgent(story, one, 'story.md', 'The horse drank. Nobody came.\n');
  decided(story, 1, 'rejected');
  story.prompt(two, 'Shorter, and in the present.');
  byAgent(story, two, 'story.md', 'A horse. It sleeps.\n');
  return story;
}

describe('sections of the report', () => {
  it('tell of a chain: what was asked, what came, what was done with it, what was asked then', () => {
    const part = said(makeReport([looped().source()]), 'loops');
    assert.match(part, /Chains on record: 1; prompts in them: 2\./);
    assert.match(part, /Prompt 1 Tell of the horse at the well.*Output: 30 characters put in, 1 changes made/);
    assert.match(part, /What was done with it: unaltered 0, .*rejected 1, undone 0 changes\..*Prompt 2 Shorter/);
  });

  it('list what tools’ records say was decided, the newest where there are very many', () => {
    const story = looped();
    for (let i = 2; i < mostDecisions + 20; i++) decided(story, i, i % 2 === 0 ? 'accepted' : 'undone');
    const report = makeReport([story.source()]);
    assert.deepEqual([report.decisions.count, report.decisions.listed.length], [mostDecisions + 19, mostDecisions]);
    assert.deepEqual(report.decisions.listed.at(-1)!.outcome, 'undone');
    assert.equal(report.decisions.listed.at(-1)!.length, 5);
    assert.match(said(report, 'composition'), /Decisions in all: 219; the newest 200 are listed\./);
    assert.deepEqual(makeReport([story.source()], { paths: ['plan.md'] }).decisions.count, 0);
  });

  it('name the AI systems with what they put in, and what no record names', () => {
    const story = looped();
    story.open('story.md');
    story.insert('story.md', 'A gift.', { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' });
    const part = said(makeReport([story.source()]), 'tools');
    assert.match(part, /AI systems on record: 1; terms stated by the author: 0\./);
    assert.match(part, /Not named by any record .* 7 —/);
    assert.match(part, /The author has stated no terms\./);
  });

  it('give what the author states as the author’s, and nothing more', () => {
    const work: WorkDescription = {
      title: {},
      authors: [],
      languages: ['kk-Latn', 'xx'],
      files: [],
      profile: 'kz-composite',
      created: { from: '2026-01' },
      place: 'Алматы',
      statement: 'I claim the arrangement.',
      plan: 'Three acts.',
      thirdParty: [{ what: 'A <song>', owner: 'Абай' }],
      tools: [{ product: 'Claude Code', terms: 'Commercial Terms', date: '2026-05-01' }],
      reviews: [{ name: 'Дана', approved: 'yes' }],
      editor: { name: 'Әсел' },
      constituents: [{ what: 'Pictures', source: 'ai', claim: 'none' }],
    };
    const report = makeReport([looped().source()], { work });
    assert.match(
      said(report, 'claim'),
      /own statement stands below.*I claim the arrangement\..*Pictures.*Output of an AI tool.*No protection is claimed/,
    );
    assert.match(said(report, 'composition'), /in the author’s words Three acts\./);
    assert.match(said(report, 'sources'), /author names: 1\..*A &lt;song&gt;.*Абай/);
    assert.match(said(report, 'tools'), /terms stated by the author: 1\..*Commercial Terms/);
    assert.match(said(report, 'review'), /author names: 1\. Editorial responsibility: Әсел\..*Дана.*Yes/);
    const cover = reportHtml(report, { language: 'en' });
    assert.match(cover, /Kazakh \(kk-Latn\), xx</);
    assert.match(cover, /Kind of claim<\/th><td><bdi>Composite work</);
    assert.match(cover, /Begun, as stated<\/th><td><bdi>2026-01</);
  });

  it('say of an author who states that there are no parts of others just that', () => {
    const work: WorkDescription = { title: {}, authors: [], languages: [], files: [], thirdParty: [] };
    assert.match(said(makeReport([looped().source()], { work }), 'sources'), /The author states that there are none\./);
    assert.match(said(makeReport([looped().source()]), 'sources'), /the author has not said\./);
  });
});
