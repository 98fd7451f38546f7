import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AgentRecords } from '../../../../src/agents/agent.ts';
import { fields, text } from '../../../../src/agents/reading/json.ts';
import { CopilotEvents } from '../../../../src/agents/tools/copilotEvents.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { CopilotLog } from './copilotLog.ts';

const read = (file: string, opened?: string): Promise<AgentRecords> => new CopilotEvents(file, opened).read();
const long = 'call_0123456789abcdefgh';

describe("Copilot's events", () => {
  let log: CopilotLog;
  beforeEach(() => {
    log = new CopilotLog(join(folder(), 'talk.jsonl'), { cwd: '/work' });
  });
  afterEach(cleanFolders);

  const told: readonly (readonly [name: string, tool: string, input: unknown, edits: unknown])[] = [
    ['create_file', 'create_file', { filePath: '/w/a', content: 'x' }, [['/w/a', '', 'x']]],
    ['create', 'create', { path: 'a', file_text: 'x' }, [['/work/a', '', 'x']]],
    ['edit', 'edit', { path: '/w/a', old_str: 'o', new_str: 'n' }, [['/w/a', 'o', 'n']]],
    ['str_replace', 'str_replace', { path: '/w/a', old_str: 'o', new_str: 'n' }, [['/w/a', 'o', 'n']]],
    ['arguments as JSON', 'edit', '{"path":"/w/a","old_str":"o","new_str":"n"}', [['/w/a', 'o', 'n']]],
    [
      'several places',
      'multi_replace_string_in_file',
      {
        replacements: [
          { filePath: '/w/a', oldString: 'o', newString: 'n' },
          { filePath: '/w/b', oldString: 'p', newString: 'q' },
        ],
      },
      [
        ['/w/a', 'o', 'n'],
        ['/w/b', 'p', 'q'],
      ],
    ],
    [
      'a patch alone',
      'apply_patch',
      '*** Begin Patch\n*** Update File: /w/a\n@@\n-o\n+n\n k\n*** Add File: b\n+x\n+y\n*** Delete File: c\n*** End Patch',
      [
        ['/w/a', 'o\nk\n', 'n\nk\n'],
        ['/work/b', '', 'x\ny'],
      ],
    ],
    ['a sketch', 'insert_edit_into_file', { filePath: '/w/a', code: '// ...existing code...\nx' }, [['/w/a']]],
    ['a cell', 'edit_notebook_file', { filePath: '/w/a.ipynb', newCode: 'x', editType: 'insert' }, [['/w/a.ipynb']]],
    ['a URI', 'create_file', { filePath: 'file:///w/a%20b', content: 'x' }, [['/w/a b', '', 'x']]],
    ['a patch that only deletes', 'apply_patch', '*** Begin Patch\n*** Delete File: c\n*** End Patch', []],
    [
      'an editor of several commands',
      'str_replace_editor',
      { command: 'insert', path: 'a', new_str: 'x' },
      [['/work/a', '', 'x']],
    ],
    ['a tool that writes nothing', 'read_file', { filePath: '/w/a' }, []],
    ['a shell', 'bash', { command: 'echo x > a' }, []],
  ];
  for (const [name, tool, input, edits] of told) {
    it(`what a call did: ${name}`, async () => {
      const records = await read(log.call(long, tool, input).file);
      assert.deepEqual(
        records.edits.map(({ file, after, replaced }) =>
          [file, replaced?.old, after ?? replaced?.new].filter(value => value !== undefined),
        ),
        edits,
      );
      assert.deepEqual(records.problems, []);
    });
  }

  const results: readonly (readonly [name: string, result: object, edits: number])[] = [
    ['said to have succeeded', { success: true }, 1],
    ['of a result type that says so', { result: { result_type: 'success' } }, 1],
    ['failed', { success: false, error: { message: 'no match', code: 'failure' } }, 0],
    ['refused', { success: false, error: { code: 'denied' } }, 0],
    ['of which nothing is said', {}, 0],
    ["the person's own", { success: true, isUserRequested: true }, 0],
    ['of a result type that says no', { success: true, result: { result_type: 'rejected' } }, 0],
  ];
  for (const [name, result, edits] of results) {
    it(`a call ${name}: ${edits} edits`, async () => {
      log.call(long, 'create', { path: '/w/a', file_text: 'x' }, result);
      assert.equal((await read(log.file)).edits.length, edits);
    });
  }

  it('a call that only asks is no edit yet', async () => {
    const request = { toolCallId: long, name: 'create', arguments: '{"path":"/w/a","file_text":"x"}' };
    log.says('I will write it.', { toolRequests: [request] });
    const reader = new CopilotEvents(log.file);
    assert.equal((await reader.read()).edits.length, 0);
    log.line('tool.execution_complete', { toolCallId: long, success: true, result: { content: 'Created file /w/a' } });
    assert.deepEqual(
      (await reader.read()).edits.map(({ before, after }) => ({ before, after })),
      [{ before: null, after: 'x' }],
    );
  });

  const asked: readonly (readonly [name: string, content: string, data: object, prompts: readonly string[]])[] = [
    ['plain', ' Shorten it\n', {}, ['Shorten it']],
    ['of a person', 'Shorten it', { source: 'user' }, ['Shorten it']],
    ['of the autopilot', 'Continue', { isAutopilotContinuation: true }, []],
    ['of a person elsewhere', 'Shorten it', { source: 'command-17' }, ['Shorten it']],
    ['of the editor', '<!-- vscode-hidden-from-transcript -->\n\nSum up', {}, []],
    ["of an agent's task", 'Look at a', { parentAgentTaskId: 'task' }, []],
    ['of a skill', 'Do as the skill says', { source: 'skill-pdf' }, []],
    ['with what the tool adds', 'A\n<context>\nnow\n</context>\n<reminder>be brief</reminder>', {}, ['A']],
    ['behind what the tool adds', '<attachments>\n<a/>\n</attachments>\n<userRequest>\nA\n</userRequest>', {}, ['A']],
    ['that speaks of elements', 'Is <context>x</context> right?', {}, ['Is <context>x</context> right?']],
    ['of injected text alone', '<reminder>be brief</reminder>', {}, []],
    ['empty', '', {}, []],
  ];
  for (const [name, content, data, prompts] of asked) {
    it(`a message ${name}: ${prompts.length} prompts`, async () => {
      const records = await read(log.prompt(content, data).file);
      assert.deepEqual(
        records.prompts.map(prompt => prompt.text),
        prompts,
      );
    });
  }

  it('prompt, answer and edit belong together; the model is the one at work', async () => {
    log.line('session.model_change', { newModel: 'gpt-4.1' }).prompt('Shorten it').says('I do.');
    log
      .line('session.model_change', { newModel: 'claude-sonnet-4' })
      .call(long, 'create', { path: 'a', file_text: 'x' });
    const { prompts, answers, edits } = await read(log.file);
    const prompt = prompts[0]!.id;
    assert.deepEqual(
      prompts.map(({ folder, model }) => [folder, model]),
      [['/work', 'openai/gpt-4.1']],
    );
    assert.deepEqual(
      answers.map(answer => [answer.text, answer.prompt, answer.model]),
      [['I do.', prompt, 'openai/gpt-4.1']],
    );
    assert.deepEqual(
      edits.map(edit => [edit.id, edit.prompt, edit.model]),
      [[`copilot:talk:${long}`, prompt, 'anthropic/claude-sonnet-4']],
    );
  });

  it('what a subagent is told and says is not of the conversation; what it writes is', async () => {
    log.prompt('Shorten it').prompt('Look at a', {}, { agentId: 'sub' });
    log.line('assistant.message', { content: 'I look.' }, { agentId: 'sub' });
    log.call(long, 'create', { path: '/w/a', file_text: 'x' });
    const { prompts, answers, edits } = await read(log.file);
    assert.deepEqual([prompts.length, answers.length, edits[0]?.prompt], [1, 0, prompts[0]!.id]);
  });

  it('a rewind undoes the edits since that message', async () => {
    log.call(`${long}1`, 'create', { path: '/w/a', file_text: 'x' }).prompt('More');
    log.call(`${long}2`, 'create', { path: '/w/b', file_text: 'x' });
    log.line('session.snapshot_rewind', { upToEventId: 'event-4', eventsRemoved: 3 });
    const { decisions } = await read(log.file);
    assert.deepEqual(
      decisions.map(({ edit, outcome }) => [edit, outcome]),
      [[`copilot:talk:${long}2`, 'undone']],
    );
  });

  it("a call has one id with and without VS Code's number; a short one is told apart by its conversation", async () => {
    log.call(`${long}__vscode-17`, 'create', { path: '/w/a', file_text: 'x' });
    log
      .call(long, 'create', { path: '/w/a', file_text: 'x' })
      .call('tool-1', 'create', { path: '/w/b', file_text: 'x' });
    const { edits } = await read(log.file);
    assert.deepEqual(
      edits.map(({ id }) => id),
      [`copilot:talk:${long}`, 'copilot:talk:talk-tool-1'],
    );
  });

  it('what is not known is told, once each', async () => {
    const other = new CopilotLog(join(folder(), 'talk.jsonl'), { version: 2 });
    for (let twice = 0; twice < 2; twice++) {
      other.line('artwork.made', {}).line('session.snapshot_rewind', {}).prompt('A', { source: 'telepathy' });
      other.call(`${long}${twice}`, 'apply_patch', 'no patch').call(`${long}${twice}+`, 'create', {});
    }
    const { prompts, edits, problems } = await read(other.file);
    assert.deepEqual([prompts, edits], [[], []]);
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        'unknown version',
        'unknown event',
        'rewind to an unknown event',
        'message of unknown source',
        'call not understood',
      ],
    );
  });

  it('without a folder of its own a prompt stands in the folder that was open, or in none that is known', async () => {
    const bare = new CopilotLog(join(folder(), 'talk.jsonl')).prompt('A');
    assert.equal((await read(bare.file, '/opened')).prompts[0]?.folder, '/opened');
    assert.equal((await read(bare.file)).prompts[0]?.folder, '');
  });
});

/** Counted apart from the reader: what real logs say of prompts, and of calls that are said to have succeeded. */
describe("Copilot's events on real samples", () => {
  const samples = new URL('../../../../../shared/fixtures/agents/git-ai/', import.meta.url);
  before(function () {
    if (existsSync(samples)) return;
    console.log('      skipped: ../shared/fixtures/agents is not there');
    this.skip();
  });

  const tools = new Set(['create', 'apply_patch', 'replace_string_in_file', 'create_file']);
  for (const file of globSync(['copilot_*event*.jsonl', 'copilot_vscode_workspace/**/*.jsonl'], { cwd: samples })) {
    it(file, async () => {
      const at = new URL(file, samples).pathname;
      const lines = readFileSync(at, 'utf8').split('\n').filter(Boolean);
      const events = lines.map(line => fields(JSON.parse(line))!);
      const data = (type: string) => events.filter(event => event.type === type).map(event => fields(event.data)!);
      const ended = data('tool.execution_complete').filter(
        ({ success, result }) => success === true || fields(result)?.result_type === 'success',
      );
      const calls = data('tool.execution_start').filter(
        ({ toolCallId, toolName }) =>
          tools.has(String(toolName)) && ended.some(result => result.toolCallId === toolCallId),
      );
      const { prompts, answers, edits, problems } = await read(at, '/opened');
      assert.deepEqual(
        prompts.map(prompt => prompt.text),
        data('user.message').map(({ content }) => text(content)),
      );
      assert.deepEqual(
        answers.map(answer => answer.text),
        data('assistant.message').flatMap(({ content }) => text(content) || []),
      );
      assert.equal(edits.length, calls.length);
      assert.deepEqual(problems, []);
      for (const [index, { arguments: input }] of calls.entries()) {
        const [told, edit] = [JSON.stringify(input), edits[index]!];
        assert.ok(told.includes(JSON.stringify(edit.file).slice(1, -1)), basename(edit.file));
        const whole = edit.after ?? '';
        assert.ok(told.includes(JSON.stringify(whole).slice(1, -1)));
        const lines = `${edit.replaced?.old ?? ''}${edit.replaced?.new ?? ''}`.split('\n');
        for (const line of lines) assert.ok(told.includes(JSON.stringify(line).slice(1, -1)), line);
      }
    });
  }
});
