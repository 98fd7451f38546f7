import { closeSync, existsSync, openSync } from 'node:fs';
import type { RecordingState } from './catalogue.ts';
import { journalFile } from './home.ts';
import { Journal } from './journal.ts';
import { JournalError } from './problem.ts';
import { type Connection, connect } from './runtime.ts';

/** `aside`: damaged, or a second copy that went another way: kept as it is. `revoked`: the person took the consent back. */
export type RowState = RecordingState | 'revoked' | 'aside';

export interface Row {
  readonly id: string;
  readonly work: string;
  readonly folder: string;
  readonly state: RowState;
}

/** The table, made where it is not there. Throws what SQLite throws. */
export function connectToWrite(file: string): Connection {
  // SQLite gives the files beside it the rights of the database's.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const connection = connect(file);
  try {
    connection.pragma('journal_mode = WAL');
    connection.exec(
      `CREATE TABLE IF NOT EXISTS journal (
         id TEXT PRIMARY KEY, work TEXT NOT NULL, folder TEXT NOT NULL, state TEXT NOT NULL
       ) STRICT`,
    );
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** It is small: damage is found here, and not by the statement that happens upon it. */
export function demandWhole(connection: Connection): void {
  const found = connection.pragma('integrity_check(1)', { simple: true });
  if (found !== 'ok') throw new JournalError({ code: 'corrupt', detail: String(found) });
}

/** What a journal says of itself; undefined for what cannot be read: it is left as it lies. */
export function readRow(home: string, id: string): (Row & { readonly began: number }) | undefined {
  const file = journalFile(home, id);
  if (!existsSync(file)) return undefined;
  let journal: Journal | undefined;
  try {
    journal = Journal.open(file);
    const { started, recording } = journal.replay;
    if (started === undefined) return undefined;
    const { work, time } = started;
    // What lies under another name than its own is a second copy, that went another way: only read.
    const state = started.journal !== id ? 'aside' : recording ? 'recording' : 'paused';
    return { id, work, folder: journal.database.folder, state, began: time };
  } catch (error) {
    if (error instanceof JournalError) return undefined;
    throw error;
  } finally {
    journal?.close();
  }
}
