import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { patchLines, place, type StandIn, type Turn } from './standIn.ts';

const model = 'gpt-5-codex';

/** Codex in a terminal: its patches, and its record (`rollout-*.jsonl`, version 0.128). */
export function codex(folder: string): StandIn {
  const home = place('CODEX_HOME');
  const session = randomUUID();
  const now = new Date();
  const days = join(home, 'sessions', ...now.toISOString().slice(0, 10).split('-'));
  const file = join(days, `rollout-${now.toISOString().slice(0, 19).replaceAll(':', '-')}-${session}.jsonl`);
  const common = { session_id: session, transcript_path: file, cwd: folder, model, permission_mode: 'default' };
  let begun = false;

  const add = (time: number, type: string, payload: object): void =>
    appendFileSync(file, `${JSON.stringify({ timestamp: new Date(time).toISOString(), type, payload })}\n`);

  const begin = (time: number): void => {
    if (begun) return;
    begun = true;
    mkdirSync(days, { recursive: true });
    add(time, 'session_meta', { id: session, cwd: folder, cli_version: '0.128.0', source: 'cli' });
  };

  return {
    name: 'Codex',
    hooks: { agent: 'codex', settings: join(home, 'hooks.json'), asked: 'UserPromptSubmit', used: 'PostToolUse' },
    // Its patches leave a file with a last line end.
    leaves: text => (text.endsWith('\n') ? text : `${text}\n`),
    toldAsked: ({ id, prompt }) => ({ ...common, turn_id: id, hook_event_name: 'UserPromptSubmit', prompt }),
    toldUsed: turn => ({
      ...common,
      turn_id: turn.id,
      hook_event_name: 'PostToolUse',
      tool_name: 'apply_patch',
      tool_input: { command: patchOf(turn) },
      tool_response: 'Success. Updated the following files:',
      tool_use_id: callOf(turn),
    }),
    tell(turn) {
      const { asked, made, id, prompt } = turn;
      begin(asked);
      const item = (time: number, payload: object) => add(time, 'response_item', payload);
      const event = (time: number, payload: object) => add(time, 'event_msg', payload);
      event(asked, { type: 'task_started', turn_id: id });
      add(asked, 'turn_context', { turn_id: id, cwd: folder, model });
      item(asked, { type: 'message', role: 'user', content: [{ type: 'input_text', text: prompt }] });
      event(asked, { type: 'user_message', message: prompt, images: [] });
      const call_id = callOf(turn);
      item(made, { type: 'custom_tool_call', status: 'completed', call_id, name: 'apply_patch', input: patchOf(turn) });
      const unified_diff = patchLines(turn).flatMap(({ head, lines }) => [head, ...lines]);
      const changes = {
        [turn.file]: { type: 'update', unified_diff: `${unified_diff.join('\n')}\n`, move_path: null },
      };
      event(made, { type: 'patch_apply_end', call_id, turn_id: id, success: true, status: 'completed', changes });
      const output = JSON.stringify({ output: 'Success. Updated the following files:', metadata: { exit_code: 0 } });
      item(made, { type: 'custom_tool_call_output', call_id, output });
      event(made, { type: 'agent_message', message: 'Done.' });
      event(made, { type: 'task_complete', turn_id: id });
    },
  };
}

function callOf({ call }: Turn): string {
  return call.replace('toolu_', 'call_');
}

function patchOf(turn: Turn): string {
  const places = patchLines(turn).flatMap(({ lines }) => ['@@', ...lines]);
  return ['*** Begin Patch', `*** Update File: ${turn.file}`, ...places, '*** End Patch'].join('\n');
}
