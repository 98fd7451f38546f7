import { dirname, join } from 'node:path';
import type { Agent } from '../agent.ts';
import { folderOf, storagesOf } from '../reading/workspaces.ts';
import { copilotName } from './copilot.ts';
import { CopilotEvents } from './copilotEvents.ts';

/**
 * Transcripts of Copilot in VS Code's own chat, kept for the newest 20 conversations:
 * `GitHub.copilot-chat/transcripts/<conversation>.jsonl` in the workspace's storage. Checked against samples of
 * extension versions 0.37 to 0.47; `create_file` and `multi_replace_string_in_file` follow the tools' own description.
 */
export const copilotTranscript: Agent = {
  name: 'copilot-transcript',
  ids: copilotName,
  checked: 'samples',
  versions: '0.37 to 0.67 (transcript version 1)',
  places(folder, machine) {
    return storagesOf(folder, machine).map(storage => join(storage, 'GitHub.copilot-chat', 'transcripts'));
  },
  isRecord: file => file.endsWith('.jsonl'),
  reader: file => new CopilotEvents(file, folderOf(dirname(dirname(dirname(file))))),
};
