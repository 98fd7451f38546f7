import { basename, join } from 'node:path';
import type { Agent } from '../agent.ts';
import { editorData, homeOf, type Machine, sharedData } from '../reading/machine.ts';
import { ClineSession } from './clineSession.ts';
import { ClineTask } from './clineTask.ts';
import { OpencodeDatabase } from './opencodeDatabase.ts';

const history = 'api_conversation_history.json';

/**
 * Cline: tasks of its extension in every editor (`globalStorage/saoudrizwan.claude-dev/tasks/<id>`), of its command line
 * before version 3 (`~/.cline/data/tasks`), and that one's sessions since (`~/.cline/data/sessions/<id>`). No real sample
 * was to be had. Forms: cline/cline, `core/storage/disk.ts`, `shared/ExtensionMessage.ts`, `core/prompts/responses.ts`
 * and `sdk/packages/core`.
 */
export const cline: Agent = {
  ...family('cline', 'saoudrizwan.claude-dev', '3.0 to 3.40, command line to 3.2'),
  places(_, machine) {
    const { CLINE_DIR, CLINE_DATA_DIR, CLINE_SESSION_DATA_DIR } = machine.env;
    const data = CLINE_DATA_DIR || join(CLINE_DIR || join(homeOf(machine), '.cline'), 'data');
    const sessions = CLINE_SESSION_DATA_DIR || join(data, 'sessions');
    return [...tasksOf('saoudrizwan.claude-dev', machine), join(data, 'tasks'), sessions];
  },
  isRecord: file => isHistory(file) || file.endsWith('.messages.json'),
  reader: file => (file.endsWith('.messages.json') ? new ClineSession(file) : new ClineTask('cline', file)),
};

/** Roo Code, which began as a fork of Cline and keeps its tasks in the same way. */
export const roo: Agent = family('roo', 'rooveterinaryinc.roo-cline', '3.0 to 3.30');

/** Kilo Code: to version 4 a fork of Roo Code; since then made from opencode, with its database (`~/.local/share/kilo`). */
export const kilo: Agent = {
  ...family('kilo', 'kilocode.kilo-code', '4.0 to 7.0'),
  shallow: place => basename(place) === 'kilo',
  places: (_, machine) => [...tasksOf('kilocode.kilo-code', machine), join(sharedData(machine), 'kilo')],
  isRecord: file => isHistory(file) || isKiloDatabase(file),
  reader: file => (isKiloDatabase(file) ? new OpencodeDatabase('kilo', file) : new ClineTask('kilo', file)),
};

function family(name: string, extension: string, versions: string): Agent {
  return {
    name,
    checked: 'documentation',
    versions,
    places: (_, machine) => tasksOf(extension, machine),
    isRecord: isHistory,
    reader: file => new ClineTask(name, file),
  };
}

function tasksOf(extension: string, machine: Machine): string[] {
  return editorData(machine).map(data => join(data, 'User', 'globalStorage', extension, 'tasks'));
}

function isKiloDatabase(file: string): boolean {
  return /^kilo.*\.db$/.test(basename(file));
}

function isHistory(file: string): boolean {
  return basename(file) === history;
}
