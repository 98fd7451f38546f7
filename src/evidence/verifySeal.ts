import { hash } from 'node:crypto';
import { canonicalJson } from '../journal/canonical.ts';
import { Fault } from '../journal/fault.ts';
import { fingerprintOf } from '../journal/keys.ts';
import type { Member } from './bag.ts';
import { closingFaults, closingMember, isAfterSeal } from './closing.ts';
import { isSignedBy, openEnvelope } from './dsse.ts';
import { byCodeUnit } from './names.ts';
import type { PackagedJournal } from './packagedJournal.ts';
import { canonicalValue } from './packagedSalts.ts';
import { isSubject, keyMember, type SealedFacts, sealMember, statementOf, statementType, subjectOf } from './seal.ts';
import type { Unzipped } from './unzip.ts';
import { otherKey, type Wrong } from './verification.ts';

/** What the seal rests on, once it was found good in itself. */
export interface OpenedSeal {
  readonly facts: SealedFacts;
  /** PEM, in its one form. */
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** The key and the seal by themselves: forms, signature, and that the seal names exactly these members and bytes. */
export function openSeal(archive: Uint8Array, unzipped: Unzipped): OpenedSeal | readonly Wrong[] {
  const sealed = { member: sealMember, what: 'sealMalformed' } as const;
  const publicKey = textOf(unzipped, keyMember);
  const fingerprint = fingerprintIn(publicKey);
  if (fingerprint === undefined) return [{ member: keyMember, what: 'keyMalformed' }];
  const envelope = openEnvelope(textOf(unzipped, sealMember));
  if (envelope === undefined || envelope.payloadType !== statementType) return [sealed];
  if (envelope.keyid !== fingerprint || !isSignedBy(envelope, publicKey)) return [{ ...sealed, what: 'sealSignature' }];
  const statement = Buffer.from(envelope.payload).toString('utf8');
  const facts = factsIn(statement);
  if (facts === undefined) return [sealed];
  const own = [...unzipped.members]
    .filter(([name]) => name !== sealMember && name !== closingMember && !isAfterSeal(name))
    .map(([name, bytes]): Member => ({ name, bytes }));
  if (statementOf(own, facts) !== statement)
    return [...otherSubjects(own, statement), { ...sealed, what: 'sealStatement' }];
  const { offset } = unzipped.entries.find(({ name }) => name === sealMember)!;
  const wrong: Wrong[] = [];
  if (!isOrdered(unzipped)) wrong.push({ member: '', what: 'order' });
  else if (hash('sha256', archive.subarray(0, offset), 'hex') !== facts.archiveDigest)
    wrong.push({ member: '', what: 'repacked' });
  const closing = closingFaults(archive, unzipped, { exportId: facts.exportId, publicKey, fingerprint });
  // Where the archive was packed otherwise the closing's digest of it cannot fit; its list of members can.
  wrong.push(...(wrong.length === 0 ? closing : closing.filter(({ member }) => isAfterSeal(member))));
  return wrong.length > 0 ? wrong : { facts, publicKey, fingerprint };
}

/** Whether this journal knows the sealing key, and whether the key vouched for is it or countersigned it. */
export function keyStanding(
  { publicKey, fingerprint }: OpenedSeal,
  journal: PackagedJournal,
  vouched: string | undefined,
): { readonly known: boolean; readonly wrong: readonly Wrong[] } {
  if (!journal.keys.mayHaveSigned(publicKey, journal.size)) {
    const what = journal.keys.everHad(publicKey) ? 'keyReplaced' : 'keyNotInJournal';
    return { known: false, wrong: [{ member: keyMember, what }] };
  }
  if (vouched === undefined) return { known: false, wrong: [] };
  const known = journal.keys.standsFor(vouched, publicKey);
  return { known, wrong: known ? [] : [otherKey(keyMember, vouched, fingerprint)] };
}

/** By name, then the seal, then by name what was made after it, the closing last. */
function isOrdered({ entries }: Unzipped): boolean {
  const names = entries.map(({ name }) => name);
  const rank = (name: string) => (name === sealMember ? 1 : name === closingMember ? 3 : isAfterSeal(name) ? 2 : 0);
  return names.every((name, i) => {
    const before = names[i - 1];
    return before === undefined || rank(before) < rank(name) || (rank(before) === rank(name) && before < name);
  });
}

export function textOf({ members }: Unzipped, name: string): string {
  return Buffer.from(members.get(name) ?? []).toString('utf8');
}

function fingerprintIn(publicKey: string): string | undefined {
  try {
    return fingerprintOf(publicKey);
  } catch (fault) {
    if (fault instanceof Fault) return undefined;
    throw fault;
  }
}

/** Members that are sealed under another digest than they have. */
function otherSubjects(members: readonly Member[], statement: string): readonly Wrong[] {
  const { subject } = (canonicalValue(statement) ?? {}) as { readonly subject?: unknown };
  const sealed = new Set(Array.isArray(subject) ? subject.map(one => canonicalJson(one)) : []);
  const own = members.filter(({ name }) => isSubject(name)).sort((a, b) => byCodeUnit(a.name, b.name));
  return own
    .filter(member => !sealed.has(canonicalJson(subjectOf(member))))
    .map(({ name }) => ({ member: name, what: 'changed' }));
}

function factsIn(statement: string): SealedFacts | undefined {
  const value = canonicalValue(statement) as { readonly predicate?: Partial<SealedFacts> } | null | undefined;
  const { exportId, journal, size, root, archiveDigest } = value?.predicate ?? {};
  if (typeof exportId !== 'string' || typeof journal !== 'string' || typeof size !== 'number') return undefined;
  if (typeof root !== 'string' || typeof archiveDigest !== 'string') return undefined;
  return { exportId, journal, size, root, archiveDigest };
}
