import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connectToRead } from './runtime.ts';

/** A folder, and the id of the journal that records it. */
export interface ConsentedFolder {
  readonly folder: string;
  readonly journal: string;
}

/**
 * Folders that are recorded now, neither paused nor revoked, as the catalogue has them: read only, as quickly as it goes.
 * None where nothing was ever recorded. Throws JournalError where the catalogue cannot be read.
 */
export function consentedFolders(home: string): readonly ConsentedFolder[] {
  const file = join(home, 'catalogue.sqlite');
  if (!existsSync(file)) return [];
  const connection = connectToRead(file);
  try {
    const rows = connection.prepare("SELECT id AS journal, folder FROM journal WHERE state = 'recording'").all();
    return rows as ConsentedFolder[];
  } finally {
    connection.close();
  }
}
