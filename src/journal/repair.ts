import { chmodSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Catalogue } from './catalogue.ts';
import { JournalDatabase } from './database.ts';
import { journalFile } from './home.ts';
import { takeInSpool } from './opening.ts';
import { JournalError } from './problem.ts';
import { purge } from './purge.ts';
import { recover } from './recovery.ts';
import type { Remedy, Trouble } from './trouble.ts';

/** What a repair did about one thing: `why` it could not, if so. */
export interface Repaired {
  readonly trouble: Trouble;
  readonly done: boolean;
  readonly why?: string;
}

/**
 * Does what is safe about what an examination found: rights for the owner only, catalogue and indexes made anew, acts
 * that wait taken in, redactions finished, what is readable of a damaged journal saved beside it. No journal is changed but by acts of its
 * own that had waited, and none is removed.
 */
export function repair(home: string, troubles: readonly Trouble[]): Repaired[] {
  const done = new Set<string>();
  return troubles
    .filter((trouble): trouble is Trouble & { remedy: Remedy } => trouble.remedy !== undefined)
    .sort((a, b) => rankOf(a) - rankOf(b))
    .map(trouble => {
      try {
        return { trouble, done: mended(home, trouble, trouble.remedy, done) };
      } catch (error) {
        const { problem } = JournalError.from(error, trouble.path);
        return { trouble, done: false, why: problem.detail ?? problem.code };
      }
    });
}

/** Rights come first: what cannot be opened cannot be mended. */
function rankOf({ remedy }: Trouble): number {
  return remedy === 'rights' ? 0 : remedy === 'catalogue' ? 1 : 2;
}

function mended(home: string, { path }: Trouble, remedy: Remedy, done: Set<string>): boolean {
  switch (remedy) {
    case 'rights':
      chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
      return true;
    case 'catalogue':
      // To open it is to make it anew.
      Catalogue.open(home).close();
      return true;
    case 'enter': {
      const catalogue = Catalogue.open(home);
      try {
        return catalogue.enter(basename(dirname(path))) !== undefined;
      } finally {
        catalogue.close();
      }
    }
    case 'recover':
      return recover(path) !== undefined;
    case 'takeIn': {
      const id = basename(dirname(dirname(path)));
      if (!done.has(id)) takeInSpool(journalFile(home, id));
      done.add(id);
      return true;
    }
    case 'purge': {
      const database = JournalDatabase.open(path);
      try {
        return purge(database);
      } finally {
        database.close();
      }
    }
    case 'remove':
      rmSync(path, { recursive: true });
      return true;
    case 'index':
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
      return true;
  }
}
