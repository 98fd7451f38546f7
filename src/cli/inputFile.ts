import { type Stats, statSync } from 'node:fs';
import { detailOf, Refusal } from './command.ts';

/**
 * Throws Refusal, in words of what is the matter, unless an ordinary file is there: who reads a pipe that nobody writes to
 * waits for ever. `pipe`: one is taken too, for what is better not kept in a file.
 */
export function demandFile(file: string, { pipe = false } = {}): void {
  let found: Stats;
  try {
    found = statSync(file);
  } catch (error) {
    throw unread(file, error);
  }
  if (found.isDirectory()) throw new Refusal('error.folder', { file });
  if (!found.isFile() && !(pipe && (found.isFIFO() || found.isCharacterDevice())))
    throw new Refusal('error.special', { file });
}

/** What the system says of a file that it does not give. */
export function unread(file: string, error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new Refusal('error.missingFile', { file }, error);
  if (code === 'EACCES' || code === 'EPERM') return new Refusal('error.denied', { file }, error);
  return new Refusal('error.unreadable', { file, detail: detailOf(error) }, error);
}
