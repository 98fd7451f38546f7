import { JournalDatabase } from './database.ts';
import { Fault } from './fault.ts';
import { JournalError } from './problem.ts';

/**
 * An error met in a journal's file as one of ours. A newer program's journal says so in its head, which is looked at
 * again here, for it may have come meanwhile: a pack that says so alone is damaged.
 */
export function damageOr(error: unknown, file: string): JournalError {
  const met = JournalError.from(error, file);
  if (met.problem.code !== 'newer' || !(met.cause instanceof Fault)) return met;
  try {
    const database = JournalDatabase.open(file, { readonly: true });
    try {
      database.head();
    } finally {
      database.close();
    }
  } catch (other) {
    return JournalError.from(other, file);
  }
  return new JournalError({ ...met.problem, code: 'corrupt' }, met.cause);
}
