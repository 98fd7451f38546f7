import { hash } from 'node:crypto';
import { canonicalJson } from '../journal/canonical.ts';
import { type Member, textMember } from './bag.ts';
import { type EnvelopeSigner, isSignedBy, openEnvelope, seal } from './dsse.ts';
import { byCodeUnit } from './names.ts';
import { canonicalValue } from './packagedSalts.ts';
import { sealMember, statementText, statementType, subjectOf } from './seal.ts';
import type { Unzipped } from './unzip.ts';
import type { Wrong } from './verification.ts';

export const closingMember = 'seal/closing.json';
export const sheetMember = 'SEAL-SHEET.pdf';
/** A detached signature (CMS) over the seal with the key that the state gave to the author. */
export const nationalMember = 'seal/seal.kz.cms';
const predicateType = 'urn:x-holograph:closing:1';

/** `seal/seal-K.tsr`, `.pem`: a time stamp over the seal and its certificates. */
const stampName = /^seal\/seal-([1-9]\d{0,2})\.(tsr|pem)$/;

/** Members that are made after the seal, because they speak of it: the closing lists them. */
export function isAfterSeal(name: string): boolean {
  return name === sheetMember || name === nationalMember || stampName.test(name);
}

/** The name of the K-th time stamp over the seal, and of its certificates; K from 1. */
export function sealStampName(rank: number): { readonly answer: string; readonly certificates: string } {
  return { answer: `seal/seal-${rank}.tsr`, certificates: `seal/seal-${rank}.pem` };
}

/** A time stamp over the seal, as a server gave it. */
export interface SealStamp {
  /** DER, as it came. */
  readonly answer: Uint8Array;
  /** PEM, the signer's first. */
  readonly certificates: string;
}

/** Time stamps over the seal as members, counted on from those that are there. */
export function sealStampMembers(stamps: readonly SealStamp[], had: number): Member[] {
  return stamps.flatMap(({ answer, certificates }, i) => {
    const names = sealStampName(had + i + 1);
    return [
      { name: names.answer, bytes: answer },
      { name: names.certificates, bytes: Buffer.from(certificates, 'utf8') },
    ];
  });
}

export interface Closed {
  readonly exportId: string;
  /** SHA-256 (hex) of the archive before the closing's own header. */
  readonly archiveDigest: string;
  /** Names of the members after the seal that the sheet speaks of, sorted: what came later it does not know. */
  readonly sheet: readonly string[];
}

/** `seal/closing.json`: a DSSE envelope by the sealing key over a statement whose subjects are the seal and what was made after it. */
export function closingOf(after: readonly Member[], predicate: Closed, signer: EnvelopeSigner): Member {
  const statement = Buffer.from(statementText(predicateType, after, predicate), 'utf8');
  return textMember(closingMember, seal(statementType, statement, signer));
}

/** Which members after the seal the sheet speaks of, as the closing says. Undefined where it says nothing that can be. */
export function sheetSpeaksOf(members: ReadonlyMap<string, Uint8Array>): readonly string[] | undefined {
  const envelope = openEnvelope(Buffer.from(members.get(closingMember) ?? []).toString('utf8'));
  const { predicate } = read(envelope?.payload);
  const names = predicate?.sheet;
  if (!Array.isArray(names)) return undefined;
  const known = (name: unknown): name is string =>
    typeof name === 'string' && name !== sheetMember && isAfterSeal(name) && members.has(name);
  const sorted = names.every((name, i) => i === 0 || names[i - 1] < name);
  return sorted && names.every(known) ? names : undefined;
}

/** What is wrong with the closing of a package whose seal is by this key. `archive`: the whole. */
export function closingFaults(
  archive: Uint8Array,
  { members, entries }: Unzipped,
  {
    exportId,
    publicKey,
    fingerprint,
  }: { readonly exportId: string; readonly publicKey: string; readonly fingerprint: string },
): readonly Wrong[] {
  const member = closingMember;
  const envelope = openEnvelope(Buffer.from(members.get(member) ?? []).toString('utf8'));
  if (envelope === undefined || envelope.payloadType !== statementType) return [{ member, what: 'sealMalformed' }];
  if (envelope.keyid !== fingerprint || !isSignedBy(envelope, publicKey)) return [{ member, what: 'sealSignature' }];
  const after = [...members]
    .filter(([name]) => name === sealMember || isAfterSeal(name))
    .map(([name, bytes]): Member => ({ name, bytes }));
  const { offset, method } = entries.find(({ name }) => name === member)!;
  // No digest covers its own bytes in the archive: deflated, they could have many forms.
  if (method !== 0) return [{ member: '', what: 'repacked' }];
  const misnamed = misnamedStamps(members);
  const sheet = sheetSpeaksOf(members);
  if (sheet !== undefined) {
    const archiveDigest = hash('sha256', archive.subarray(0, offset), 'hex');
    const own = statementText(predicateType, after, { exportId, archiveDigest, sheet });
    if (own === Buffer.from(envelope.payload).toString('utf8')) return misnamed;
  }
  return [...otherThanListed(after, envelope.payload), ...misnamed, { member, what: 'sealStatement' }];
}

/** Members after the seal that are not as the closing lists them. */
function otherThanListed(after: readonly Member[], payload: Uint8Array): readonly Wrong[] {
  const { subject } = read(payload);
  const listed = new Map<string, string>();
  for (const one of Array.isArray(subject) ? subject : [])
    if (typeof one?.name === 'string') listed.set(one.name, canonicalJson(one));
  const wrong = after.flatMap((one): Wrong[] => {
    const known = listed.get(one.name);
    listed.delete(one.name);
    if (known === undefined) return [{ member: one.name, what: 'unlisted' }];
    return known === canonicalJson(subjectOf(one)) ? [] : [{ member: one.name, what: 'changed' }];
  });
  return [
    ...wrong,
    ...[...listed.keys()].filter(isAfterSeal).map((name): Wrong => ({ member: name, what: 'missing' })),
  ];
}

/** Time stamps over the seal count from 1 without gaps, each with its certificates. */
function misnamedStamps(members: ReadonlyMap<string, Uint8Array>): readonly Wrong[] {
  const wrong: Wrong[] = [];
  const names = [...members.keys()].filter(name => stampName.test(name)).sort(byCodeUnit);
  const count = names.filter(name => name.endsWith('.tsr')).length;
  for (const name of names) {
    const [, rank = '', ending] = stampName.exec(name)!;
    const { answer, certificates } = sealStampName(Number(rank));
    const other = ending === 'tsr' ? certificates : answer;
    if (Number(rank) > count) wrong.push({ member: name, what: 'notOfPackage' });
    else if (!members.has(other)) wrong.push({ member: other, what: 'missing' });
  }
  return wrong;
}

interface Statement {
  readonly subject?: readonly { readonly name?: unknown }[];
  readonly predicate?: { readonly sheet?: readonly string[] };
}

/** What an envelope's payload says, of which nothing is known yet. */
function read(payload: Uint8Array | undefined): Statement {
  const value = payload && canonicalValue(Buffer.from(payload).toString('utf8'));
  return typeof value === 'object' && value !== null ? (value as Statement) : {};
}
