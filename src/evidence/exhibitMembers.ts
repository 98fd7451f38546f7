import { hash } from 'node:crypto';
import { type Member, textMember } from './bag.ts';
import type { Chronicle } from './chronicle.ts';
import { type ExhibitEntry, exhibitEntries } from './exhibits.ts';
import { csvRow } from './promptMembers.ts';

/** An exhibit that stands and whose bytes the package does not hold: the author left them out, or they are not kept. */
export interface ExhibitLeftOut {
  /** As `EX-01`. */
  readonly exhibit: string;
  readonly why: 'withheld' | 'missing';
}

/** An exhibit as a package holds it. */
export interface PackagedExhibit {
  readonly name: string;
  readonly member: string;
  /** SHA-256 of the member, as its event states it. */
  readonly fileDigest: string;
}

/** Bytes of an exhibit, by their digest and by the member that holds them in a package. */
export type ExhibitSource = (digest: string, member: string) => Uint8Array | undefined;

/** The bytes of exhibits and the index of all, as spreadsheet programs on Russian and Kazakh systems open it. */
export interface ExhibitMembers {
  readonly exhibits: readonly PackagedExhibit[];
  /** Of those that were to be left out, each that stands, once, in their order. */
  readonly leftOut: readonly ExhibitLeftOut[];
  readonly members: readonly Member[];
}

/** Of a journal without exhibits there is no member. What is missing is empty here: whoever exports has asked before. */
export function exhibitMembers(
  chronicle: Chronicle,
  leftOut: readonly ExhibitLeftOut[],
  bytesOf: ExhibitSource,
): ExhibitMembers {
  const entries = entriesOf(chronicle);
  if (entries.length === 0) return { exhibits: [], leftOut: [], members: [] };
  const why = new Map(leftOut.map(({ exhibit, why }) => [exhibit, why]));
  const exhibits: PackagedExhibit[] = [];
  const members: Member[] = [];
  const rows = [columns];
  for (const entry of entries) {
    const member = memberOf(entry);
    const held = isStanding(entry) && !why.has(entry.name);
    if (held) {
      exhibits.push({ name: entry.name, member, fileDigest: entry.sha256 });
      members.push({ name: member, bytes: bytesOf(entry.sha256, member) ?? new Uint8Array(0) });
    }
    rows.push(rowOf(entry, held ? member.slice('data/exhibits/'.length) : '', stateOf(entry, why.get(entry.name))));
  }
  const index = textMember('data/exhibits/index.csv', `\ufeff${rows.map(csvRow).join('')}`);
  const left = entries.filter(isStanding).flatMap(({ name }): ExhibitLeftOut[] => {
    const reason = why.get(name);
    return reason === undefined ? [] : [{ exhibit: name, why: reason }];
  });
  return { exhibits, leftOut: left, members: [index, ...members] };
}

/** Standing exhibits whose bytes are not to be had, and those that are `withheld`, by name. */
export function leftOutOf(
  entries: readonly ExhibitEntry[],
  withheld: ReadonlySet<string>,
  bytesOf: (digest: string) => Uint8Array | undefined,
): readonly ExhibitLeftOut[] {
  return entries.filter(isStanding).flatMap(({ name, sha256 }): ExhibitLeftOut[] => {
    if (withheld.has(name)) return [{ exhibit: name, why: 'withheld' }];
    return bytesOf(sha256) === undefined ? [{ exhibit: name, why: 'missing' }] : [];
  });
}

/** Whether a member is what its event states. */
export function isExhibit({ fileDigest }: PackagedExhibit, bytes: Uint8Array): boolean {
  return hash('sha256', bytes, 'hex') === fileDigest;
}

function entriesOf({ id, kept }: Chronicle): ExhibitEntry[] {
  return exhibitEntries(id, [...kept.exhibit, ...kept.exhibitRemoved]);
}

type Standing = ExhibitEntry & { readonly sha256: string };

function isStanding(entry: ExhibitEntry): entry is Standing {
  return entry.removed === null && entry.sha256 !== null;
}

const columns = [
  'number',
  'file',
  'kind',
  'shows',
  'name',
  'dated',
  'attached',
  'bytes',
  'sha256',
  'commit',
  'state',
  'event',
];

function rowOf(entry: ExhibitEntry, file: string, state: string): string[] {
  const { name, what, shows, dated, attached, size, sha256, commit, event } = entry;
  const given = [dated ?? '', attached, String(size), sha256 ?? '', commit ?? ''];
  return [name, file, what, shows, entry.file, ...given, state, event];
}

function stateOf({ removed, purged, sha256 }: ExhibitEntry, why: ExhibitLeftOut['why'] | undefined): string {
  if (removed !== null) return purged ? 'purged' : 'removed';
  return why ?? (sha256 === null ? 'digest taken out' : 'here');
}

/** Its number, and the ending of its name where that is plain. */
function memberOf({ name, file }: ExhibitEntry): string {
  return `data/exhibits/${name}.${memberEnding(file)}`;
}

/** The ending of a file's name, where that opens everywhere as itself. */
export function memberEnding(file: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(file)?.[1]?.toLowerCase() ?? 'bin';
}
