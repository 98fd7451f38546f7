import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CursorDatabase } from '../../unit/agents/tools/cursorDatabase.ts';
import { place, type StandIn } from './standIn.ts';

/** Cursor's agent beside the editor: its global database, and the hooks that name no call. */
export function cursor(folder: string): StandIn {
  const composer = randomUUID();
  let database: CursorDatabase | undefined;
  const common = (generation_id: string) => ({
    conversation_id: composer,
    generation_id,
    model: 'gpt-5',
    cursor_version: '3.12.0',
    workspace_roots: [folder],
    user_email: 'somebody@example.org',
  });
  return {
    name: 'Cursor',
    hooks: {
      agent: 'cursor',
      settings: join(place('HOME'), '.cursor', 'hooks.json'),
      asked: 'beforeSubmitPrompt',
      used: 'afterFileEdit',
    },
    toldAsked: ({ id, prompt }) => ({
      ...common(id),
      hook_event_name: 'beforeSubmitPrompt',
      prompt,
      attachments: [],
    }),
    toldUsed: turn => ({
      ...common(turn.id),
      hook_event_name: 'afterFileEdit',
      file_path: turn.file,
      edits: [{ old_string: turn.old, new_string: turn.new }],
    }),
    tell(turn) {
      const data = join(place('XDG_CONFIG_HOME'), 'Cursor', 'User', 'globalStorage');
      mkdirSync(data, { recursive: true });
      database ??= new CursorDatabase(join(data, 'state.vscdb'), composer);
      const [before, after] = [database.content(turn.before), database.content(turn.after)];
      const call = {
        toolCallId: turn.call,
        rawArgs: { path: turn.file },
        params: { relativeWorkspacePath: turn.file },
        result: { beforeContentId: before, afterContentId: after },
      };
      database
        .user(turn.id, turn.prompt, turn.asked)
        .tool(`${turn.id}-call`, 'edit_file_v2', call)
        .says(`${turn.id}-end`, 'I have rewritten it.', turn.made)
        .composer({
          createdAt: turn.asked,
          lastUpdatedAt: turn.made,
          workspaceIdentifier: { id: 'w', uri: { fsPath: folder } },
        });
    },
  };
}
