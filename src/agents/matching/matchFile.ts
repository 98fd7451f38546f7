import type { AgentEdit } from '../agent.ts';
import { plainDigest } from '../plainText.ts';
import { type DigestedEdit, EditChains } from './editChains.ts';
import type { LaterChange, OutsideChange } from './outsideChange.ts';
import { TimeTable } from './timeTable.ts';
import type { Telling } from './told.ts';

/** A change, with what is known of it so far. */
export interface Seen extends OutsideChange, Omit<Telling, 'change'> {
  /** Ids of the edits whose whole texts explain all of it, where a second account may still tell more. */
  settled?: string;
}

/** What is kept of one file. */
export interface File {
  readonly chains: EditChains;
  readonly edits: TimeTable<DigestedEdit>;
  /** Of other worktrees, oldest first: what they wrote comes here whenever it is merged. */
  readonly elsewhere: Set<DigestedEdit>;
  readonly changesFrom: Map<string, Set<Seen>>;
  readonly changesTo: Map<string, Seen>;
  /** Those that are not proven yet. */
  readonly changes: TimeTable<Seen>;
  readonly later: TimeTable<LaterChange>;
}

export function newFile(): File {
  return {
    chains: new EditChains(),
    edits: new TimeTable(),
    elsewhere: new Set(),
    changesFrom: new Map(),
    changesTo: new Map(),
    changes: new TimeTable(),
    later: new TimeTable(),
  };
}

/** The oldest go where there are more than so many. */
export function addBounded<T>(set: Set<T>, one: T, most: number): void {
  set.add(one);
  for (const oldest of set) {
    if (set.size <= most) return;
    set.delete(oldest);
  }
}

/** Windows takes paths that differ in case for one. */
export function pathKey(path: string): string {
  return process.platform === 'win32' ? path.toLowerCase() : path;
}

export function digested(edit: DigestedEdit): DigestedEdit {
  const { before, after } = edit;
  return {
    ...edit,
    ...(before === undefined || edit.beforeDigest ? {} : { beforeDigest: plainDigest(before ?? '') }),
    ...(after === undefined || edit.afterDigest ? {} : { afterDigest: plainDigest(after) }),
  };
}

export function sizeOf({ before, after, replaced }: AgentEdit): number {
  return (before?.length ?? 0) + (after?.length ?? 0) + (replaced ? replaced.old.length + replaced.new.length : 0);
}
