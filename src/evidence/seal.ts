import { hash } from 'node:crypto';
import { canonicalJson } from '../journal/canonical.ts';
import { type Member, textMember } from './bag.ts';
import { type EnvelopeSigner, seal } from './dsse.ts';
import { byCodeUnit } from './names.ts';

export const sealMember = 'seal/seal.dsse.json';
export const keyMember = 'seal/author-key.pub';
export const statementType = 'application/vnd.in-toto+json';
const predicateType = 'urn:x-holograph:evidence-package:1';

/** What the seal says of the package beside the digests of its members. */
export interface SealedFacts {
  readonly exportId: string;
  readonly journal: string;
  /** Events, and the root over them (hex). */
  readonly size: number;
  readonly root: string;
  /** SHA-256 (hex) of the archive's bytes before the seal: fixes what unpacking does not show. */
  readonly archiveDigest: string;
}

/** The members a seal names: the lists (which name all others), report, forms, works, checkpoint and the page that checks. */
export function isSubject(name: string): boolean {
  return (
    /^(manifest-sha256|manifest-sha512|tagmanifest-sha256)\.txt$/.test(name) ||
    name.startsWith('data/report/') ||
    name.startsWith('data/forms/') ||
    name.startsWith('verify/') ||
    name.startsWith('data/work/') ||
    name === 'data/journal/checkpoint.txt'
  );
}

/**
 * The in-toto Statement v1 (in-toto/attestation, spec/v1/statement.md) of a package, as RFC 8785 JSON:
 * one text for one package. `members`: all but the seal.
 */
export function statementOf(members: Iterable<Member>, facts: SealedFacts): string {
  return statementText(
    predicateType,
    [...members].filter(({ name }) => isSubject(name)),
    facts,
  );
}

/** A statement over these members, sorted by name. */
export function statementText(predicateType: string, members: readonly Member[], predicate: object): string {
  const subject = members.toSorted((a, b) => byCodeUnit(a.name, b.name)).map(subjectOf);
  return canonicalJson({ _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate });
}

export function subjectOf({ name, bytes }: Member) {
  return { name, digest: { sha256: hash('sha256', bytes, 'hex') } };
}

export function sealedMember(members: Iterable<Member>, facts: SealedFacts, signer: EnvelopeSigner): Member {
  const statement = Buffer.from(statementOf(members, facts), 'utf8');
  return textMember(sealMember, seal(statementType, statement, signer));
}

/** SHA-256 of the seal: what time stamps over it state. */
export function sealDigest(seal: Uint8Array): Uint8Array {
  return Buffer.from(hash('sha256', seal, 'hex'), 'hex');
}
