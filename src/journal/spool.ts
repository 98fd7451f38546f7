import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ToWorker } from './messages.ts';

/** Acts of a session that could not be committed: written when its worker ends, claimed by the next one. */
export interface Spooled {
  readonly session: number;
  /** First free serial of the worker's block. */
  readonly serial: number;
  readonly messages: readonly ToWorker[];
}

const ending = '.acts.json';
let spooledHere = 0;

/** Writes a spool file beside the journal: under another name first, so that no half of one is ever claimed. */
export function spool(journalFile: string, spooled: Spooled): void {
  const folder = folderOf(journalFile);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const rank = `${spooledHere++}`.padStart(6, '0');
  const path = join(folder, `${spooled.session}-${process.pid}-${Date.now()}-${rank}${ending}`);
  writeFileSync(`${path}.part`, JSON.stringify(spooled), { mode: 0o600, flush: true });
  renameSync(`${path}.part`, path);
}

/**
 * Gives each spool file to `take` and removes it after. Claimed by rename: of two processes one gets it. A file
 * that cannot be read stays under its claimed name.
 */
export function claimSpooled(journalFile: string, take: (spooled: Spooled) => void): void {
  const folder = folderOf(journalFile);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(ending)) continue;
    const claimed = join(folder, `${name}.claimed-${process.pid}`);
    try {
      renameSync(join(folder, name), claimed);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') continue;
      throw error;
    }
    take(JSON.parse(readFileSync(claimed, 'utf8')) as Spooled);
    rmSync(claimed);
  }
}

function folderOf(journalFile: string): string {
  return join(dirname(journalFile), 'spool');
}
