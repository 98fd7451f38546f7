import { basename, dirname, join } from 'node:path';
import type { Agent } from '../agent.ts';
import { editorData, homeOf, type Machine } from '../reading/machine.ts';
import { namesIn } from '../reading/namesIn.ts';
import { ToolDatabase } from '../reading/sqlite.ts';
import { CursorStore } from './cursorStore.ts';
import { CursorTranscript } from './cursorTranscript.ts';

const store = 'state.vscdb';

/**
 * Cursor: its conversations in `User/globalStorage/state.vscdb`, and its agents' transcripts in
 * `~/.cursor/projects/<folder>/agent-transcripts`, which hold those of its command line too. Of the transcripts there is
 * a real sample, of the database none, so the whole is taken as built from documentation. Forms: getspecstory,
 * `pkg/providers/cursoride/CURSORIDE-FORMAT.md`.
 */
export const cursor: Agent = {
  name: 'cursor',
  checked: 'documentation',
  versions: '1.0 to 3.12',
  shallow: place => basename(place) === 'globalStorage',
  places(folder, machine) {
    const stores = storesOf(machine);
    for (const place of stores) databases.add(join(place, store));
    return [...stores, ...projectsOf(folder, machine).map(name => join(name, 'agent-transcripts'))];
  },
  isRecord(file) {
    return basename(file) === store || file.endsWith('.jsonl');
  },
  // In the database each message has its time, in a transcript none.
  undated: file => basename(file) !== store,
  reader: file => (basename(file) === store ? new CursorStore(file) : new CursorTranscript(file, inDatabase)),
};

/** Databases that were looked for: what stands in one of them is not taken from a transcript again. */
const databases = new Set<string>();

async function inDatabase(conversation: string): Promise<boolean> {
  for (const file of databases) {
    const look = await new ToolDatabase(file).look(
      tables =>
        tables.has('cursorDiskKV', 'key', 'value') &&
        tables.row('SELECT 1 FROM cursorDiskKV WHERE key = ?', `composerData:${conversation}`) !== undefined,
    );
    if (look.state === 'read' && look.value) return true;
  }
  return false;
}

function storesOf(machine: Machine): string[] {
  const own = editorData(machine).filter(data => /[\\/]\.?cursor(-server)?([\\/]|$)/i.test(data));
  return own.map(data => join(data, 'User', 'globalStorage'));
}

/** Folders of the projects that are the folder, lie above it or below it; their names leave out what is no letter or digit. */
function projectsOf(folder: string, machine: Machine): string[] {
  const projects = join(homeOf(machine), '.cursor', 'projects');
  const own = nameOf(folder);
  const above = new Set<string>();
  for (let at = folder; dirname(at) !== at; at = dirname(at)) above.add(nameOf(at));
  const found = namesIn(projects).filter(name => above.has(nameOf(name)) || nameOf(name).startsWith(`${own}-`));
  return (found.length > 0 ? found : [own]).map(name => join(projects, name));
}

function nameOf(path: string): string {
  return path.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '');
}
