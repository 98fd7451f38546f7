import { createHash } from 'node:crypto';
import type { SignerIdentifier } from '@peculiar/asn1-cms';
import { AsnConvert } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, type Name } from '@peculiar/asn1-x509';
import { type BaseBlock, OctetString, Sequence } from 'asn1js';
import type { Certified } from './certificates.ts';
import { TimeStampFault } from './fault.ts';
import { digestNamed, sameBytes } from './signature.ts';
import { asked, childrenOf, derOf, type Token, wholeOf } from './token.ts';

const contentType = '1.2.840.113549.1.9.3';
const messageDigest = '1.2.840.113549.1.9.4';
const signingCertificate = '1.2.840.113549.1.9.16.2.12';
const signingCertificateV2 = '1.2.840.113549.1.9.16.2.47';

/** RFC 5652 section 5.4 and 11, RFC 2634 section 5.4, RFC 5035: what the signed attributes bind. */
export function demandAttributes(token: Token, signer: Certified | undefined): void {
  const wrong = (detail: string) => new TimeStampFault('tokenAttributes', detail);
  const type = attribute(token, contentType);
  if (type === undefined || !sameBytes(type, derOfStated)) throw wrong('contentType');
  const digest = attribute(token, messageDigest);
  if (digest === undefined) throw wrong('messageDigest');
  const name = digestNamed(token.signer.digestAlgorithm.algorithm);
  if (name === undefined || signer === undefined) return;
  const own = createHash(name).update(token.content).digest();
  if (!sameBytes(octetsOf(wholeOf(digest)), own)) throw wrong('messageDigest');
  const [first, second] = [attribute(token, signingCertificate), attribute(token, signingCertificateV2)];
  if (first === undefined && second === undefined) throw wrong('signingCertificate');
  if (first !== undefined && !namesCertificate(first, signer, 'sha1')) throw new TimeStampFault('tokenSigner');
  if (second !== undefined && !namesCertificate(second, signer, undefined)) throw new TimeStampFault('tokenSigner');
}

/** DER of the object identifier of TSTInfo. */
const derOfStated = Buffer.from('060b2a864886f70d0109100104', 'hex');

/** The one value of a signed attribute, which may not stand there twice. */
function attribute({ attributes }: Token, type: string): Uint8Array | undefined {
  const found = attributes.filter(({ attrType }) => attrType === type);
  if (found.length === 0) return undefined;
  const [value, ...others] = found.flatMap(({ attrValues }) => attrValues);
  if (value === undefined || others.length > 0) throw new TimeStampFault('tokenAttributes', type);
  return new Uint8Array(value);
}

/**
 * Whether the first ESSCertID or ESSCertIDv2 is this certificate's. In the older form its digest is SHA-1: it only
 * says which certificate is meant; that it signed is shown by the signature.
 */
function namesCertificate(value: Uint8Array, { x509 }: Certified, older: 'sha1' | undefined): boolean {
  const [first, second] = childrenOf(childrenOf(childrenOf(wholeOf(value))[0])[0]);
  const named =
    first instanceof Sequence
      ? digestNamed(asked(() => AsnConvert.parse(derOf(first), AlgorithmIdentifier)).algorithm)
      : 'sha256';
  const digest = first instanceof Sequence ? second : first;
  const algorithm = older ?? named;
  if (algorithm === undefined || digest === undefined) return false;
  return sameBytes(octetsOf(digest), createHash(algorithm).update(x509.raw).digest());
}

/** Whether the signature names this certificate, by issuer and number or by its key's id. */
export function isNamed(
  { x509, parts }: Certified,
  { issuerAndSerialNumber, subjectKeyIdentifier }: SignerIdentifier,
): boolean {
  if (issuerAndSerialNumber !== undefined) {
    const { issuer, serialNumber } = parts.tbsCertificate;
    const derOfName = (name: Name) => Buffer.from(AsnConvert.serialize(name));
    return (
      sameBytes(new Uint8Array(serialNumber), new Uint8Array(issuerAndSerialNumber.serialNumber)) &&
      derOfName(issuer).equals(derOfName(issuerAndSerialNumber.issuer))
    );
  }
  return subjectKeyIdentifier !== undefined && hasKeyId(x509.raw, new Uint8Array(subjectKeyIdentifier.buffer));
}

/** The extension subjectKeyIdentifier, an OCTET STRING in an OCTET STRING. */
function hasKeyId(der: Uint8Array, id: Uint8Array): boolean {
  const value = Buffer.concat([Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x0e, 0x04, id.length + 2, 0x04, id.length]), id]);
  return Buffer.from(der).includes(value);
}

function octetsOf(block: BaseBlock): Uint8Array {
  return block instanceof OctetString ? new Uint8Array(block.getValue()) : new Uint8Array(0);
}
