import { basename, join } from 'node:path';
import type { Agent } from '../agent.ts';
import { sharedData } from '../reading/machine.ts';
import { OpencodeDatabase } from './opencodeDatabase.ts';
import { OpencodePartFile } from './opencodeTree.ts';

/**
 * opencode's conversations: `~/.local/share/opencode/opencode*.db`, and before version 1.2 files in `storage/`. What a
 * person asked is told from what an agent asked a subagent by the session: one with a parent was opened for a task.
 * Forms: opencode, `session/session.sql.ts`, `session/message-v2.ts`, `tool/*.ts`.
 */
export const opencode: Agent = {
  name: 'opencode',
  checked: 'samples',
  versions: '0.5 to 1.2',
  shallow: place => basename(place) === 'opencode',
  places(_, machine) {
    const data = join(sharedData(machine), 'opencode');
    return [data, join(data, 'storage', 'part')];
  },
  isRecord(file) {
    return /(^|[\\/])opencode[^\\/]*\.db$/.test(file) || /(^|[\\/])[^\\/]+[\\/]prt[^\\/]*\.json$/.test(file);
  },
  reader: file => (file.endsWith('.json') ? new OpencodePartFile(file) : new OpencodeDatabase('opencode', file)),
};
