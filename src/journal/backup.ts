import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { toHex } from './digest.ts';
import { renameForGood } from './home.ts';
import { JournalError } from './problem.ts';
import { type JournalReader, openJournal } from './reader.ts';
import { connect, connectToRead } from './runtime.ts';

/** What a journal's file holds. */
export interface Held {
  readonly journal: string;
  readonly work: string;
  /** Where the work lay, on the machine that wrote it. */
  readonly folder: string;
  readonly size: number;
  /** Root of the tree over its events (hex). */
  readonly root: string;
  /** Time of its newest event, ms since 1970 UTC. */
  readonly last: number;
}

/** Pages that are copied between two looks at the progress. */
const stride = 256;

/**
 * Copies a journal as it stands at one moment into one file, while others go on writing it: the copy reads one view
 * of the database from beginning to end (SQLite's online backup inside a read transaction). It is a journal like any
 * other, in one file without a log, readable by its owner only; no key is in it, and nothing of the spool. It stands
 * there whole or not at all; what stood there before is replaced only if it is an earlier copy of the same journal,
 * else nothing is written: `otherFile`. Throws JournalError.
 */
export async function backUp(
  file: string,
  out: string,
  onProgress?: (share: number) => void,
): Promise<Held | 'otherFile'> {
  if (existsSync(out) && !isEarlier(out, file)) return 'otherFile';
  const part = `${out}.${process.pid}.part`;
  try {
    closeSync(openSync(part, 'w', 0o600));
    await copy(file, part, onProgress);
    const held = settled(part);
    renameForGood(part, out);
    return held;
  } catch (error) {
    const { problem } = JournalError.from(error, part);
    // A copy is damaged where the journal is: it is gone, and the journal is what there is to look after.
    throw new JournalError(problem.code === 'corrupt' ? { ...problem, path: file } : problem, error);
  } finally {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true });
  }
}

/** What a file holds, if it is a journal. Throws JournalError. */
export function heldIn(file: string): Held {
  const reader = openJournal(file);
  try {
    return heldBy(reader);
  } finally {
    reader.close();
  }
}

export function heldBy(reader: JournalReader): Held {
  const { id, work, folder, size } = reader;
  const last = reader.events(size - 1).next().value?.time ?? 0;
  return { journal: id, work, folder, size, root: toHex(reader.root()), last };
}

/** The journal of one moment into a file that is there; pages as they are. Throws JournalError. */
export async function copy(
  file: string,
  part: string,
  onProgress: ((share: number) => void) | undefined,
): Promise<void> {
  const source = connectToRead(file);
  try {
    source.exec('BEGIN');
    // From here on the view stands still, so that the copy never has to begin anew.
    source.prepare('SELECT size FROM head').get();
    await source.backup(part, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress?.(totalPages === 0 ? 1 : 1 - remainingPages / totalPages);
        return stride;
      },
    });
  } catch (error) {
    throw JournalError.from(error, file);
  } finally {
    source.close();
  }
}

/** Makes one file of a copy, checks its pages, and waits until the disk has it. */
export function settled(part: string): Held {
  const connection = connect(part, { exists: true });
  try {
    connection.pragma('journal_mode = DELETE');
    const found = connection.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new JournalError({ code: 'corrupt', path: part, detail: String(found) });
  } finally {
    connection.close();
  }
  const descriptor = openSync(part, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return heldIn(part);
}

/** Nothing is overwritten but what the new file holds too. */
function isEarlier(out: string, file: string): boolean {
  const source = openJournal(file);
  try {
    const before = heldIn(out);
    const same = before.journal === source.id && before.size <= source.size;
    return same && toHex(source.root(before.size)) === before.root;
  } catch (error) {
    if (error instanceof JournalError) return false;
    throw error;
  } finally {
    source.close();
  }
}
