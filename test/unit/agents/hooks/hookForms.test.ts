import assert from 'node:assert/strict';
import { type HookAgent, hookRecords } from '../../../../src/agents/hooks/hookRecords.ts';
import type { Fields } from '../../../../src/agents/reading/json.ts';

const now = Date.UTC(2026, 0, 2, 10);

/** Forms that payloads were seen to have where they were written down, beside those of the tools' own pages. */
describe('what payloads are like in the field', () => {
  it('Cursor leaves the folder empty, and has the id of a session and a name of the model for people beside', () => {
    const payload = {
      ...{ conversation_id: 'c', session_id: 's', generation_id: 'g', cwd: '', workspace_roots: ['/book'] },
      ...{ hook_event_name: 'beforeSubmitPrompt', model: 'Claude Opus 5', model_id: 'claude-opus-5', prompt: 'Go' },
    };
    assert.deepEqual(asked('cursor', payload), ['cursor:c:c-g Go in /book by anthropic/claude-opus-5']);
    const unnamed = { ...payload, model: 'default', model_id: undefined };
    assert.deepEqual(asked('cursor', unnamed), ['cursor:c:c-g Go in /book by undefined']);
  });

  it('Windsurf names the folder of an edit, and may not know its model', () => {
    const payload = {
      ...{ agent_action_name: 'pre_user_prompt', trajectory_id: 'w', execution_id: 'e', model_name: 'Unknown' },
      tool_info: { user_prompt: 'Go', workspace_path: '/book' },
    };
    assert.deepEqual(asked('windsurf', payload), ['windsurf:w:w-e Go in /book by undefined']);
  });

  const cline = {
    ...{ clineVersion: '3.0.70', taskId: 'run_1', agent_id: 'lead', parent_agent_id: null },
    ...{ sessionContext: { rootSessionId: '1791540000000_k3x9q' }, workspaceRoots: ['/book'] },
  };

  it("Cline's command line: the first agent has a name too, and what others are asked is no prompt", () => {
    const payload = { ...cline, hookName: 'prompt_submit', userPromptSubmit: { prompt: 'Go', attachments: [] } };
    assert.deepEqual(
      asked('cline', payload).map(one => one.replace(/hook\.\w+/, 'hook')),
      ['cline:1791540000000_k3x9q:hook Go in /book by undefined'],
    );
    assert.deepEqual(asked('cline', { ...payload, agent_id: 'a2', parent_agent_id: 'lead' }), []);
  });

  it("Cline's command line: the call with its id and input, beside the input as texts", () => {
    const input = { path: 'a.md', old_text: 'x', new_text: 'y' };
    const output = 'Edited /book/a.md';
    const result = { id: 'call_0123456789abcdef', name: 'editor', input, output, durationMs: 1 };
    const told = { toolName: 'editor', parameters: input, result: output, success: true };
    const payload = { ...cline, hookName: 'tool_result', tool_result: result, postToolUse: told };
    assert.deepEqual(wrote('cline', payload), ['cline:1791540000000_k3x9q:call_0123456789abcdef /book/a.md x>y']);
    const { postToolUse: _, ...older } = payload;
    assert.deepEqual(wrote('cline', older), wrote('cline', payload));
    assert.deepEqual(wrote('cline', { ...older, tool_result: { ...result, error: 'no such text' } }), []);
  });

  it('Cline: lists in an input that are texts', () => {
    const parameters = { path: 'a.md', edits: JSON.stringify([{ old_string: 'x', new_string: 'y' }]) };
    const told = { toolName: 'edit_file', parameters, result: 'were applied', success: true };
    const payload = { taskId: 't', workspaceRoots: ['/book'], hookName: 'PostToolUse', postToolUse: told };
    assert.deepEqual(
      wrote('cline', payload).map(one => one.replace(/hook\.\w+/, 'hook')),
      ['cline:t:hook /book/a.md x>y'],
    );
  });

  it('Codex tells of failed calls by words alone', () => {
    const command = '*** Begin Patch\n*** Update File: a.md\n@@\n-x\n+y\n*** End Patch';
    const payload = {
      ...{ session_id: 's', cwd: '/book', hook_event_name: 'PostToolUse', tool_use_id: 'call_0123456789abcdef' },
      ...{ tool_name: 'apply_patch', tool_input: { command } },
    };
    for (const said of [
      'apply_patch verification failed: Failed to find expected lines in /book/a.md:\nx',
      'Exit code: 1\nWall time: 0 seconds\nOutput:\nno',
      'Chunk ID: 1\nProcess exited with code 7\nFinal output:\n',
      'Exit code: -1\nOutput:\n',
      '{"output":"no","metadata":{"exit_code":1}}',
    ])
      assert.deepEqual(wrote('codex', { ...payload, tool_response: said }), []);
    for (const said of [
      'Success. Updated the following files:\nM a.md\n',
      'Exit code: 0\nOutput:\nSuccess.',
      '{"output":"Success. Updated the following files:\\nM fail.md","metadata":{"exit_code":0}}',
      undefined,
    ])
      assert.equal(wrote('codex', { ...payload, tool_response: said }).length, 1);
  });

  it('a prompt under its other name', () => {
    const payload = { session_id: 's', cwd: '/book', hook_event_name: 'UserPromptSubmit', user_prompt: 'Go' };
    assert.equal(asked('claude-code', payload).length, 1);
  });
});

function asked(agent: HookAgent, payload: object): string[] {
  return hookRecords(agent, payload as Fields, now, '/').prompts.map(
    ({ id, text, folder, model }) => `${id} ${text} in ${folder} by ${model}`,
  );
}

function wrote(agent: HookAgent, payload: object): string[] {
  return hookRecords(agent, payload as Fields, now, '/').edits.map(
    ({ id, file, replaced }) => `${id} ${file} ${replaced?.old.trim()}>${replaced?.new.trim()}`,
  );
}
