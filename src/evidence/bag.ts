import { hash } from 'node:crypto';
import { byCodeUnit } from './names.ts';

/** A file of the package: its name inside the archive and its bytes. */
export interface Member {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The tag files that make a BagIt bag (RFC 8493) of a payload: declaration, description, and the lists
 * of digests. `payload`: members under `data/`; `tags`: members beside it, which the tag manifest
 * lists. The seal itself is in no list, because it covers the lists.
 */
export function bagTags(
  payload: readonly Member[],
  tags: readonly Member[],
  description: readonly (readonly [label: string, value: string])[],
): readonly Member[] {
  const size = payload.reduce((sum, member) => sum + member.bytes.length, 0);
  const oxum: readonly [string, string] = ['Payload-Oxum', `${size}.${payload.length}`];
  const own = [
    textMember('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'),
    textMember('bag-info.txt', [...description, oxum].map(infoLine).join('')),
    textMember('manifest-sha256.txt', digestList(payload, 'sha256')),
    textMember('manifest-sha512.txt', digestList(payload, 'sha512')),
  ];
  return [...own, textMember('tagmanifest-sha256.txt', digestList([...own, ...tags], 'sha256'))];
}

export function textMember(name: string, text: string): Member {
  return { name, bytes: Buffer.from(text, 'utf8') };
}

/** A member of many lines; never one string, which could grow beyond what a string may hold. */
export function linesMember(name: string, lines: Iterable<string>): Member {
  const pieces: Buffer[] = [];
  let gathered = '';
  for (const line of lines) {
    gathered += line;
    if (gathered.length < 1 << 16) continue;
    pieces.push(Buffer.from(gathered, 'utf8'));
    gathered = '';
  }
  return { name, bytes: Buffer.concat([...pieces, Buffer.from(gathered, 'utf8')]) };
}

export type ListAlgorithm = 'sha256' | 'sha512';

/** One line a member, by name: hexadecimal digest, two spaces, name. */
export function digestList(members: readonly Member[], algorithm: ListAlgorithm): string {
  return [...members]
    .sort((a, b) => byCodeUnit(a.name, b.name))
    .map(({ name, bytes }) => `${hash(algorithm, bytes, 'hex')}  ${name}\n`)
    .join('');
}

/** How a member and the list that should name it disagree. */
export interface ListFault {
  readonly name: string;
  readonly what: 'changed' | 'missing' | 'unlisted';
}

/**
 * Where a list of digests and the members disagree. Undefined when the text is no such list in its one
 * form: sorted, lower-case digits, one line feed each.
 */
export function listFaults(
  list: string,
  members: readonly Member[],
  algorithm: ListAlgorithm,
): readonly ListFault[] | undefined {
  const form = algorithm === 'sha256' ? /^([0-9a-f]{64}) {2}(\S+)$/ : /^([0-9a-f]{128}) {2}(\S+)$/;
  const listed = new Map<string, string>();
  let before = '';
  for (const line of list.split(/(?<=\n)/)) {
    const [, digest, name] = (line.endsWith('\n') && form.exec(line.slice(0, -1))) || [];
    if (digest === undefined || name === undefined || name <= before) return undefined;
    listed.set(name, digest);
    before = name;
  }
  const faults: ListFault[] = [];
  for (const { name, bytes } of members) {
    const digest = listed.get(name);
    if (digest === undefined) faults.push({ name, what: 'unlisted' });
    else if (digest !== hash(algorithm, bytes, 'hex')) faults.push({ name, what: 'changed' });
    listed.delete(name);
  }
  return [...faults, ...[...listed.keys()].map(name => ({ name, what: 'missing' as const }))];
}

/** Values stand on one line: line breaks inside become spaces. */
function infoLine([label, value]: readonly [string, string]): string {
  return `${label}: ${value.replace(/[\r\n\v\f\x85\u2028\u2029]+/g, ' ').trim()}\n`;
}
