import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Agent } from '../agent.ts';
import { isMissing } from '../reading/missing.ts';

/** A record as it was when it was looked at. */
export interface RecordState {
  readonly file: string;
  /** Bytes, those of a database's log included. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
  readonly inode: number;
  /** When the file was made, where the file system tells; 0 where it does not. Not kept from session to session. */
  readonly made?: number;
}

/** The records of a place that changed since then, oldest first. A place that is not there has none; throws for one that cannot be read. */
export async function recordFiles(agent: Agent, place: string, since: number): Promise<readonly RecordState[]> {
  const found: RecordState[] = [];
  for (const name of await namesIn(place, isDeep(agent, place))) {
    if (!agent.isRecord(name)) continue;
    const state = await stateOf(join(place, name));
    if (state && state.changed >= since) found.push(state);
  }
  return found.sort((a, b) => a.changed - b.changed);
}

/** A record, as it is named where what became of it is kept. Two tools may read one file, each in its own way. */
export function recordName({ name }: Agent, file: string): string {
  return `${name} ${file}`;
}

/** Whether records lie in the folders below a place too. */
export function isDeep({ shallow }: Agent, place: string): boolean {
  return typeof shallow === 'function' ? !shallow(place) : shallow !== true;
}

export function sameState(a: RecordState | undefined, b: RecordState): boolean {
  return a !== undefined && a.size === b.size && a.changed === b.changed && a.inode === b.inode;
}

/** Relative to the place. Links to other folders are not followed: two that lead back would have no end of names. */
async function namesIn(place: string, recursive: boolean): Promise<readonly string[]> {
  try {
    const entries = await readdir(place, { recursive, withFileTypes: true });
    return entries.map(({ parentPath, name }) => relative(place, join(parentPath, name)));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** What a database writes first stands in a file beside it. Undefined: it is no file. */
async function stateOf(file: string): Promise<RecordState | undefined> {
  // A file that has just gone is as one that was never there.
  const state = await stat(file).catch(() => undefined);
  if (!state?.isFile()) return undefined;
  const log = /\.(db|sqlite3?|vscdb)$/.test(file) ? await stat(`${file}-wal`).catch(() => undefined) : undefined;
  const size = state.size + (log?.size ?? 0);
  return { file, size, changed: Math.max(state.mtimeMs, log?.mtimeMs ?? 0), inode: state.ino, made: state.birthtimeMs };
}
