import { statSync } from 'node:fs';
import { JournalDatabase } from './database.ts';
import { JournalError } from './problem.ts';

/**
 * Sees from outside what an open connection does not: that the journal's file is gone, was replaced, or was
 * written over. SQLite goes on with its own copies of the pages, and what it commits then is for nobody.
 */
export class DamageWatch {
  readonly #file: string;
  #seen: string;

  constructor(file: string) {
    this.#file = file;
    this.#seen = lookOf(file).state;
  }

  /**
   * Cheap where nothing was written to the file itself, which is when the log is merged into it; else reads it
   * anew. Throws JournalError: `missing`, `corrupt`, or why it cannot be looked at.
   */
  look(): void {
    const { inode, state } = lookOf(this.#file);
    if (state === this.#seen) return;
    if (inode !== inodeIn(this.#seen)) throw this.#damaged('another file stands in its place');
    const database = JournalDatabase.open(this.#file, { readonly: true });
    try {
      database.head();
      const [found] = database.guarded(() => database.connection.pragma('quick_check(1)', { simple: false })) as {
        quick_check: string;
      }[];
      if (found?.quick_check !== 'ok') throw this.#damaged(found?.quick_check ?? 'nothing can be read');
    } finally {
      database.close();
    }
    this.#seen = state;
  }

  #damaged(detail: string): JournalError {
    return new JournalError({ code: 'corrupt', path: this.#file, detail });
  }
}

function lookOf(file: string): { readonly inode: string; readonly state: string } {
  try {
    const { ino, size, mtimeMs } = statSync(file);
    return { inode: `${ino}`, state: `${ino} ${size} ${mtimeMs}` };
  } catch (error) {
    throw JournalError.from(error, file);
  }
}

function inodeIn(state: string): string {
  return state.split(' ')[0] ?? '';
}
