import { randomUUID } from 'node:crypto';
import { linkSync, lstatSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { Fault } from './fault.ts';
import { newKey, type Signer, signerOf } from './keys.ts';

/**
 * The signer whose private key lies in the file `path`, made there on first use with rights for its owner alone.
 * The folder must exist. Throws Fault `keyRights` if others can read the file or own it, `keyUnreadable`, `keyMalformed`.
 */
export function fileSigner(path: string, keeper: string): Signer {
  const pem = readKey(path) ?? makeKey(path);
  try {
    return signerOf(keeper, pem);
  } catch (cause) {
    if (cause instanceof Fault) throw new Fault(cause.code, path, { cause });
    throw cause;
  }
}

function readKey(path: string): string | undefined {
  try {
    const file = lstatSync(path);
    // Windows keeps rights in access lists that inherit from the person's own folder; the mode says nothing there.
    if (
      process.platform !== 'win32' &&
      (!file.isFile() || (file.mode & 0o077) !== 0 || file.uid !== process.getuid?.())
    ) {
      throw new Fault('keyRights', path);
    }
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Fault('keyUnreadable', path, { cause });
  }
}

/** Written whole under another name, then linked: of two processes one makes the key and both read it. */
function makeKey(path: string): string {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, newKey().privateKey, { mode: 0o600, flag: 'wx' });
    try {
      linkSync(draft, path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    } finally {
      unlinkSync(draft);
    }
  } catch (cause) {
    throw new Fault('keyUnreadable', path, { cause });
  }
  const made = readKey(path);
  if (made === undefined) throw new Fault('keyUnreadable', path);
  return made;
}
