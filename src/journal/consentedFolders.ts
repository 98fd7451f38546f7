import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connectToRead } from './runtime.ts';

/**
 * Folders that are recorded now, neither paused nor revoked, as the catalogue has them: read only, as quickly as it goes.
 * None where nothing was ever recorded. Throws JournalError where the catalogue cannot be read.
 */
export function consentedFolders(home: string): readonly string[] {
  const file = join(home, 'catalogue.sqlite');
  if (!existsSync(file)) return [];
  const connection = connectToRead(file);
  try {
    const rows = connection.prepare("SELECT folder FROM journal WHERE state = 'recording'").all();
    return (rows as { folder: string }[]).map(({ folder }) => folder);
  } finally {
    connection.close();
  }
}
