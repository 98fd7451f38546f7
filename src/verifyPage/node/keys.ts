import { AsnConvert } from '@peculiar/asn1-schema';
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { fromBER, Integer, ObjectIdentifier, Sequence } from 'asn1js';
import { Buffer } from './buffer.ts';
import { derIn, pemOf } from './pem.ts';

const curves: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'prime256v1',
  '1.3.132.0.34': 'secp384r1',
  '1.3.132.0.35': 'secp521r1',
};

/** What the SubjectPublicKeyInfo of Ed25519 begins with (RFC 8410). */
const ed25519Start = '302a300506032b6570032100';

export type KeyType = 'ed25519' | 'rsa' | 'rsa-pss' | 'ec';

/** A public key, with what is asked of a `KeyObject` of `node:crypto`. */
export class PublicKey {
  readonly asymmetricKeyType: KeyType;
  readonly asymmetricKeyDetails: { readonly modulusLength?: number; readonly namedCurve?: string };
  /** The key itself: a point, or for RSA its modulus and exponent. */
  readonly point: Uint8Array;
  readonly rsa?: { readonly n: bigint; readonly e: bigint };
  readonly #der: Uint8Array;

  /** Throws where this is no key of a kind that is known here. */
  constructor(der: Uint8Array) {
    const { algorithm, subjectPublicKey } = AsnConvert.parse(der, SubjectPublicKeyInfo);
    this.point = new Uint8Array(subjectPublicKey);
    this.#der = der;
    this.asymmetricKeyDetails = {};
    switch (algorithm.algorithm) {
      case '1.3.101.112':
        if (this.point.length !== 32) throw new RangeError('no key of Ed25519');
        this.asymmetricKeyType = 'ed25519';
        this.#der = Buffer.concat([Buffer.from(ed25519Start, 'hex'), this.point]);
        return;
      case '1.2.840.113549.1.1.1':
      case '1.2.840.113549.1.1.10': {
        this.rsa = numbersOf(subjectPublicKey);
        this.asymmetricKeyType = algorithm.algorithm.endsWith('.1.1') ? 'rsa' : 'rsa-pss';
        this.asymmetricKeyDetails = { modulusLength: this.rsa.n.toString(2).length };
        return;
      }
      case '1.2.840.10045.2.1':
        this.asymmetricKeyType = 'ec';
        this.asymmetricKeyDetails = { namedCurve: curves[curveOf(algorithm.parameters)] ?? 'unknown' };
        return;
    }
    throw new RangeError(`no key of a known kind: ${algorithm.algorithm}`);
  }

  export({ format }: { readonly type: 'spki'; readonly format: 'pem' | 'der' }): string | Buffer {
    return format === 'pem' ? pemOf('PUBLIC KEY', this.#der) : Buffer.from(this.#der);
  }
}

/** As `createPublicKey` of `node:crypto`, of a SubjectPublicKeyInfo. */
export function createPublicKey(given: string | { readonly key: Uint8Array }): PublicKey {
  return new PublicKey(typeof given === 'string' ? derIn(given, 'PUBLIC KEY') : given.key);
}

/** RSAPublicKey of RFC 8017, appendix A.1.1. */
function numbersOf(der: ArrayBuffer): { readonly n: bigint; readonly e: bigint } {
  const { result } = fromBER(der);
  const [n, e] = result instanceof Sequence ? result.valueBlock.value : [];
  if (!(n instanceof Integer && e instanceof Integer)) throw new RangeError('no key of RSA');
  return { n: n.toBigInt(), e: e.toBigInt() };
}

/** The named curve of RFC 5480; '' for another description of one. */
function curveOf(parameters: ArrayBuffer | null | undefined): string {
  if (parameters === null || parameters === undefined) return '';
  const { result } = fromBER(parameters);
  return result instanceof ObjectIdentifier ? result.getValue() : '';
}
