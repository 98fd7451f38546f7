import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { JournalError } from './problem.ts';
import { spoolFolder } from './spool.ts';

/** Bytes that a journal takes on the disk. */
export interface JournalSizes {
  /** The database itself: all that is evidence. */
  readonly database: number;
  /** SQLite's log beside it, which is merged into it from time to time. */
  readonly log: number;
  /** The index by which text that returns is found; made anew where it is lost. */
  readonly index: number;
  /** Acts that wait in files. */
  readonly spool: number;
}

export function sizesOf(journalFile: string): JournalSizes {
  const index = join(dirname(journalFile), 'recall.sqlite');
  const spool = spoolFolder(journalFile);
  return {
    database: bytesOf(journalFile),
    log: bytesOf(`${journalFile}-wal`) + bytesOf(`${journalFile}-shm`),
    index: ['', '-wal', '-shm'].reduce((sum, end) => sum + bytesOf(index + end), 0),
    spool: namesIn(spool).reduce((sum, name) => sum + bytesOf(join(spool, name)), 0),
  };
}

export function sumOf({ database, log, index, spool }: JournalSizes): number {
  return database + log + index + spool;
}

/** What is not there takes nothing. */
function bytesOf(file: string): number {
  return unlessGone(file, () => statSync(file).size) ?? 0;
}

function namesIn(folder: string): string[] {
  return unlessGone(folder, () => readdirSync(folder)) ?? [];
}

function unlessGone<T>(path: string, look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    const problem = JournalError.from(error, path);
    if (problem.problem.code === 'missing') return undefined;
    throw problem;
  }
}
