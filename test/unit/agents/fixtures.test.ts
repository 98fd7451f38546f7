import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fields, list, text } from '../../../src/agents/reading/json.ts';
import { claudeCode } from '../../../src/agents/tools/claudeCode.ts';

const samples = new URL('../../../../shared/fixtures/agents/', import.meta.url);
const patterns = [
  'git-ai/claude*.jsonl',
  'git-ai/transcripts/*.jsonl',
  'claude-code-log/*.jsonl',
  'agentsview/claude/*.jsonl',
];
const more = ['claude-code-transcripts/*.jsonl', 'copilot-chat/claude/*.jsonl'];

/** Prompts by sight: user lines of main conversations whose text is a person's. Counted apart from the reader. */
const prompts: Readonly<Record<string, number>> = {
  'claude-code-with-plan.jsonl': 1,
  'claude-code-with-thinking.jsonl': 1,
  'claude-model-not-last.jsonl': 1,
  'agent-a1b2c3d4e5f6.jsonl': 0,
  'claude_simple.jsonl': 1,
  'claude_with_ids.jsonl': 1,
  'edge_cases.jsonl': 3,
  'representative_messages.jsonl': 4,
  'session_b.jsonl': 2,
  'todowrite_examples.jsonl': 2,
  'valid_session.jsonl': 2,
  'sample_session.jsonl': 2,
  '50a7220d-7250-46f3-b38e-b716ce25032e.jsonl': 1,
  '553dd2b5-8a53-4fbf-9db2-240632522fe5.jsonl': 1,
  'agent-a21e2f5.jsonl': 0,
  'agent-a775a67.jsonl': 0,
  'agent-aa9d784.jsonl': 0,
  'agent-ac47f8c.jsonl': 0,
  'agent-ae52dab.jsonl': 0,
  'b02ed4d8-1f00-45cc-949f-3ea63b2dbde2.jsonl': 3,
  'b3a7bd3c-5a10-4e7b-8ff0-7fc0cd6d1093.jsonl': 1,
  'c8bcb3a7-8728-4d76-9aae-1cbaf2350114.jsonl': 2,
};

describe('claudeCode on real transcripts', () => {
  before(function () {
    if (existsSync(samples)) return;
    console.log('      skipped: ../shared/fixtures/agents is not there');
    this.skip();
  });

  const files = [...patterns, ...more].flatMap(pattern => globSync(pattern, { cwd: samples }));
  for (const file of files) {
    it(file, async () => {
      const at = new URL(file, samples);
      const records = await claudeCode.reader(at.pathname).read();
      assert.equal(records.prompts.length, prompts[basename(file)], 'prompts');
      assert.deepEqual(
        // A call whose id is a number is named by what it did too.
        records.edits.map(edit =>
          edit.id
            .split(':')
            .at(-1)!
            .replace(/(_\d+)-[0-9a-f]{16}$/, '$1'),
        ),
        succeeded(readFileSync(at, 'utf8')),
        'edits',
      );
      assert.deepEqual(records.problems, []);
      const said = basename(file).startsWith('agent-') ? [] : spoken(readFileSync(at, 'utf8'));
      assert.deepEqual(
        records.answers.map(answer => answer.text),
        said,
        'answers',
      );
      for (const edit of records.edits) assert.ok(edit.after !== undefined || edit.replaced !== undefined, edit.id);
    });
  }

  it('reproduces the text that the tool wrote', async () => {
    const at = new URL('git-ai/claude-code-with-thinking.jsonl', samples);
    const [edit] = (await claudeCode.reader(at.pathname).read()).edits;
    const line = "console.log('hello world');\n";
    const at5 = edit?.before?.indexOf(line.repeat(5).trimEnd()) ?? -1;
    assert.ok(at5 > 0);
    assert.equal(edit?.after, `${edit?.before?.slice(0, at5)}${line}${edit?.before?.slice(at5)}`);
  });
});

/** What the model said to the person in words, each line once. */
function spoken(record: string): string[] {
  const said = new Map<unknown, string>();
  for (const line of record.split('\n').filter(Boolean)) {
    const { type, uuid, isSidechain, message } = JSON.parse(line);
    const blocks = type === 'assistant' && !isSidechain ? list(message.content) : [];
    const own = blocks.map(block => text(fields(block)?.text)).filter(Boolean);
    if (own.length > 0 && message.model !== '<synthetic>') said.set(uuid ?? line, own.join('\n'));
  }
  return [...said.values()];
}

/** Ids of the calls that edit files and have a result that is no error, in the order of the results. */
function succeeded(record: string): string[] {
  const calls = new Set<unknown>();
  const done: string[] = [];
  for (const line of record.split('\n').filter(Boolean)) {
    for (const block of list(fields(fields(JSON.parse(line))?.message)?.content).map(fields)) {
      if (/^(Edit|Write|MultiEdit|NotebookEdit)$/.test(text(block?.name) ?? '')) calls.add(block?.id);
      const id = text(block?.tool_use_id);
      if (id !== undefined && calls.delete(id) && block?.is_error !== true) done.push(id);
    }
  }
  return done;
}
