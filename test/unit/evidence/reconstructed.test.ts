import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { reportHtml } from '../../../src/evidence/html.ts';
import { makeReport, type Report } from '../../../src/evidence/report.ts';
import { Story } from '../../support/story.ts';

const schema = new URL('../../../media/schema/report.schema.json', import.meta.url);
const validate = new Ajv({ strict: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));

/** What a report says of what was not observed of AI tools. */
describe('report of AI tools', () => {
  const about = { agent: 'cursor', conversation: 'c' };
  const start = '2026-01-02T10:00:00Z';

  function report(tell: (story: Story) => void): Report {
    const story = new Story('j', start, 'book');
    story.session();
    tell(story);
    const found = makeReport([story.source()]);
    assert.ok(validate(JSON.parse(JSON.stringify(found))), JSON.stringify(validate.errors));
    return found;
  }

  it('says nothing where nothing was imported, withheld or unchecked', () => {
    const { unobserved } = report(() => undefined);
    assert.deepEqual([unobserved.reconstructed, unobserved.withheld], [undefined, undefined]);
  });

  it('says how much of the record is reconstructed, and how many secrets were withheld', () => {
    const found = report(story => {
      story.add({ kind: 'prompt', id: 'cursor:c:p', ...about, asked: 5, by: 'import', withheld: 2 }, [
        'Use ▮▮ and ▮▮.',
      ]);
      story.add({ kind: 'answer', id: 'cursor:c:q', ...about, answered: 6, reconstructed: true, withheld: 1 }, ['▮']);
      story.add(
        { kind: 'agentEdit', id: 'cursor:c:e', ...about, made: 6, path: 'a.md', gives: 'none', reconstructed: true },
        [],
      );
      story.add(
        { kind: 'agentEdit', id: 'cursor:c:f', ...about, made: 6, path: 'a.md', gives: 'none', unchecked: true },
        [],
      );
    });
    assert.deepEqual(found.unobserved.reconstructed, { prompts: 1, answers: 1, edits: 1, characters: 0 });
    assert.equal(found.unobserved.withheld, 3);
    const [edits] = found.edits;
    assert.deepEqual([edits?.made, edits?.unchecked, edits?.reconstructed], [2, 1, 1]);
    assert.deepEqual(
      found.prompts.map(({ by, withheld }) => [by, withheld]),
      [['import', 2]],
    );
    for (const language of ['en', 'ru', 'kk'] as const) {
      const page = reportHtml(found, { language });
      assert.match(
        page,
        { en: /Reconstructed, not observed/, ru: /Восстановлено, а не наблюдалось/, kk: /қалпына келтірілген/ }[
          language
        ],
      );
      assert.match(page, /Cursor/);
    }
  });

  it('says which tool was not listened to, and when', () => {
    const found = report(story => {
      const gap = { kind: 'gap', reason: 'channel', note: 'codex', agent: 'codex' } as const;
      story.add({ ...gap, since: Date.parse(start) });
      story.add({ kind: 'gap', reason: 'agentRecord', note: 'x.jsonl:3: no JSON', agent: 'gemini' });
    });
    assert.deepEqual(
      found.unobserved.gaps.map(({ agent, since }) => [agent, since?.slice(0, 4)]),
      [
        ['codex', '2026'],
        ['gemini', undefined],
      ],
    );
    const page = reportHtml(found, { language: 'en' });
    assert.match(page, /a channel was not watched; [^<]*<small>records of Codex</);
    assert.match(page, /<small>records of Gemini CLI: x\.jsonl:3: no JSON</);
  });
});
