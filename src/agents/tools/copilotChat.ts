import { basename, dirname, join } from 'node:path';
import type { Agent } from '../agent.ts';
import { editorData } from '../reading/machine.ts';
import { storagesOf } from '../reading/workspaces.ts';
import { ChatEditingReader } from './chatEditing.ts';
import { ChatSessionReader } from './chatSession.ts';
import { copilotName } from './copilot.ts';

/**
 * VS Code's own chat: `chatSessions/<conversation>.jsonl` (older `.json`) in the workspace's storage, and those of
 * windows without a folder. Checked against sessions of autumn 2025 and February 2026.
 */
export const copilotChat: Agent = {
  name: 'copilot-chat',
  ids: copilotName,
  checked: 'samples',
  versions: 'VS Code 1.104 to 1.139 (state version 3)',
  places(folder, machine) {
    const storages = storagesOf(folder, machine).map(storage => join(storage, 'chatSessions'));
    const empty = editorData(machine).map(data => join(data, 'User', 'globalStorage', 'emptyWindowChatSessions'));
    return [...storages, ...empty];
  },
  isRecord: file => /\.jsonl?$/.test(file) && dirname(file) === '.',
  reader: file => new ChatSessionReader(file),
};

/**
 * What VS Code's own chat wrote: `chatEditingSessions/<conversation>/state.json` in the workspace's storage. No real
 * sample was at hand: built from VS Code's source, compared with the build of 1.139.1.
 */
export const copilotEdits: Agent = {
  name: 'copilot-edits',
  ids: copilotName,
  checked: 'documentation',
  versions: 'VS Code 1.96 to 1.139 (state versions 1 and 2)',
  places: (folder, machine) => storagesOf(folder, machine).map(storage => join(storage, 'chatEditingSessions')),
  isRecord: file => basename(file) === 'state.json',
  reader: file => new ChatEditingReader(file),
};
