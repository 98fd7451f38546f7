import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { HostStore } from '../../unit/agents/hostStore.ts';
import { CopilotLog } from '../../unit/agents/tools/copilotLog.ts';
import { place, type StandIn } from './standIn.ts';

/** VS Code's Agent Host with the Copilot harness: its `session.db`, and the harness's own events. */
export function agentHost(folder: string): StandIn {
  const home = place('HOME');
  const sdk = randomUUID();
  let log: CopilotLog | undefined;
  let store: HostStore | undefined;
  return {
    name: 'Agent Host',
    hooks: {
      agent: 'copilot',
      settings: join(home, '.copilot', 'hooks', 'holograph.json'),
      asked: 'UserPromptSubmit',
      used: 'PostToolUse',
    },
    toldAsked: ({ prompt, asked }) => ({
      hook_event_name: 'UserPromptSubmit',
      session_id: sdk,
      timestamp: new Date(asked).toISOString(),
      cwd: folder,
      prompt,
    }),
    // The harness names no call.
    toldUsed: turn => ({
      hook_event_name: 'PostToolUse',
      session_id: sdk,
      timestamp: new Date(turn.made).toISOString(),
      cwd: folder,
      tool_name: 'edit',
      tool_input: { path: turn.file, old_str: turn.old, new_str: turn.new },
      tool_result: { result_type: 'success', text_result_for_llm: `File ${turn.file} updated` },
    }),
    tell(turn) {
      const { asked, made, prompt, call } = turn;
      const at = (time: number) => ({ timestamp: new Date(time).toISOString() });
      log ??= new CopilotLog(join(home, '.copilot', 'session-state', sdk, 'events.jsonl'), {
        session: sdk,
        cwd: folder,
        time: asked,
      });
      store ??= new HostStore(
        join(place('XDG_CONFIG_HOME'), 'Code', 'agentSessionData', `copilot-${sdk}`, 'session.db'),
      ).meta('agentHost.chatProviderData', { sdkSessionId: sdk, model: { id: 'gpt-5.2' } });
      const event = randomUUID();
      log.prompt(prompt, {}, { ...at(asked), id: event });
      log.line(
        'tool.execution_start',
        { toolCallId: call, toolName: 'edit', arguments: { path: turn.file, old_str: turn.old, new_str: turn.new } },
        at(made),
      );
      store.turn(turn.id, event, 'gpt-5.2').edit(turn.id, call, turn.file, turn.before, turn.after);
      log.line('tool.execution_complete', { toolCallId: call, success: true }, at(made));
      log.says('I have rewritten it.', {}, at(made));
    },
  };
}
