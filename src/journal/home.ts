import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { JournalError } from './problem.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Holograph's data folder: `HOLOGRAPH_HOME`, else a folder of its own where the system keeps applications' data. */
export function dataHome(env: Environment = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env.HOLOGRAPH_HOME) return env.HOLOGRAPH_HOME;
  switch (platform) {
    case 'win32':
      return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Holograph');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Holograph');
    default:
      return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'holograph');
  }
}

/** Where a journal's own folder lies; the SQLite file in it is `journal.sqlite`. */
export function journalFolder(home: string, journal: string): string {
  return join(home, 'journals', journal);
}

export function journalFile(home: string, journal: string): string {
  return join(journalFolder(home, journal), 'journal.sqlite');
}

/** Makes a folder that only its owner may enter. Throws JournalError where it cannot be made. */
export function ownFolder(path: string): string {
  try {
    if (mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined && process.platform !== 'win32') {
      chmodSync(path, 0o700);
    }
    return path;
  } catch (error) {
    throw JournalError.from(error, path);
  }
}

/** Gives a file its name, and waits until the disk has that too, where the system lets one wait (not on Windows). */
export function renameForGood(from: string, to: string): void {
  renameSync(from, to);
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(to), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
