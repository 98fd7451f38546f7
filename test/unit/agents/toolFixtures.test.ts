import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Agent, AgentRecords } from '../../../src/agents/agent.ts';
import { amp } from '../../../src/agents/tools/amp.ts';
import { codex } from '../../../src/agents/tools/codex.ts';
import { droid } from '../../../src/agents/tools/droid.ts';
import { gemini } from '../../../src/agents/tools/gemini.ts';
import { readAll } from './recordPicture.ts';

const samples = new URL('../../../../shared/fixtures/agents/', import.meta.url);

/** What the samples hold at all, walked as plain JSON, apart from the readers' own ways. */
interface Piece {
  readonly type?: string;
  readonly role?: string;
  readonly name?: string;
  readonly text: string;
  readonly arguments: string;
  readonly payload: Piece;
  readonly message?: Piece;
  readonly content: readonly Piece[];
  readonly messages?: readonly Piece[];
  readonly toolCalls?: readonly Piece[];
}

/** Prompts and edits of one sample, counted without the reader. */
interface Count {
  readonly prompts: (records: readonly Piece[]) => readonly string[];
  readonly edits: (records: readonly Piece[]) => number;
}

const counts: readonly (readonly [Agent, readonly string[], Count])[] = [
  [
    codex,
    ['git-ai/codex-*.jsonl', 'agentsview/codex/*.jsonl'],
    {
      prompts: lines =>
        lines.flatMap(({ payload }) => (payload.role === 'user' ? payload.content.map(part => part.text) : [])),
      // The samples hold no results: a patch counts where the model spoke behind it, each of its places once.
      edits: lines => {
        const spoke = lines.findLastIndex(({ payload }) => payload.role === 'assistant');
        return lines
          .filter(({ payload }, at) => payload.name === 'apply_patch' && at < spoke)
          .reduce((sum, { payload }) => sum + JSON.parse(payload.arguments).patch.split('\n@@').length - 1, 0);
      },
    },
  ],
  [
    gemini,
    ['git-ai/gemini-*.jsonl', 'agentsview/gemini/*.json'],
    {
      prompts: lines => talk(lines).flatMap(({ type, content }) => (type === 'user' ? [String(content)] : [])),
      edits: lines =>
        talk(lines)
          .flatMap(({ toolCalls }) => toolCalls ?? [])
          .filter(({ name }) => name === 'replace' || name === 'write_file').length,
    },
  ],
  [
    droid,
    ['git-ai/droid-*.jsonl'],
    {
      prompts: lines => lines.flatMap(({ message }) => (message?.role === 'user' ? firstText(message) : [])),
      edits: lines =>
        lines.flatMap(({ message }) => message?.content ?? []).filter(({ name }) => name === 'ApplyPatch').length,
    },
  ],
  [
    amp,
    ['git-ai/amp-thread.json'],
    {
      prompts: lines => talk(lines).flatMap(message => (message.role === 'user' ? firstText(message) : [])),
      edits: lines =>
        talk(lines)
          .flatMap(({ content }) => content)
          .filter(({ name }) => name === 'edit_file').length,
    },
  ],
];

/** Messages of a record, which stand in one object or a line each. */
function talk(records: readonly Piece[]): readonly Piece[] {
  return records[0]?.messages ?? records;
}

function firstText({ content: [first] }: Piece): string[] {
  return first?.type === 'text' ? [first.text] : [];
}

describe('real records of tools', () => {
  before(function () {
    if (existsSync(samples)) return;
    console.log('      skipped: ../shared/fixtures/agents is not there');
    this.skip();
  });

  for (const [agent, patterns, count] of counts) {
    for (const file of patterns.flatMap(pattern => globSync(pattern, { cwd: samples }))) {
      it(`${agent.name}: ${basename(file)}`, async () => {
        const at = new URL(file, samples);
        const text = readFileSync(at, 'utf8');
        const records = file.endsWith('.json')
          ? [JSON.parse(text)]
          : text
              .trim()
              .split('\n')
              .map(line => JSON.parse(line));
        const read = await readAll(agent.reader(at.pathname));
        assert.deepEqual(
          read.prompts.map(prompt => prompt.text),
          count.prompts(records),
          'prompts',
        );
        assert.equal(read.edits.length, count.edits(records), 'edits');
        assert.deepEqual(read.problems, []);
        for (const edit of read.edits) assert.ok(edit.prompt !== undefined && edit.replaced !== undefined, edit.id);
      });
    }
  }

  const only = async (agent: Agent, file: string): Promise<AgentRecords> =>
    await readAll(agent.reader(new URL(file, samples).pathname));
  const says: readonly (readonly [Agent, string, string | undefined, string, string, string])[] = [
    [
      codex,
      'git-ai/codex-session-updated.jsonl',
      'openai/gpt-5.1-codex',
      '/Users/test/projects/git-ai/src/main.rs',
      'fn main() {}\n',
      'fn greet() { println!("hello"); }\nfn main() { greet(); }\n',
    ],
    [
      gemini,
      'git-ai/gemini-session-simple.jsonl',
      'google/gemini-2.5-flash',
      '/Users/author/projects/testing-git/index.ts',
      "console.log('hello world');",
      "console.log('hello world');\nconsole.log('hello bob');",
    ],
    [
      droid,
      'git-ai/droid-session.jsonl',
      // Its settings name the newest alone.
      undefined,
      '/Users/testuser/projects/testing-git/index.ts',
      "// DROID2\nconsole.log('Hello');\n",
      "// DROID3\nconsole.log('Hello');\n",
    ],
    [
      amp,
      'git-ai/amp-thread.json',
      'anthropic/claude-opus-4-6',
      '/Users/author/projects/testing-git-amp/jokes.csv',
      '13,Why do programmers always mix up Halloween and Christmas?,Because Oct 31 == Dec 25.',
      '13,Why do programmers always mix up Halloween and Christmas?,Because Oct 31 == Dec 25.\n' +
        '14,Why do programmers hate nature?,It has too many bugs and no documentation.',
    ],
  ];
  for (const [agent, file, model, path, old, next] of says) {
    it(`${agent.name}: who wrote what in place of what`, async () => {
      const { edits, prompts, answers } = await only(agent, file);
      const [edit] = edits;
      assert.deepEqual([edit?.model, edit?.file, edit?.replaced?.old, edit?.replaced?.new], [model, path, old, next]);
      assert.equal(edit?.prompt, prompts[0]?.id);
      assert.ok(answers.length > 0 && answers.every(answer => answer.prompt === prompts[0]?.id));
    });
  }

  it('have prompts whose models are known', async () => {
    for (const [agent, file, model] of says)
      assert.equal((await only(agent, file)).prompts[0]?.model, model, agent.name);
  });
});
