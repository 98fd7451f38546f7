import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Agent, type AgentRecords, noRecords } from '../agents/agent.ts';
import type { Machine } from '../agents/machine.ts';
import { reasonOf } from '../agents/reason.ts';
import { type RecordState, recordFiles } from '../agents/recordFiles.ts';

/** One batch from a source, and what the reader that gave it was checked against. */
export interface Batch {
  readonly records: AgentRecords;
  readonly from: Pick<Agent, 'name' | 'checked'>;
}

/** Where a tool's records are looked for. */
export interface RecordSearch {
  /** Files, or folders that are searched for records, those below them included; none: where the tool keeps them. */
  readonly paths: readonly string[];
  /** The folder that the work lies in. */
  readonly folder: string;
  readonly machine: Machine;
}

/**
 * What a tool's records hold, one batch at a time, oldest record first; what cannot be read is a problem in a batch.
 * Reads each record as its reader does: in pieces, and writing nothing.
 */
export async function* recordsOf(agent: Agent, search: RecordSearch): AsyncGenerator<Batch> {
  const from = { name: agent.name, checked: agent.checked };
  const files = await filesOf(agent, search);
  for (const file of files) {
    const reader = agent.reader(file, search.machine);
    for (let more = true; more; ) {
      const records = await reader.read().catch(error => problem(file, reasonOf(error)));
      more = records.more === true;
      yield { records, from };
    }
  }
}

async function filesOf(agent: Agent, { paths, folder, machine }: RecordSearch): Promise<readonly string[]> {
  const found: RecordState[] = [];
  const places = new Set(agent.places(folder, machine));
  if (paths.length === 0) {
    for (const place of places) found.push(...(await recordFiles(agent, place, 0)));
  }
  const ends = new Set([...places].map(place => basename(place)));
  for (const path of paths) {
    const state = await stat(path);
    const names = state.isDirectory() ? await below(path, name => isRecord(agent, path, name, ends)) : [path];
    for (const file of names) {
      const { size, mtimeMs, ino } = await stat(file);
      found.push({ file, size, changed: mtimeMs, inode: ino });
    }
  }
  const sorted = found.sort((a, b) => a.changed - b.changed);
  return [...new Set(sorted.map(({ file }) => file))];
}

async function below(folder: string, taken: (name: string) => boolean): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return names
    .filter(name => name.isFile())
    .map(name => join(name.parentPath, name.name))
    .filter(file => taken(file.slice(folder.length).replace(/^[\\/]+/, '')));
}

/**
 * Whether a file below a folder that the person named is a record. A reader knows its records by where they lie in a
 * place of its tool's, which the folder need not be: one that takes any JSON there takes it only in folders of the
 * place's name, if the folder itself is none.
 */
function isRecord(agent: Agent, folder: string, name: string, ends: ReadonlySet<string>): boolean {
  if (agent.isRecord(name) || agent.isRecord(join(folder, name))) return true;
  const takesAny = agent.isRecord('x.json') || agent.isRecord('x.jsonl');
  return agent.isRecord(basename(name)) && (!takesAny || ends.has(basename(dirname(join(folder, name)))));
}

function problem(file: string, message: string): AgentRecords {
  return { ...noRecords, problems: [{ file, line: 0, message }] };
}
