import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { mgf1, PKCS1_SHA1, PKCS1_SHA256, PKCS1_SHA384, PKCS1_SHA512, PSS } from 'micro-rsa-dsa-dh/rsa.js';
import { Buffer } from './buffer.ts';
import { hashNamed } from './digests.ts';
import type { PublicKey } from './keys.ts';

const onCurve = { prime256v1: p256, secp384r1: p384, secp521r1: p521 } as const;
const signedRsa = { sha1: PKCS1_SHA1, sha256: PKCS1_SHA256, sha384: PKCS1_SHA384, sha512: PKCS1_SHA512 } as const;

type Digest = keyof typeof signedRsa;

export const constants = { RSA_PKCS1_PSS_PADDING: 6, RSA_PSS_SALTLEN_AUTO: -2 } as const;

interface Padded {
  readonly key: PublicKey;
  readonly padding: number;
}

/** As `verify` of `node:crypto`, for the keys and digests that the check of a package uses. */
export function verify(
  digest: string | null,
  data: Uint8Array,
  given: PublicKey | Padded,
  signature: Uint8Array,
): boolean {
  const key = 'padding' in given ? given.key : given;
  try {
    switch (key.asymmetricKeyType) {
      case 'ed25519':
        return digest === null && byEdwards(data, key.point, signature);
      case 'ec':
        return byCurve(digest ?? '', data, key, signature);
      case 'rsa':
      case 'rsa-pss':
        return byRsa(digest ?? '', data, key, signature, 'padding' in given);
    }
  } catch (error) {
    // What is no signature at all is a wrong one.
    if (error instanceof Error) return false;
    throw error;
  }
}

/** Without the cofactor, as Node does: with it, keys and points of mixed order pass that Node refuses (RFC 8032, 5.1.7). */
function byEdwards(data: Uint8Array, key: Uint8Array, signature: Uint8Array): boolean {
  if (!ed25519.verify(signature, data, key, { zip215: false })) return false;
  const { BASE, Fn } = ed25519.Point;
  const [r, s] = [signature.subarray(0, 32), littleEndian(signature.subarray(32))] as const;
  const k = Fn.create(littleEndian(sha512(Buffer.concat([r, key, data]))));
  const found = BASE.multiplyUnsafe(s).subtract(ed25519.Point.fromBytes(key).multiplyUnsafe(k)).toBytes();
  return Buffer.compare(found, r) === 0;
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

function byCurve(digest: string, data: Uint8Array, key: PublicKey, signature: Uint8Array): boolean {
  const { namedCurve = '' } = key.asymmetricKeyDetails;
  if (!(namedCurve in onCurve)) return false;
  const hashed = hashNamed(digest)(data);
  const curve = onCurve[namedCurve as keyof typeof onCurve];
  return curve.verify(signature, hashed, key.point, { format: 'der', lowS: false, prehash: false });
}

function byRsa(digest: string, data: Uint8Array, { rsa }: PublicKey, signature: Uint8Array, pss: boolean): boolean {
  if (rsa === undefined || !(digest in signedRsa) || !isUsual(rsa)) return false;
  if (!pss) return signedRsa[digest as Digest].verify(rsa, data, signature);
  const hash = hashNamed(digest);
  // The salt may be as long as the key leaves room for: RFC 8017 section 9.1.2 with its length not known.
  const room = Math.ceil((rsa.n.toString(2).length - 1) / 8) - hash.outputLen - 2;
  for (let length = room; length >= 0; length--) {
    if (PSS(hash, mgf1(hash), length).verify(rsa, data, signature)) return true;
  }
  return false;
}

/** What OpenSSL computes with, but for long exponents of short keys, which nobody has: a hostile key must not take hours. */
function isUsual({ n, e }: NonNullable<PublicKey['rsa']>): boolean {
  return (n & 1n) === 1n && n < 1n << 16_384n && e < 1n << 64n;
}
