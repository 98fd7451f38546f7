import { randomUUID } from 'node:crypto';
import { linkSync, lstatSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { Fault } from './fault.ts';
import { keeperOf, newKey, pemsIn, type Signer, signerOf } from './keys.ts';

/**
 * The signer whose private key lies in the file `path`, made there on first use with rights for its owner alone.
 * The folder must exist. Throws Fault `keyRights` if others can read the file or own it, `keyUnreadable`, `keyMalformed`.
 */
export function fileSigner(path: string, keeper: string): Signer {
  return signerIn(path, keeper, readKey(path) ?? makeKey(path));
}

/** The same where the file is there; nothing is made. */
export function knownSigner(path: string, keeper: string): Signer | undefined {
  const pems = readKey(path);
  return pems === undefined ? undefined : signerIn(path, keeper, pems);
}

/** A new key takes the first place in the file, which keeps the others behind it: they countersign. Throws Fault. */
export function rotatedIn(path: string, keeper: string): Signer {
  return putFirst(path, keeper, newKey().privateKey);
}

/** A key (PEM of PKCS #8) takes the first place in the file; if it stands there already, nothing changes. Throws Fault. */
export function putFirst(path: string, keeper: string, pem: string): Signer {
  const added = signerOf(keeper, pem);
  const before = readKey(path) ?? '';
  const others = before === '' ? [] : pemsIn(before).filter(one => signerOf(keeper, one).publicKey !== added.publicKey);
  writeKeys(path, [pem, ...others]);
  return fileSigner(path, keeper);
}

/** Only the first key stays: every journal has been told of it. Throws Fault. */
export function forgetFormer(path: string): void {
  writeKeys(path, pemsIn(readKey(path) ?? '').slice(0, 1));
}

/** PEM of the first private key. Throws Fault `keyUnreadable` where there is no file. */
export function firstKeyIn(path: string): string {
  const [first] = pemsIn(readKey(path) ?? '');
  if (first === undefined) throw new Fault('keyUnreadable', path);
  return first;
}

function signerIn(path: string, keeper: string, pems: string): Signer {
  try {
    return keeperOf(keeper, pems);
  } catch (cause) {
    if (cause instanceof Fault) throw new Fault(cause.code, path, { cause });
    throw cause;
  }
}

/** Under another name first: of a file that is cut off in the middle no key would be left. */
function writeKeys(path: string, pems: readonly string[]): void {
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, pems.join(''), { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, path);
  } catch (cause) {
    throw new Fault('keyUnreadable', path, { cause });
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
