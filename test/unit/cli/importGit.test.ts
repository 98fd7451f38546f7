import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AgentRecords } from '../../../src/agents/agent.ts';
import { gitAiOf, historyOf, tracesOf } from '../../../src/cli/importGit.ts';
import type { Batch } from '../../../src/cli/importRecords.ts';
import { run } from '../../../src/cli/run.ts';
import { GitAt } from '../../support/gitAt.ts';
import { Line } from '../agents/line.ts';
import { cleanFolders } from '../agents/transcript.ts';

const poem = 'The wind.\nIt came over the empty steppe.\nNobody heard it.\n';

describe('import of what git and others say', () => {
  let room: GitAt;

  beforeEach(() => {
    room = new GitAt(mkdtempSync(join(tmpdir(), 'holograph-import-')));
    room.init();
  });
  afterEach(() => rmSync(room.folder, { recursive: true, force: true }));

  function commit(message: string, files: Readonly<Record<string, string>>): string {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(room.folder, name), text);
    room.git('add', '.');
    room.git('commit', '-q', '-m', message);
    return room.git('rev-parse', 'HEAD').trim();
  }

  async function all(batches: AsyncGenerator<Batch>): Promise<AgentRecords[]> {
    const out: AgentRecords[] = [];
    for await (const { records } of batches) out.push(records);
    return out;
  }

  it('commits that name a tool: a record for each of their files, without texts, which a commit does not tell apart', async () => {
    const trailer = 'Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>';
    const id = commit(`Begin\n\n${trailer}`, { 'a.md': poem, 'б в.md': poem });
    commit('By hand\n\nCo-authored-by: Claude Monet <monet@example.org>', { 'c.md': poem });
    room.git('checkout', '-q', '-b', 'side');
    commit('Aside\n\nCo-authored-by: aider (gpt-4o) <aider@aider.chat>', { 'd.md': poem });
    room.git('checkout', '-q', 'main');
    const edits = (await all(historyOf(room.folder))).flatMap(records => records.edits);
    assert.deepEqual(edits.map(({ agent, model, file }) => [agent, model, file.split(/[\\/]/).at(-1)]).sort(), [
      ['aider', 'openai/gpt-4o', 'd.md'],
      ['claude-code', 'anthropic/claude-opus-4.5', 'a.md'],
      ['claude-code', 'anthropic/claude-opus-4.5', 'б в.md'],
    ]);
    assert.equal(edits.filter(({ conversation }) => conversation === `git-${id}`).length, 2);
    assert.ok(
      edits.every(edit => edit.before === undefined && edit.after === undefined && edit.replaced === undefined),
    );
    assert.equal(new Set(edits.map(({ id }) => id)).size, 3);
  });

  it('a repository without a commit says nothing', async () => {
    assert.deepEqual(await all(historyOf(room.folder)), []);
  });

  it('git-ai’s notes: the lines that a tool wrote, with their text, and what was asked', async () => {
    const id = commit('Begin', { 'a.md': poem });
    const about = {
      schema_version: 'authorship/3.0.0',
      prompts: {
        c9883b05a2487d6d: {
          agent_id: { tool: 'cursor', id: 'chat1', model: 'gpt-4' },
          messages: [
            { type: 'user', text: 'Begin', timestamp: '2026-01-02T10:00:00Z' },
            { type: 'assistant', text: 'Done' },
          ],
        },
      },
      sessions: { s_aa: { agent_id: { tool: 'claude', id: 'talk', model: 'claude-opus-4-5' } } },
    };
    const note = `a.md\n  c9883b05a2487d6d 1\n  s_aa::t_01 2-3\n  h_me 1-3\n---\n${JSON.stringify(about)}`;
    room.git('notes', '--ref=ai', 'add', '-m', note, id);
    const [records] = await all(gitAiOf(room.folder));
    assert.deepEqual(
      records?.edits.map(({ agent, conversation, model, replaced }) => [agent, conversation, model, replaced?.new]),
      [
        ['cursor', 'chat1', 'openai/gpt-4', 'The wind.'],
        ['claude-code', 'talk', 'anthropic/claude-opus-4-5', 'It came over the empty steppe.\nNobody heard it.'],
      ],
    );
    assert.deepEqual(
      records?.prompts.map(({ agent, text, time }) => [agent, text, time]),
      [['cursor', 'Begin', Date.UTC(2026, 0, 2, 10)]],
    );
    assert.deepEqual(records?.problems, []);
  });

  it('a note of an unknown version is a problem; without notes there is nothing', async () => {
    const id = commit('Begin', { 'a.md': poem });
    assert.deepEqual(await all(gitAiOf(room.folder)), []);
    room.git('notes', '--ref=ai', 'add', '-m', 'a.md\n  x 1\n---\n{"schema_version":"authorship/9.0.0"}', id);
    const [records] = await all(gitAiOf(room.folder));
    assert.match(records?.problems[0]?.message ?? '', /unknown version/);
  });

  it('Agent Trace: only lines that are said to be an AI’s; a record that is none is a problem with its line', async () => {
    const id = commit('Begin', { 'a.md': poem });
    const ranges = (type: string) => [
      { contributor: { type, model_id: 'openai/gpt-4o' }, ranges: [{ start_line: 2, end_line: 2 }] },
    ];
    const record = (type: string) => ({
      version: '0.1.0',
      id: `550e8400-${type}`,
      timestamp: '2026-01-23T14:30:00Z',
      vcs: { type: 'git', revision: id },
      tool: { name: 'cursor', version: '2.4.0' },
      files: [{ path: 'a.md', conversations: ranges(type) }],
    });
    const traces = [record('ai'), record('human'), record('mixed')].map(one => JSON.stringify(one)).join('\n');
    const file = join(room.folder, 'traces.jsonl');
    writeFileSync(file, `${traces}\n{"version":"7.0","id":"x"}\nno json\n`);
    const found = await all(tracesOf(file));
    assert.deepEqual(
      found.flatMap(({ edits }) =>
        edits.map(({ agent, replaced, model, time }) => [agent, replaced?.new, model, time]),
      ),
      [['cursor', 'It came over the empty steppe.', 'openai/gpt-4o', Date.UTC(2026, 0, 23, 14, 30)]],
    );
    assert.deepEqual(
      found.flatMap(({ problems }) => problems.map(({ line, message }) => `${line} ${message}`)),
      ['4 unknown version 7.0', '5 no trace record'],
    );
  });

  it('Agent Trace is looked for where it is kept: the work’s own JSON is no record that cannot be read', async () => {
    commit('Begin', { 'holograph.json': '{}', 'package.json': '{}' });
    const said: string[] = [];
    const io = { stdout: { write: () => true }, stderr: { write: (text: string) => said.push(text) } };
    const env = { HOLOGRAPH_HOME: join(room.folder, 'home'), LANG: 'C' };
    const code = await run(['import', 'agent-trace', '--dry-run'], { ...io, env, cwd: room.folder });
    assert.deepEqual([code, said], [1, []]);
  });

  it('lines that a note attests explain text of unknown origin, as reported; a commit that only names a tool none', async () => {
    const line = await Line.open('The wind came over the steppe.\n');
    try {
      const work = dirname(line.file);
      const git = new GitAt(work);
      git.init();
      await line.write('The wind came over the empty steppe.\n');
      git.now('add', '.');
      git.now('commit', '-q', '-m', 'Empty\n\nCo-authored-by: Cursor <cursoragent@cursor.com>');
      const env = { HOLOGRAPH_HOME: join(line.home, 'holograph'), HOME: line.home, LANG: 'C' };
      const stdout = { write: () => true };
      const call = (source: string) => run(['import', source], { stdout, stderr: stdout, env, cwd: work });
      assert.equal(await call('git'), 0);
      assert.match((await line.spans()).join(), /external\.disk inferred "empty "/);
      const agent = { agent_id: { tool: 'cursor', id: 'chat1', model: 'gpt-4' } };
      const about = { schema_version: 'authorship/3.0.0', sessions: { s_aa: agent } };
      git.now('notes', '--ref=ai', 'add', '-m', `a.md\n  s_aa::t_01 1\n---\n${JSON.stringify(about)}`, 'HEAD');
      assert.equal(await call('git-ai'), 0);
      assert.match((await line.spans()).join(), /ai\.agent reported "empty "/);
      assert.deepEqual(await line.marks(), ['agentEdit reconstructed', 'agentEdit reconstructed']);
    } finally {
      await line.close();
      cleanFolders();
    }
  });
});
