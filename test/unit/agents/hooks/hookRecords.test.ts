import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type HookAgent, hookAgents, hookRecords } from '../../../../src/agents/hooks/hookRecords.ts';
import type { Fields } from '../../../../src/agents/reading/json.ts';

const now = Date.UTC(2026, 10, 22, 12);
const claude = { session_id: 's', cwd: '/book', transcript_path: '/home/me/.claude/projects/-book/s.jsonl' };
const used = { ...claude, hook_event_name: 'PostToolUse', tool_use_id: 'toolu_0123456789' };

describe('what hooks tell', () => {
  it('Claude Code: a prompt', () => {
    const payload = { ...claude, hook_event_name: 'UserPromptSubmit', prompt: 'Write\n', permission_mode: 'default' };
    const { prompts } = hookRecords('claude-code', payload, now, '/');
    assert.match(prompts[0]!.id, /^claude-code:s:hook\.[0-9a-f]{16}$/);
    const { id: _, ...told } = prompts[0]!;
    const about = { agent: 'claude-code', conversation: 's', time: now, folder: '/book' };
    assert.deepEqual(told, { ...about, text: 'Write' });
  });

  it('Claude Code: of a prompt what the person said, and nothing of what a tool or an agent put in its place', () => {
    const asked = (prompt: string, more = {}) =>
      hookRecords('claude-code', { ...claude, ...more, hook_event_name: 'UserPromptSubmit', prompt }, now, '/').prompts;
    assert.equal(asked('<system-reminder>x</system-reminder>Write')[0]!.text, 'Write');
    for (const other of ['<task-notification>done</task-notification>', '<command-name>/clear</command-name>', ' '])
      assert.deepEqual(asked(other), []);
    assert.deepEqual(asked('Write', { agent_id: 'a1', agent_type: 'Explore' }), []);
  });

  it('Claude Code: an edit under the id that its log gives, the text before from its result', () => {
    const input = { file_path: '/book/a.md', old_string: 'x', new_string: 'y' };
    const result = { filePath: '/book/a.md', oldString: 'x', newString: 'y', originalFile: 'x z' };
    is(
      'claude-code',
      { ...used, tool_name: 'Edit', tool_input: input, tool_response: result },
      'toolu_0123456789 /book/a.md x z>y z',
    );
    is('claude-code', { ...used, tool_name: 'Edit', tool_input: input }, 'toolu_0123456789 /book/a.md [x>y]');
  });

  it('Claude Code: a new file, a proposal that the person changed, several places, what edits nothing', () => {
    const input = { file_path: '/book/a.md', content: 'new' };
    const write = { ...used, tool_name: 'Write', tool_input: input };
    is(
      'claude-code',
      { ...write, tool_response: { type: 'create', filePath: '/book/a.md' } },
      'toolu_0123456789 /book/a.md null>new',
    );
    is('claude-code', { ...write, tool_response: { userModified: true } }, 'toolu_0123456789 /book/a.md');
    const edits = [
      { old_string: 'a', new_string: 'b' },
      { old_string: 'c', new_string: 'd', replace_all: true },
    ];
    const several = { ...used, tool_name: 'MultiEdit', tool_input: { file_path: 'a.md', edits } };
    is('claude-code', several, 'toolu_0123456789.1 /book/a.md [a>b], toolu_0123456789.2 /book/a.md [c>d]*');
    is('claude-code', { ...used, tool_name: 'Bash', tool_input: { command: 'touch a.md' } }, '');
    is('claude-code', { ...write, hook_event_name: 'PreToolUse' }, '');
    is('claude-code', { ...write, tool_response: { is_error: true } }, '');
  });

  it('VS Code, also where it runs the hooks of Claude Code', () => {
    const transcript_path = '/home/me/.config/Code/User/workspaceStorage/1/GitHub.copilot-chat/transcripts/s.jsonl';
    const input = { filePath: '/book/a.md', oldString: 'x', newString: 'y' };
    const edit = { ...used, transcript_path, tool_name: 'replace_string_in_file', tool_input: input };
    for (const agent of ['copilot', 'claude-code'] as const)
      is(agent, edit, 'toolu_0123456789 /book/a.md [x>y]', 'copilot');
    const replacements = [input, { ...input, filePath: '/book/b.md' }];
    const several = { ...edit, tool_name: 'multi_replace_string_in_file', tool_input: { replacements } };
    is('copilot', several, 'toolu_0123456789.1 /book/a.md [x>y], toolu_0123456789.2 /book/b.md [x>y]', 'copilot');
    const sketch = { ...edit, tool_name: 'insert_edit_into_file', tool_input: { filePath: '/book/a.md', code: '…' } };
    is('copilot', sketch, 'toolu_0123456789 /book/a.md', 'copilot');
  });

  it('Copilot CLI in camel case: arguments as JSON in a text, no id', () => {
    const call = { sessionId: 'c', timestamp: now + 5, cwd: '/book', toolName: 'create' };
    const toolArgs = JSON.stringify({ path: 'a.md', file_text: 'new' });
    is('copilot', { ...call, toolArgs, toolResult: { resultType: 'success' } }, 'hook /book/a.md [>new]', 'copilot');
    is('copilot', { ...call, toolArgs, toolResult: { resultType: 'denied' } }, '');
    is('copilot', { ...call, toolArgs }, '');
    const { prompts } = hookRecords('copilot', { sessionId: 'c', timestamp: now + 5, prompt: 'Go' }, now, '/book');
    assert.deepEqual(
      prompts.map(({ text, time, folder }) => [text, time, folder]),
      [['Go', now + 5, '/book']],
    );
  });

  it('Codex: a patch', () => {
    const command = '*** Begin Patch\n*** Update File: a.md\n@@\n k\n-x\n+y\n*** Add File: b.md\n+new\n*** End Patch';
    const call = { ...used, turn_id: 't', model: 'gpt-5.2', tool_name: 'apply_patch', tool_input: { command } };
    is(
      'codex',
      call,
      'toolu_0123456789.1 /book/a.md [k\nx\n>k\ny\n] of s-t, toolu_0123456789.2 /book/b.md [>new\n] of s-t',
      'codex',
    );
    assert.equal(hookRecords('codex', call, now, '/').edits[0]!.model, 'openai/gpt-5.2');
  });

  it('Gemini CLI: a prompt, an answer, edits', () => {
    const base = { session_id: 'g', cwd: '/book', timestamp: new Date(now).toISOString() };
    const asked = { ...base, hook_event_name: 'BeforeAgent', prompt: 'Go' };
    assert.equal(hookRecords('gemini', asked, now, '/').prompts[0]!.text, 'Go');
    const said = { ...base, hook_event_name: 'AfterAgent', prompt: 'Go', prompt_response: 'Gone' };
    assert.equal(hookRecords('gemini', said, now, '/').answers[0]!.text, 'Gone');
    const tool_input = { file_path: '/book/a.md', old_string: 'x', new_string: 'y' };
    const edit = { ...base, hook_event_name: 'AfterTool', tool_name: 'replace', tool_input };
    is('gemini', { ...edit, tool_response: { llmContent: 'ok' } }, 'hook /book/a.md [x>y]', 'gemini');
    is('gemini', { ...edit, tool_response: { error: { message: 'no' } } }, '');
    const returnDisplay = { filePath: '/book/a.md', originalContent: 'x z', newContent: 'y z' };
    is('gemini', { ...edit, tool_response: { llmContent: 'ok', returnDisplay } }, 'hook /book/a.md x z>y z', 'gemini');
    const own = { file_path: '/book/a.md', content: 'mine', modified_by_user: true };
    is('gemini', { ...edit, tool_name: 'write_file', tool_input: own, tool_response: {} }, 'hook /book/a.md', 'gemini');
  });

  it('Cursor: a prompt, its edits and answer by the turn; a completion; nothing of the account', () => {
    const base = {
      ...{ conversation_id: 'c', generation_id: 'g', model: 'claude-4', cursor_version: '3.1' },
      ...{ workspace_roots: ['/book'], user_email: 'me@example.org' },
    };
    const asked = hookRecords('cursor', { ...base, hook_event_name: 'beforeSubmitPrompt', prompt: 'Go' }, now, '/');
    assert.deepEqual(
      asked.prompts.map(({ id, folder, model }) => [id, folder, model]),
      [['cursor:c:c-g', '/book', 'anthropic/claude-4']],
    );
    const edits = [{ old_string: '', new_string: 'y', range: {}, old_line: '', new_line: 'y' }];
    const edit = { ...base, hook_event_name: 'afterFileEdit', file_path: '/book/a.md', edits };
    is('cursor', edit, 'hook /book/a.md [>y] of c-g', 'cursor');
    is('cursor', { ...edit, hook_event_name: 'afterTabFileEdit' }, 'hook /book/a.md [>y] by completion', 'cursor');
    const claudes = { ...used, ...base, tool_name: 'Write', tool_input: { file_path: '/book/a.md', content: 'new' } };
    is('claude-code', claudes, 'toolu_0123456789 /book/a.md [>new] of c-g', 'cursor');
    const said = hookRecords('cursor', { ...base, hook_event_name: 'afterAgentResponse', text: 'Done' }, now, '/');
    assert.equal(said.answers[0]!.prompt, 'cursor:c:c-g');
    assert.ok(!JSON.stringify([asked, said]).includes('example.org'));
  });

  it('Windsurf: a prompt and its edits', () => {
    const base = {
      trajectory_id: 'w',
      execution_id: 'e',
      timestamp: new Date(now).toISOString(),
      model_name: 'SWE-1.5',
    };
    const asked = { ...base, agent_action_name: 'pre_user_prompt', tool_info: { user_prompt: 'Go' } };
    assert.equal(hookRecords('windsurf', asked, now, '/book').prompts[0]!.id, 'windsurf:w:w-e');
    const tool_info = { file_path: '/book/a.md', edits: [{ old_string: 'x', new_string: 'y' }] };
    is(
      'windsurf',
      { ...base, agent_action_name: 'post_write_code', tool_info },
      'hook /book/a.md [x>y] of w-e',
      'windsurf',
    );
    is('windsurf', { ...base, agent_action_name: 'pre_write_code', tool_info }, '');
  });

  it('Cline: a prompt, a file, blocks of old and new', () => {
    const base = { taskId: 't', timestamp: `${now}`, workspaceRoots: ['/book'], userId: 'me@example.org' };
    const asked = { ...base, hookName: 'UserPromptSubmit', userPromptSubmit: { prompt: 'Go' } };
    assert.equal(hookRecords('cline', asked, now, '/').prompts[0]!.text, 'Go');
    const saved = 'The content was successfully saved to a.md.';
    const done = (toolName: string, parameters: object, success = true, result = saved) => ({
      ...base,
      postToolUse: { toolName, parameters, success, result, executionTimeMs: 1 },
    });
    is('cline', done('write_to_file', { path: 'a.md', content: 'new' }), 'hook /book/a.md [>new]', 'cline');
    is('cline', done('write_to_file', { path: 'a.md', content: 'new' }, false), '');
    const changed = `The user made the following updates to your content:\n${saved}`;
    is('cline', done('write_to_file', { path: 'a.md', content: 'new' }, true, changed), 'hook /book/a.md', 'cline');
    is('cline', done('write_to_file', { path: 'a.md', content: 'new' }, true, ''), 'hook /book/a.md', 'cline');
    is('cline', done('read_file', { path: 'a.md' }, true, ''), '');
    const diff = '------- SEARCH\nx\n=======\ny\n+++++++ REPLACE\n------- SEARCH\nv\n=======\n+++++++ REPLACE';
    is(
      'cline',
      done('replace_in_file', { path: 'a.md', diff }),
      'hook.1 /book/a.md [x\n>y\n], hook.2 /book/a.md [v\n>]',
      'cline',
    );
  });

  it('Droid: what it took over from Claude Code', () => {
    const call = { ...used, tool_name: 'Create', tool_input: { file_path: '/book/a.md', content: 'new' } };
    is('droid', call, 'toolu_0123456789 /book/a.md [>new]', 'droid');
    const edit = { ...call, tool_name: 'Edit', tool_input: { file_path: '/book/a.md', old_str: 'x', new_str: 'y' } };
    is('droid', edit, 'toolu_0123456789 /book/a.md [x>y]', 'droid');
  });

  it('a clock that is far off is not believed', () => {
    const prompt = { ...claude, hook_event_name: 'UserPromptSubmit', prompt: 'Go', timestamp: '2020-01-01T00:00:00Z' };
    assert.equal(hookRecords('claude-code', prompt, now, '/').prompts[0]!.time, now);
  });

  it('no payload makes it throw, and what it gives is of its form', () => {
    const keys = [
      'tool_input',
      'tool_name',
      'hook_event_name',
      'edits',
      'prompt',
      'tool_info',
      'postToolUse',
      'tool_response',
    ];
    const words = [
      'PostToolUse',
      'Write',
      'Edit',
      'apply_patch',
      'afterFileEdit',
      '*** Begin Patch\n*** End Patch',
      'a',
    ];
    const leaf = fc.oneof(fc.constantFrom(...words), fc.string(), fc.integer(), fc.constant(null), fc.boolean());
    const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys, 'file_path', 'content', 'old_string'), tie('tree'), { maxKeys: 6 }),
      ),
    }));
    const payload = fc.dictionary(
      fc.constantFrom(...keys, 'agent_action_name', 'cwd', 'timestamp', 'session_id'),
      tree,
    );
    fc.assert(
      fc.property(fc.constantFrom(...hookAgents), payload, (agent, of) => {
        const { prompts, answers, edits } = hookRecords(agent, of as Fields, now, '/book');
        for (const { text } of [...prompts, ...answers]) assert.ok(text.trim() !== '');
        for (const { file, time } of edits) assert.ok(file.startsWith('/') && Number.isSafeInteger(time));
      }),
      { numRuns: Number(process.env.HOOK_RUNS ?? 300) },
    );
  });
});

/** The edits of a call: id, file, texts before and after, or in brackets what was replaced. */
function is(agent: HookAgent, payload: object, picture: string, name = agent): void {
  const { edits } = hookRecords(agent, payload as Fields, now, '/book');
  const last = (id: string) => id.slice(id.lastIndexOf(':') + 1).replace(/^hook\.[0-9a-f]{16}/, 'hook');
  const shown = edits.map(({ id, file, before, after, replaced, prompt, completion }) => {
    const [old = '', next = ''] = [replaced?.old, replaced?.new];
    const texts = replaced
      ? ` [${old}>${next}]${replaced.all ? '*' : ''}`
      : after === undefined
        ? ''
        : ` ${before === undefined ? '' : before}>${after}`;
    const of = prompt === undefined ? '' : ` of ${last(prompt)}`;
    return `${last(id)} ${file}${texts}${of}${completion ? ' by completion' : ''}`;
  });
  assert.equal(shown.join(', '), picture);
  assert.ok(edits.every(edit => edit.agent === name && edit.id.startsWith(`${name}:`)));
}
