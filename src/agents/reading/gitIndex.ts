import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Bytes of an entry before its object id, and the flag that says that two more follow the others. */
const [times, extended] = [40, 0x4000];

/**
 * Whether git has a file among those of its folder's repository (in the index: staged or committed). Read from git's own
 * file (gitformat-index(5), versions 2 to 4), and never written. What cannot be told counts as yes; a folder without a
 * repository has none.
 */
export async function isTracked(file: string): Promise<boolean> {
  // A folder may have been opened by a link.
  const real = await realpath(file).catch(() => resolve(file));
  for (let top = dirname(real); ; top = dirname(top)) {
    const place = await gitFolder(join(top, '.git'));
    if (place !== undefined) return hasPath(place, relative(top, real).split(sep).join('/'));
    if (dirname(top) === top) return false;
  }
}

/** Where git keeps what is the folder's own; a worktree and a submodule name it in a file. */
async function gitFolder(dot: string): Promise<string | undefined> {
  const state = await stat(dot).catch(() => undefined);
  if (state?.isDirectory()) return dot;
  if (!state?.isFile()) return undefined;
  const named = /^gitdir: (.+)$/m.exec(await readFile(dot, 'utf8').catch(() => ''))?.[1];
  return named === undefined ? undefined : resolve(dirname(dot), named.trim());
}

async function hasPath(place: string, path: string): Promise<boolean> {
  const file = join(place, 'index');
  if ((await stat(file).catch(() => undefined)) === undefined) return false;
  const bytes = await readFile(file).catch(() => undefined);
  // macOS may compose a name otherwise than git keeps it (`core.precomposeUnicode`).
  const names = [path, path.normalize('NFC'), path.normalize('NFD')];
  const wanted = new Set(names.map(name => Buffer.from(name).toString('latin1')));
  // The ids of objects are SHA-1, or SHA-256: the file does not say which.
  const found = bytes && (hasName(bytes, wanted, 20) ?? hasName(bytes, wanted, 32));
  return found ?? true;
}

/** `names` in bytes. Undefined: these are no entries with ids of this length, or not all of them. */
function hasName(bytes: Buffer, names: ReadonlySet<string>, idLength: number): boolean | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const [version, count] = [bytes.readUInt32BE(4), bytes.readUInt32BE(8)];
  if (version < 2 || version > 4) return undefined;
  let [at, last, found] = [12, '', false];
  for (let entry = 0; entry < count; entry++) {
    let from = at + times + idLength;
    if (from + 2 > bytes.length) return undefined;
    from += (bytes.readUInt16BE(from) & extended) === 0 ? 2 : 4;
    let kept = 0;
    if (version === 4) {
      const removed = numberAt(bytes, from);
      if (removed === undefined) return undefined;
      kept = last.length - removed.value;
      from = removed.to;
    }
    const end = bytes.indexOf(0, from);
    if (end < 0 || kept < 0) return undefined;
    last = last.slice(0, kept) + bytes.toString('latin1', from, end);
    found ||= names.has(last);
    at = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  }
  return isWhole(bytes, at, idLength) ? found : undefined;
}

/** A number as git packs offsets: seven bits a byte, the highest first. */
function numberAt(bytes: Buffer, from: number): { readonly value: number; readonly to: number } | undefined {
  let value = -1;
  for (let at = from; at < Math.min(bytes.length, from + 6); at++) {
    const byte = bytes[at]!;
    value = (value + 1) * 128 + (byte & 127);
    if (byte < 128) return { value, to: at + 1 };
  }
  return undefined;
}

/** Behind the entries stand extensions and the file's own digest. The one called `link` means that there are entries elsewhere. */
function isWhole(bytes: Buffer, from: number, idLength: number): boolean {
  let at = from;
  while (at + 8 <= bytes.length - idLength) {
    if (bytes.toString('latin1', at, at + 4) === 'link') return false;
    at += 8 + bytes.readUInt32BE(at + 4);
  }
  return at === bytes.length - idLength;
}
