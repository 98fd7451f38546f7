import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';

const page = 4096;

/** Overwrites the pages behind the first, as a bad disk would; what waits in the log is merged before. */
export function damagePages(file: string): void {
  const database = new Database(file);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const descriptor = openSync(file, 'r+');
  for (let at = page; at < statSync(file).size; at += page)
    writeSync(descriptor, Buffer.alloc(page, 0xab), 0, page, at);
  closeSync(descriptor);
}

/** Changes single bytes of a file. Places are fractions of its length; bits of the mask are turned over. */
export function damageBytes(file: string, places: readonly (readonly [place: number, mask: number])[]): void {
  const bytes = readFileSync(file);
  for (const [place, mask] of places) {
    const at = Math.floor(place * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ mask;
  }
  writeFileSync(file, bytes);
}

/**
 * From now on the file system refuses every write to a file, those of a program that has it open too; even root's.
 * `undefined` where this cannot be made so (Linux, ext4 or the like, root). Gives what takes it back.
 */
export function refuseWrites(file: string): (() => void) | undefined {
  if (!change('+i', file)) return undefined;
  return () => void change('-i', file);
}

function change(flag: string, file: string): boolean {
  return process.platform === 'linux' && spawnSync('chattr', [flag, file]).status === 0;
}
