import { join } from 'node:path';
import { ClaudeStandIn } from '../claudeStandIn.ts';
import { place, type StandIn, type Turn } from './standIn.ts';

/** Claude Code in a terminal. */
export function claudeCode(folder: string): StandIn {
  const home = place('CLAUDE_CONFIG_DIR');
  const talk = new ClaudeStandIn(home, folder);
  const common = {
    session_id: talk.session,
    transcript_path: talk.transcript,
    cwd: folder,
    permission_mode: 'default',
  };
  return {
    name: 'Claude Code',
    hooks: {
      agent: 'claude-code',
      settings: join(home, 'settings.json'),
      asked: 'UserPromptSubmit',
      used: 'PostToolUse',
    },
    toldAsked: ({ prompt }) => ({ ...common, hook_event_name: 'UserPromptSubmit', prompt }),
    toldUsed: turn => ({
      ...common,
      hook_event_name: 'PostToolUse',
      tool_name: 'Edit',
      tool_input: { file_path: turn.file, old_string: turn.old, new_string: turn.new, replace_all: false },
      tool_response: { filePath: turn.file, oldString: turn.old, newString: turn.new, originalFile: turn.before },
      tool_use_id: turn.call,
    }),
    tell: (turn: Turn) => talk.tell(turn),
  };
}
