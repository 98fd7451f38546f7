import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type Agent, type AgentRecords, noRecords } from '../agents/agent.ts';
import { type RecordState, recordFiles } from '../agents/following/recordFiles.ts';
import type { Machine } from '../agents/reading/machine.ts';
import { reasonOf } from '../agents/reading/reason.ts';

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

/** Files of other names that are tried at most. */
const most = 5000;
/** What a record may be called. */
const forms = /\.(?:jsonl?|jsonl\.zst|ndjson|md|db|sqlite3?|vscdb)$/i;

/**
 * What a tool's records hold, one batch at a time, oldest record first; what cannot be read is a problem in a batch.
 * Reads each record as its reader does: in pieces, and writing nothing. Where no file of a folder that the person named
 * holds any under a record's name, files of other names are tried: copies are often renamed.
 */
export async function* recordsOf(agent: Agent, search: RecordSearch): AsyncGenerator<Batch> {
  const { paths, folder, machine } = search;
  const places = agent.places(folder, machine);
  if (paths.length === 0) {
    const found: RecordState[] = [];
    for (const place of new Set(places)) found.push(...(await recordFiles(agent, place, 0)));
    for (const file of inOrder(found)) yield* own(agent, file, machine);
  }
  const ends = new Set(places.map(place => basename(place)));
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) {
      yield* read(agent, path, machine);
      continue;
    }
    const all = await below(path);
    const named = all.filter(file => isRecord(agent, path, relative(path, file), ends));
    let any = false;
    for await (const batch of inFiles(agent, await byTime(named), machine)) {
      any ||= isAny(batch.records);
      yield batch;
    }
    const others = any ? [] : all.filter(file => forms.test(file) && !named.includes(file)).slice(0, most);
    for (const file of await byTime(others)) yield* tried(agent, file, machine);
  }
}

async function* inFiles(agent: Agent, files: readonly string[], machine: Machine): AsyncGenerator<Batch> {
  for (const file of files) yield* read(agent, file, machine);
}

/** A record that nobody named: one that git may have brought is another person's as soon as this one's. */
async function* own(agent: Agent, file: string, machine: Machine): AsyncGenerator<Batch> {
  if ((await agent.foreign?.(file)) !== true) yield* read(agent, file, machine);
  else {
    const records = problem(file, "left out: git has it, so it may be another person's; if it is yours, name the file");
    yield { records, from: { name: agent.name, checked: agent.checked } };
  }
}

async function* read(agent: Agent, file: string, machine: Machine): AsyncGenerator<Batch> {
  const from = { name: agent.name, checked: agent.checked };
  const reader = agent.reader(file, machine);
  for (let more = true; more; ) {
    const records = await reader.read().catch(error => problem(file, reasonOf(error)));
    more = records.more === true;
    yield { records, from };
  }
}

/** Of a file that may be no record of the tool's only what it holds is told. */
async function* tried(agent: Agent, file: string, machine: Machine): AsyncGenerator<Batch> {
  for await (const batch of read(agent, file, machine)) if (isAny(batch.records)) yield batch;
}

function isAny({ prompts, answers, edits }: AgentRecords): boolean {
  return prompts.length + answers.length + edits.length > 0;
}

async function byTime(files: readonly string[]): Promise<readonly string[]> {
  const found: Pick<RecordState, 'file' | 'changed'>[] = [];
  for (const file of files) found.push({ file, changed: (await stat(file)).mtimeMs });
  return inOrder(found);
}

function inOrder(files: readonly Pick<RecordState, 'file' | 'changed'>[]): readonly string[] {
  return [...new Set(files.toSorted((a, b) => a.changed - b.changed).map(({ file }) => file))];
}

async function below(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  return names.filter(name => name.isFile()).map(name => join(name.parentPath, name.name));
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
