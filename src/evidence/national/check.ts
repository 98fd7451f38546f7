import { AsnConvert } from '@peculiar/asn1-schema';
import { Time } from '@peculiar/asn1-x509';
import { fromBER, OctetString } from 'asn1js';
import { isNamed } from '../timeStamps/attributes.ts';
import { type Certified, certified, fingerprintOf, isForDocuments, isValidAt } from '../timeStamps/certificates.ts';
import { chainOf, type Trust } from '../timeStamps/chain.ts';
import { TimeStampFault } from '../timeStamps/fault.ts';
import { isSigned, sameBytes } from '../timeStamps/signature.ts';
import type { TimeStamp } from '../timeStamps/timeStamp.ts';
import { algorithmName, digestOf } from './algorithms.ts';
import { type CmsSigner, readCms } from './cms.ts';
import { NationalFault } from './fault.ts';
import { type InnerStamp, innerStamps } from './innerStamp.ts';
import { type Person, personIn } from './person.ts';

/** One who signed the seal, once all that can be checked here was found good. */
export interface NationalSigner extends Person {
  /** How it is signed. */
  readonly algorithm: string;
  /**
   * `given`, `wellKnown`: a root that is trusted stands for the certificate; `unknown`: the signature holds, but nobody
   * vouches for the certificate, which anyone can make; `elsewhere`: signed in a way that cannot be checked here (GOST),
   * so that no more is known than that it says this.
   */
  readonly standing: TimeStamp['standing'];
  /**
   * Whether what it says to be over was found to be this seal: not where the digest is none that is known here, or where
   * nothing says it but a signature that cannot be checked here.
   */
  readonly overSeal: boolean;
  /** When it was signed, as the signer's computer said: milliseconds since 1970 UTC. */
  readonly signedAt: number | undefined;
  /** SHA-256 (hex) of the certificate that its chain ends with; null where the signature was not checked. */
  readonly root: string | null;
  readonly stamps: readonly InnerStamp[];
}

const contentType = '1.2.840.113549.1.9.3';
const messageDigest = '1.2.840.113549.1.9.4';
const signingTime = '1.2.840.113549.1.9.5';

/**
 * Checks a signature (CMS, RFC 5652) over the seal, beside which it stands or which it holds. Says nothing of revocation.
 * Throws NationalFault: see its codes.
 */
export function checkNational(cms: Uint8Array, seal: Uint8Array, trust: Trust): readonly NationalSigner[] {
  const { signers, certificates, content } = readCms(cms, seal.length);
  if (content !== undefined && !sameBytes(content, seal)) throw new NationalFault('nationalOther');
  return translated(() => {
    const own = certificates.map(certified);
    return signers.map(signer => checkSigner(signer, own, seal, trust));
  });
}

function checkSigner(signer: CmsSigner, own: readonly Certified[], seal: Uint8Array, trust: Trust): NationalSigner {
  const { sid, digestAlgorithm, signatureAlgorithm, signature: value } = signer.stated;
  const certificate = own.find(one => isNamed(one, sid));
  if (certificate === undefined) throw new NationalFault('nationalSigner');
  const overSeal = isOverSeal(signer, seal);
  const signature = new Uint8Array(value.buffer);
  const algorithm = { signature: signatureAlgorithm.algorithm, digest: digestAlgorithm.algorithm };
  const signed = isSigned(signer.signed ?? seal, signature, algorithm, certificate.x509);
  if (signed === false) throw new NationalFault('nationalSignature');
  const person = personIn(certificate);
  if (!isForDocuments(certificate)) throw new NationalFault('nationalUsage', person.name);
  const signedAt = signedAtOf(signer);
  if (signedAt !== undefined && !isValidAt(certificate, signedAt))
    throw new NationalFault('nationalExpired', person.name);
  const stamps = innerStamps(signer.stated, signature, trust);
  const found = { ...person, algorithm: algorithmName(algorithm.signature), overSeal, signedAt, stamps };
  if (signed === undefined) {
    const stated = overSeal && signer.signed !== undefined;
    return { ...found, overSeal: stated, standing: 'elsewhere', root: null };
  }
  const time = signedAt ?? Date.parse(certificate.x509.validFrom);
  const { certificates, anchor } = chainOf(certificate, own, time, trust);
  return { ...found, standing: anchor ?? 'unknown', root: fingerprintOf(certificates.at(-1)!) };
}

/** Whether its attributes, or it alone, are over the seal; false where the digest is not known here. Throws NationalFault. */
function isOverSeal(signer: CmsSigner, seal: Uint8Array): boolean {
  // Without attributes the signature itself is over the bytes.
  if (signer.signed === undefined) return true;
  const type = only(signer, contentType);
  if (type === undefined || !sameBytes(type, derOfData)) throw new NationalFault('nationalAttributes', 'contentType');
  const digest = only(signer, messageDigest);
  if (digest === undefined) throw new NationalFault('nationalAttributes', 'messageDigest');
  const own = digestOf(signer.stated.digestAlgorithm.algorithm, seal);
  if (own === undefined) return false;
  const { result } = fromBER(digest);
  const stated = result instanceof OctetString ? new Uint8Array(result.getValue()) : new Uint8Array(0);
  if (!sameBytes(stated, own)) throw new NationalFault('nationalOther');
  return true;
}

/** DER of the object identifier of plain data. */
const derOfData = Buffer.from('06092a864886f70d010701', 'hex');

/** The one value of a signed attribute, which may not stand there twice. */
function only({ attributes }: CmsSigner, type: string): Uint8Array | undefined {
  const values = attributes.filter(({ attrType }) => attrType === type).flatMap(({ attrValues }) => attrValues);
  if (values.length > 1) throw new NationalFault('nationalAttributes', type);
  return values[0] && new Uint8Array(values[0]);
}

function signedAtOf(signer: CmsSigner): number | undefined {
  const value = only(signer, signingTime);
  const time = value && AsnConvert.parse(value, Time).getTime().getTime();
  if (time !== undefined && !Number.isFinite(time)) throw new NationalFault('nationalAttributes', 'signingTime');
  return time;
}

/** What the parts that it shares with time stamps, and the libraries, say of the bytes. */
function translated<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof NationalFault || !(error instanceof Error)) throw error;
    const weak = error instanceof TimeStampFault && error.code === 'tokenWeak';
    const detail = error instanceof TimeStampFault ? error.detail : error.message.split('\n', 1)[0];
    throw new NationalFault(weak ? 'nationalWeak' : 'nationalMalformed', detail, { cause: error });
  }
}
