/**
 * Names of works in the package. A name must open on any system as itself, so a path of the work is
 * written in ASCII: each byte (UTF-8) that is no letter, digit, `.`, `_`, `-` or `/` becomes `=` and two
 * upper-case hexadecimal digits. So does the first letter of a part that Windows reserves (`con.txt`),
 * a `.` that ends a part or is all of it, and the first letter of the last part when an earlier name
 * differs by letter case alone. `pathOf` undoes it. A name that would be longer than 150 characters is
 * `=/` and its rank instead; the manifest names its path.
 */
export function memberNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  [...paths].sort(byCodeUnit).forEach((path, rank) => {
    let name = path.split('/').map(escapePart).join('/');
    if (taken.has(name.toLowerCase())) name = escapeFirst(name, name.lastIndexOf('/') + 1);
    if (name.length > 150 || taken.has(name.toLowerCase())) name = `=/${String(rank + 1).padStart(4, '0')}`;
    taken.add(name.toLowerCase());
    names.set(path, name);
  });
  return names;
}

/** The path that a member's name stands for; undefined for a ranked name. Throws on a malformed one. */
export function pathOf(name: string): string | undefined {
  if (name.startsWith('=/')) return undefined;
  const bytes = name.replace(/=(..?)?/g, (_, digits: string | undefined) => {
    if (!/^[0-9A-F]{2}$/.test(digits ?? '')) throw new RangeError(`Not the name of a work: ${name}`);
    return String.fromCharCode(Number.parseInt(digits!, 16));
  });
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, 'latin1'));
}

/** Order of UTF-16 code units, the same on every machine. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

function escapePart(part: string): string {
  let name = '';
  for (const byte of Buffer.from(part, 'utf8')) {
    const letter = String.fromCharCode(byte);
    name += /[A-Za-z0-9._-]/.test(letter) ? letter : escapeByte(byte);
  }
  if (reserved.test(name)) name = escapeFirst(name, 0);
  return name.replace(/\.$/, '=2E');
}

function escapeFirst(name: string, at: number): string {
  if (name[at] === '=' || name[at] === undefined) return name;
  return name.slice(0, at) + escapeByte(name.charCodeAt(at)) + name.slice(at + 1);
}

function escapeByte(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
