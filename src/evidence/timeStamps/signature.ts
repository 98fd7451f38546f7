import { constants, type KeyObject, timingSafeEqual, verify, type X509Certificate } from 'node:crypto';
import { TimeStampFault } from './fault.ts';
import { sha256Oid } from './request.ts';

const digests: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  [sha256Oid]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Algorithms that are known, and known not to bind any more. */
const weak: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '1.2.840.113549.2.5': 'MD5',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.2.840.113549.1.1.5': 'SHA-1 with RSA',
  '1.3.14.3.2.29': 'SHA-1 with RSA',
  '1.2.840.10045.4.1': 'SHA-1 with ECDSA',
};

type Way = 'digest' | 'pss' | 'plain';
/** How a signature of this algorithm is verified. RFC 8017, RFC 5758, RFC 8410. */
const ways: Readonly<Record<string, readonly [type: 'rsa' | 'ec' | 'ed25519', way: Way, digest?: string]>> = {
  '1.2.840.113549.1.1.1': ['rsa', 'digest'],
  '1.2.840.113549.1.1.10': ['rsa', 'pss'],
  '1.2.840.113549.1.1.11': ['rsa', 'digest', 'sha256'],
  '1.2.840.113549.1.1.12': ['rsa', 'digest', 'sha384'],
  '1.2.840.113549.1.1.13': ['rsa', 'digest', 'sha512'],
  '1.2.840.10045.2.1': ['ec', 'digest'],
  '1.2.840.10045.4.3.2': ['ec', 'digest', 'sha256'],
  '1.2.840.10045.4.3.3': ['ec', 'digest', 'sha384'],
  '1.2.840.10045.4.3.4': ['ec', 'digest', 'sha512'],
  '1.3.101.112': ['ed25519', 'plain'],
};

/** Curves that every runtime of ours has, so that one token has one answer everywhere. */
const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** Name of a digest that is known here; undefined for another. Throws TimeStampFault `tokenWeak`. */
export function digestNamed(oid: string): 'sha256' | 'sha384' | 'sha512' | undefined {
  refuseWeak(oid);
  return digests[oid];
}

/** Throws TimeStampFault `tokenWeak` at an algorithm that does not bind any more. */
export function refuseWeak(oid: string): void {
  if (Object.hasOwn(weak, oid)) throw new TimeStampFault('tokenWeak', weak[oid]);
}

/**
 * Whether `signature` over `bytes` is this certificate's; undefined where its key is none that can be checked here,
 * such as GOST. Throws TimeStampFault `tokenWeak`.
 */
export function isSigned(
  bytes: Uint8Array,
  signature: Uint8Array,
  algorithm: { readonly signature: string; readonly digest: string },
  certificate: X509Certificate,
): boolean | undefined {
  refuseWeak(algorithm.signature);
  const digest = digestNamed(algorithm.digest);
  const found = Object.hasOwn(ways, algorithm.signature) ? ways[algorithm.signature] : undefined;
  const key = keyOf(certificate);
  if (key === undefined) return undefined;
  // What says how it was signed is not signed: with a key that can be checked here, another way is none.
  if (found === undefined || digest === undefined) return false;
  const [type, way, own = digest] = found;
  if (key.asymmetricKeyType !== type || own !== digest) return false;
  switch (way) {
    case 'plain':
      return verify(null, bytes, key, signature);
    case 'digest':
      return verify(digest, bytes, key, signature);
    case 'pss': {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return verify(digest, bytes, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_AUTO }, signature);
    }
  }
}

/** Undefined for a key of a kind that not every runtime of ours knows. Throws TimeStampFault `tokenWeak`. */
function keyOf(certificate: X509Certificate): KeyObject | undefined {
  const key = readKey(certificate);
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: { modulusLength = 0, namedCurve = '' } = {} } = key ?? {};
  if (type === 'rsa' && modulusLength < 2048) throw new TimeStampFault('tokenWeak', `RSA, ${modulusLength} bits`);
  if (type === 'ec') return curves.has(namedCurve) ? key : undefined;
  return type === 'rsa' || type === 'ed25519' ? key : undefined;
}

function readKey(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
