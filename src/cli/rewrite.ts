import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { detailOf, Refusal } from './command.ts';

/** A person's file that a command of ours is to leave otherwise than it found it. */
export interface Rewrite {
  readonly file: string;
  /** Its bytes as they were read; undefined: nothing was there. */
  readonly was: Uint8Array | undefined;
  /** As they are to be; undefined: it is to be gone. */
  readonly becomes: Uint8Array | undefined;
}

/**
 * Writes all of these files or none: each is looked at before the first is written, each is whole at any time, and where one
 * cannot be written, those before it are put back. Gives what puts all of them back. Throws Refusal
 * `error.changedMeanwhile`, `error.unwritable`.
 */
export function rewriteAll(all: readonly Rewrite[]): () => void {
  for (const { file, was } of all) if (!stands(file, was)) throw new Refusal('error.changedMeanwhile', { file });
  const done: Rewrite[] = [];
  const back = () => {
    // What somebody has written since is theirs.
    for (const { file, was, becomes } of done.splice(0).reverse()) if (stands(file, becomes)) put(file, was);
  };
  try {
    for (const one of all) {
      put(one.file, one.becomes);
      done.push(one);
    }
  } catch (error) {
    back();
    throw error;
  }
  return back;
}

/** Throws Refusal. A link that leads nowhere is something, too. */
function stands(file: string, bytes: Uint8Array | undefined): boolean {
  try {
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return bytes === undefined;
    return bytes !== undefined && statSync(file).isFile() && readFileSync(file).equals(bytes);
  } catch (error) {
    throw new Refusal('error.unwritable', { file, detail: detailOf(error) }, error);
  }
}

/** By another file that takes its place: one that is cut short leaves what was there. */
function put(file: string, bytes: Uint8Array | undefined): void {
  let part: string | undefined;
  try {
    if (bytes === undefined) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(dirname(file), { recursive: true });
    const there = statSync(file, { throwIfNoEntry: false });
    // What a link leads to is written, and the link stays.
    const real = there === undefined ? file : realpathSync(file);
    // A file that may not be written is not, though its folder may.
    if (there !== undefined) closeSync(openSync(real, 'r+'));
    part = `${real}.${randomUUID()}.part`;
    const to = openSync(part, 'wx');
    try {
      writeFileSync(to, bytes);
      fsyncSync(to);
    } finally {
      closeSync(to);
    }
    if (there !== undefined) chmodSync(part, there.mode & 0o7777);
    renameSync(part, real);
  } catch (error) {
    if (part !== undefined) rmSync(part, { force: true });
    throw new Refusal('error.unwritable', { file, detail: detailOf(error) }, error);
  }
}
