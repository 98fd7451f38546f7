import { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  type Extension,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  KeyUsage,
  KeyUsageFlags,
} from '@peculiar/asn1-x509';
import { TimeStampFault } from './fault.ts';
import { refuseWeak } from './signature.ts';
import { asked } from './token.ts';

/** A certificate with what RFC 5280 lets others than the signature say of it. */
export interface Certified {
  readonly x509: X509Certificate;
  /** Its parts; read when they are first asked for. Throws TimeStampFault `tokenMalformed`. */
  readonly parts: Certificate;
}

const timeStamping = '1.3.6.1.5.5.7.3.8';
/** Web servers, logging in, programs, time stamps, answers about revocation. */
const notForDocuments = [
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.5.5.7.3.2',
  '1.3.6.1.5.5.7.3.3',
  timeStamping,
  '1.3.6.1.5.5.7.3.9',
];
/** Who the owner is stands among the uses in Kazakhstan. */
const roles = '1.2.398.3.3.4.';
const anyUsage = '2.5.29.37.0';

/** Of DER or PEM. Throws TimeStampFault `tokenMalformed`. */
export function certified(bytes: Uint8Array | string): Certified {
  const x509 = asked(() => new X509Certificate(bytes));
  let parts: Certificate | undefined;
  return {
    x509,
    get parts() {
      parts ??= asked(() => AsnConvert.parse(x509.raw, Certificate));
      return parts;
    },
  };
}

/** All certificates of a PEM text, in order. Throws TimeStampFault `tokenMalformed` where it holds none. */
export function certificatesIn(pem: string): Certified[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
  if (found.length === 0) throw new TimeStampFault('tokenMalformed', 'no certificates');
  return found.map(certified);
}

/** PEM in its one form: 64 characters a line, a line feed behind each certificate. */
export function pemOf(certificates: readonly Certified[]): string {
  return certificates.map(({ x509 }) => x509.toString()).join('');
}

/** Whom a certificate names: its common name, else its organisation, else all that it says. */
export function nameOf({ x509: { subject = '' } }: Certified): string {
  const lines = subject.split('\n');
  const part = (key: string) => lines.find(line => line.startsWith(`${key}=`))?.slice(key.length + 1);
  return part('CN') ?? part('O') ?? lines.join(', ');
}

/** SHA-256 of the certificate, 64 hexadecimal digits. */
export function fingerprintOf({ x509 }: Certified): string {
  return x509.fingerprint256.replaceAll(':', '').toLowerCase();
}

export function isValidAt({ x509 }: Certified, time: number): boolean {
  return Date.parse(x509.validFrom) <= time && time <= Date.parse(x509.validTo);
}

export function isSame(a: Certified, b: Certified): boolean {
  return a.x509.raw.equals(b.x509.raw);
}

/** Whether the signature of `one` is by the key of `other`, in a way that still binds. */
export function isIssuedBy(one: Certified, other: Certified): boolean {
  try {
    if (!one.x509.checkIssued(other.x509)) return false;
    refuseWeak(one.parts.signatureAlgorithm.algorithm);
    return one.x509.verify(other.x509.publicKey);
  } catch (error) {
    // A key or an algorithm that this runtime does not know shows nothing, and neither does a weak one.
    if (error instanceof Error) return false;
    throw error;
  }
}

/** Whether each certificate is issued by the next; one that is its own issuer has signed itself. */
export function isChain(certificates: readonly Certified[]): boolean {
  return certificates.every((one, i) => {
    const next = certificates[i + 1];
    if (next !== undefined) return isIssuedBy(one, next);
    // What a root signs itself with binds nothing beyond its own bytes.
    return !one.x509.checkIssued(one.x509) || one.x509.verify(one.x509.publicKey);
  });
}

/** Throws TimeStampFault unless the certificate may sign time stamps and nothing else (RFC 3161 section 2.3). */
export function demandForTimeStamps(one: Certified): void {
  const usage = extension(one, id_ce_extKeyUsage);
  const wrong = (detail: string) => new TimeStampFault('tokenUsage', detail);
  if (usage === undefined) throw wrong('no extended key usage');
  if (!usage.critical) throw wrong('extended key usage is not critical');
  const purposes = [...usageIn(usage)];
  if (purposes.length !== 1 || purposes[0] !== timeStamping) throw wrong(purposes.join(', '));
  const others = ~(KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation);
  const keyUsage = keyUsageOf(one);
  if (keyUsage !== undefined && (keyUsage === 0 || (keyUsage & others) !== 0)) throw wrong('key usage');
  if (!isKnownWhole(one)) throw new TimeStampFault('tokenCertificate', 'critical extension');
}

/**
 * Whether documents may be signed with it: not where it names its uses and all are other ones, as that of a key for logging
 * in, with which a site has signed whatever it likes (RFC 5280 sections 4.2.1.3 and 4.2.1.12).
 */
export function isForDocuments(one: Certified): boolean {
  const keyUsage = keyUsageOf(one);
  if (keyUsage !== undefined && (keyUsage & (KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation)) === 0)
    return false;
  const usage = extension(one, id_ce_extKeyUsage);
  const purposes = usage === undefined ? [] : usageIn(usage).filter(purpose => !purpose.startsWith(roles));
  return purposes.length === 0 || purposes.some(purpose => !notForDocuments.includes(purpose));
}

/** Whether this certificate may stand above others: `below` is how many stand between it and the signer's. */
export function mayIssue(one: Certified, below: number): boolean {
  const basic = extension(one, id_ce_basicConstraints);
  if (basic === undefined) return false;
  const { cA, pathLenConstraint } = asked(() => AsnConvert.parse(basic.extnValue.buffer, BasicConstraints));
  const keyUsage = keyUsageOf(one);
  const usage = extension(one, id_ce_extKeyUsage);
  const purposes = usage && usageIn(usage);
  return (
    cA &&
    (pathLenConstraint === undefined || below <= pathLenConstraint) &&
    (keyUsage === undefined || (keyUsage & KeyUsageFlags.keyCertSign) !== 0) &&
    (purposes === undefined || purposes.includes(timeStamping) || purposes.includes(anyUsage)) &&
    isKnownWhole(one)
  );
}

const known: readonly string[] = [
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_extKeyUsage,
  // Says under which rules it was issued; nothing here depends on them.
  id_ce_certificatePolicies,
];

/** No critical extension is passed over (RFC 5280 section 4.2). */
function isKnownWhole(one: Certified): boolean {
  return extensionsOf(one).every(({ critical, extnID }) => !critical || known.includes(extnID));
}

function extension(one: Certified, id: string): Extension | undefined {
  return extensionsOf(one).find(({ extnID }) => extnID === id);
}

function extensionsOf({ parts }: Certified): readonly Extension[] {
  return parts.tbsCertificate.extensions ?? [];
}

function usageIn({ extnValue }: Extension): readonly string[] {
  return asked(() => [...AsnConvert.parse(extnValue.buffer, ExtendedKeyUsage)]);
}

function keyUsageOf(one: Certified): number | undefined {
  const found = extension(one, id_ce_keyUsage);
  return found && asked(() => AsnConvert.parse(found.extnValue.buffer, KeyUsage).toNumber());
}
