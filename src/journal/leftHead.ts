import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { JournalDatabase } from './database.ts';
import { toHex } from './digest.ts';
import { JournalError } from './problem.ts';

/**
 * What is left of a damaged journal's head, by which the journal that follows it names it (hex): its running link, else
 * the digest of its file, else ''.
 */
export function leftHead(file: string): string {
  try {
    const database = JournalDatabase.open(file, { readonly: true });
    try {
      return toHex(database.head().link);
    } finally {
      database.close();
    }
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
  }
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    // Not even the file is there: the new journal follows one of which nothing is left.
    return '';
  }
}
