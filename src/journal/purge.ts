import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { JournalDatabase } from './database.ts';
import { Packs } from './packs.ts';
import { JournalError, passes } from './problem.ts';
import { RecallStore } from './recallStore.ts';

/**
 * Finishes redactions: what was taken out is not in the index of returning text any more, nor in pages that the file
 * no longer uses, nor in SQLite's log. False where another process stands in the way, so that it is to be done again;
 * each start does it. Call outside a transaction. Throws JournalError.
 */
export function purge(database: JournalDatabase): boolean {
  const { connection, file } = database;
  try {
    return database.guarded(() => {
      if (!isUnpurged(database)) return true;
      const index = join(dirname(file), 'recall.sqlite');
      if (existsSync(index)) empty(index, idOf(database));
      // It names prompts by their digests; the watch of agents' records makes it anew.
      rmSync(join(dirname(file), 'agents.json'), { force: true });
      connection.pragma('secure_delete = ON');
      connection.exec('VACUUM');
      const [log] = connection.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
      if (log.busy !== 0) return false;
      connection.exec('DELETE FROM purge');
      return true;
    });
  } catch (error) {
    if (error instanceof JournalError && passes(error.problem.code)) return false;
    throw error;
  }
}

/** Whether a redaction is unfinished. Throws JournalError. */
export function isUnpurged(database: JournalDatabase): boolean {
  return database.guarded(() => database.connection.prepare('SELECT count(*) FROM purge').pluck().get() !== 0);
}

function empty(file: string, journal: string): void {
  const store = RecallStore.open(file, journal);
  try {
    store.empty();
  } finally {
    store.close();
  }
}

function idOf(database: JournalDatabase): string {
  const first = new Packs(database).events().next().value;
  return first?.kind === 'started' ? first.journal : '';
}
