import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  Certificate,
  id_ce_authorityKeyIdentifier,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  type Name,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509';
import { fromBER } from 'asn1js';
import { Buffer } from './buffer.ts';
import { hash } from './digests.ts';
import { PublicKey } from './keys.ts';
import { derIn, pemOf } from './pem.ts';
import { constants, verify } from './signatures.ts';

/** Short names of RFC 4519, as Node writes them. */
const short: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

const digests: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};
const pss = '1.2.840.113549.1.1.10';

/** What is asked of an `X509Certificate` of `node:crypto`. */
export class X509Certificate {
  readonly raw: Buffer;
  readonly #parts: Certificate;

  /** DER or PEM. Throws where it is no certificate. */
  constructor(given: Uint8Array | string) {
    const der = Buffer.from(typeof given === 'string' ? derIn(given, 'CERTIFICATE') : given);
    // What follows the certificate is none of it.
    this.raw = Buffer.from(der.subarray(0, Math.max(0, fromBER(der).offset)));
    this.#parts = AsnConvert.parse(this.raw, Certificate);
  }

  get publicKey(): PublicKey {
    return new PublicKey(Buffer.from(AsnConvert.serialize(this.#parts.tbsCertificate.subjectPublicKeyInfo)));
  }

  get subject(): string {
    const pairs = this.#parts.tbsCertificate.subject.flatMap(part => [...part]);
    return pairs.map(({ type, value }) => `${short[type] ?? type}=${escaped(value.toString())}`).join('\n');
  }

  get validFrom(): string {
    return this.#parts.tbsCertificate.validity.notBefore.getTime().toISOString();
  }

  get validTo(): string {
    return this.#parts.tbsCertificate.validity.notAfter.getTime().toISOString();
  }

  get fingerprint256(): string {
    return (hash('sha256', this.raw).toUpperCase().match(/../g) ?? []).join(':');
  }

  toString(): string {
    return pemOf('CERTIFICATE', this.raw);
  }

  /** By its names and key ids: RFC 5280 section 6.1; the signature is not looked at. */
  checkIssued(other: X509Certificate): boolean {
    const [own, above] = [this.#parts.tbsCertificate, other.#parts.tbsCertificate];
    if (!derOfName(own.issuer).equals(derOfName(above.subject))) return false;
    const usage = other.#extension(id_ce_keyUsage);
    if (usage && (AsnConvert.parse(usage, KeyUsage).toNumber() & KeyUsageFlags.keyCertSign) === 0) return false;
    const [named, id] = [this.#extension(id_ce_authorityKeyIdentifier), other.#extension(id_ce_subjectKeyIdentifier)];
    const { keyIdentifier } = named ? AsnConvert.parse(named, AuthorityKeyIdentifier) : {};
    if (keyIdentifier === undefined || id === undefined) return true;
    return Buffer.from(keyIdentifier.buffer).equals(Buffer.from(AsnConvert.parse(id, SubjectKeyIdentifier).buffer));
  }

  verify(key: PublicKey): boolean {
    const { signatureAlgorithm, signatureValue } = this.#parts;
    const [signed, signature] = [this.#signed(), new Uint8Array(signatureValue)];
    const { algorithm } = signatureAlgorithm;
    if (algorithm === '1.3.101.112') return verify(null, signed, key, signature);
    if (algorithm !== pss) return verify(digests[algorithm] ?? '', signed, key, signature);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return ['sha256', 'sha384', 'sha512'].some(digest => verify(digest, signed, { key, padding }, signature));
  }

  /** The bytes of the tbsCertificate as they stand. */
  #signed(): Uint8Array {
    const { tbsCertificateRaw } = this.#parts;
    return tbsCertificateRaw === undefined
      ? Buffer.from(AsnConvert.serialize(this.#parts.tbsCertificate))
      : new Uint8Array(tbsCertificateRaw);
  }

  #extension(id: string): ArrayBuffer | undefined {
    return this.#parts.tbsCertificate.extensions?.find(({ extnID }) => extnID === id)?.extnValue.buffer;
  }
}

/** As RFC 2253 section 2.4 has it, control characters too: a name cannot look like two. */
function escaped(value: string): string {
  const hex = (char: string) => `\\${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  const inside = value.replace(/[,+"\\<>;]/g, '\\$&').replace(/\p{Cc}/gu, hex);
  return inside.replace(/^[ #]/, '\\$&').replace(/(?<=.) $/, '\\ ');
}

function derOfName(name: Name): Buffer {
  return Buffer.from(AsnConvert.serialize(name));
}
