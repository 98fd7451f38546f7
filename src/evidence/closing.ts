import { hash } from 'node:crypto';
import { canonicalJson } from '../journal/canonical.ts';
import { type Member, textMember } from './bag.ts';
import { type EnvelopeSigner, isSignedBy, openEnvelope, seal } from './dsse.ts';
import { sealMember, statementText, statementType, subjectOf } from './seal.ts';
import type { Unzipped } from './unzip.ts';
import type { Wrong } from './verification.ts';

export const closingMember = 'seal/closing.json';
export const sheetMember = 'SEAL-SHEET.pdf';
const predicateType = 'urn:x-holograph:closing:1';

/** Members that are made after the seal, because they speak of it: the closing lists them. */
export function isAfterSeal(name: string): boolean {
  return name === sheetMember;
}

/**
 * `seal/closing.json`: a DSSE envelope by the sealing key over an in-toto statement whose subjects are the seal and the
 * members made after it. `archiveDigest`: SHA-256 (hex) of the archive before the closing's own header.
 */
export function closingOf(
  after: readonly Member[],
  { exportId, archiveDigest }: { readonly exportId: string; readonly archiveDigest: string },
  signer: EnvelopeSigner,
): Member {
  const statement = Buffer.from(statementText(predicateType, after, { exportId, archiveDigest }), 'utf8');
  return textMember(closingMember, seal(statementType, statement, signer));
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
    .map(([name, bytes]) => ({ name, bytes }));
  const { offset, method } = entries.find(({ name }) => name === member)!;
  // No digest covers its own bytes in the archive: deflated, they could have many forms.
  if (method !== 0) return [{ member: '', what: 'repacked' }];
  const archiveDigest = hash('sha256', archive.subarray(0, offset), 'hex');
  const statement = Buffer.from(envelope.payload).toString('utf8');
  if (statementText(predicateType, after, { exportId, archiveDigest }) === statement) return [];
  const changed = after.filter(one => !statement.includes(canonicalJson(subjectOf(one))));
  return [...changed.map(({ name }): Wrong => ({ member: name, what: 'changed' })), { member, what: 'sealStatement' }];
}
