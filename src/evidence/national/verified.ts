import { nationalMember } from '../closing.ts';
import { stamp } from '../moment.ts';
import type { Trust } from '../timeStamps/chain.ts';
import type { NotChecked, Wrong } from '../verification.ts';
import { checkNational, type NationalSigner } from './check.ts';
import { NationalFault } from './fault.ts';
import type { InnerStamp } from './innerStamp.ts';
import type { Person } from './person.ts';

/** A national signature over the seal in the answer of `holograph verify`: whom the certificate names, and what was checked. */
export interface VerifiedSignature
  extends Person,
    Pick<NationalSigner, 'algorithm' | 'standing' | 'overSeal' | 'root'> {
  readonly member: string;
  /** UTC, ISO 8601, as the signer's computer said. */
  readonly signedAt: string | null;
  /** Time stamps inside it. */
  readonly stamps: readonly { readonly time: string | null; readonly standing: InnerStamp['standing'] }[];
}

export interface NationalFindings {
  readonly signatures: readonly VerifiedSignature[];
  readonly wrong: readonly Wrong[];
  readonly notChecked: readonly NotChecked[];
}

/** Checks the member with the national signature, and names what could not be checked here. */
export function verifyNational(cms: Uint8Array, seal: Uint8Array, trust: Trust): NationalFindings {
  try {
    const signatures = checkNational(cms, seal, trust).map(verifiedOf);
    return { signatures, wrong: [], notChecked: signatures.flatMap(notCheckedOf) };
  } catch (error) {
    if (!(error instanceof NationalFault)) throw error;
    const { code, detail } = error;
    const wrong = { member: nationalMember, what: code, ...(detail !== '' && { detail }) };
    return { signatures: [], wrong: [wrong], notChecked: [] };
  }
}

/** Whom a signature names, in one line. The numbers are said in the reader's language by `placed`. */
export function signerText({ name, iin, organisation, bin }: Person): string {
  const parts = [name, iin && `IIN ${iin}`, organisation !== name && organisation, bin && `BIN ${bin}`];
  return parts.filter(part => part).join(', ') || '?';
}

function verifiedOf({ signedAt, stamps, ...signer }: NationalSigner): VerifiedSignature {
  return {
    member: nationalMember,
    ...signer,
    signedAt: signedAt === undefined ? null : utc(signedAt),
    stamps: stamps.map(({ time, standing }) => ({ time: time === undefined ? null : utc(time), standing })),
  };
}

function notCheckedOf(signature: VerifiedSignature): NotChecked[] {
  const { member, standing, overSeal, algorithm, root, stamps } = signature;
  const who = signerText(signature);
  const unchecked = stamps.filter(one => one.standing !== 'given' && one.standing !== 'wellKnown');
  const inner = unchecked.map(({ time }): NotChecked => ({ member, why: 'nationalStamp', detail: time ?? '?' }));
  if (standing === 'elsewhere') {
    const why = overSeal ? 'nationalElsewhere' : 'nationalUnread';
    return [{ member, why, detail: `${who}; ${algorithm}` }, ...inner];
  }
  const unread: NotChecked[] = overSeal ? [] : [{ member, why: 'nationalUnread', detail: `${who}; ${algorithm}` }];
  const rootless: NotChecked[] =
    standing === 'unknown' ? [{ member, why: 'nationalRoot', detail: `${who}; SHA-256 ${root}` }] : [];
  return [...unread, ...rootless, ...inner];
}

function utc(time: number): string {
  return stamp({ time, zone: 0 });
}
