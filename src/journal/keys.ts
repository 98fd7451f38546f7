import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { Fault } from './fault.ts';

/** What signs for one keeper (an editor, the command line). Ed25519, RFC 8032. */
export interface Signer {
  /** Who keeps the private key, such as `vscode` or `cli`. */
  readonly keeper: string;
  /** PEM of the SubjectPublicKeyInfo, in canonical form. */
  readonly publicKey: string;
  /** SHA-256 (hex) of the 32 bytes of the public key. */
  readonly fingerprint: string;
  /** Keys of this keeper that it took the place of, newest first: they sign nothing but its entry into a journal. */
  readonly former?: readonly Signer[];
  /** Keys of other keepers that the same person has at hand. */
  readonly beside?: readonly Signer[];
  sign(bytes: Uint8Array): Uint8Array;
}

/** What the SubjectPublicKeyInfo of Ed25519 begins with; the key's 32 bytes follow (RFC 8410). */
const spki = Buffer.from('302a300506032b6570032100', 'hex');

/** A new key pair as PEM: SubjectPublicKeyInfo and PKCS #8. */
export function newKey(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** Throws Fault `keyMalformed` unless the PEM is an Ed25519 private key in canonical form. */
export function signerOf(keeper: string, privateKeyPem: string): Signer {
  const key = keyFrom(() => createPrivateKey(privateKeyPem), 'private key');
  if (key.export({ type: 'pkcs8', format: 'pem' }) !== privateKeyPem) {
    throw new Fault('keyMalformed', 'private key, not in canonical form');
  }
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string;
  return {
    keeper,
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    sign: bytes => sign(null, bytes, key),
  };
}

/**
 * The signer of a keeper whose private keys stand one after another in PEM: the first signs, the others are its former
 * ones. Throws Fault `keyMalformed` as `signerOf` does.
 */
export function keeperOf(keeper: string, pems: string): Signer {
  const [own, ...former] = pemsIn(pems).map(pem => signerOf(keeper, pem));
  if (own === undefined) throw new Fault('keyMalformed', 'no private key');
  return former.length === 0 ? own : { ...own, former };
}

/** Private keys that stand one after another, one by one. */
export function pemsIn(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?=-----BEGIN )/u);
}

/** Groups of four digits, counted from 1, in which two fingerprints differ. */
export function differingGroups(a: string, b: string): readonly number[] {
  const groups = (fingerprint: string) => fingerprint.match(/.{4}/gu) ?? [];
  const others = groups(b);
  return groups(a).flatMap((group, i) => (group === others[i] ? [] : [i + 1]));
}

/** Whether `signature` is this key's over `bytes`. Throws Fault `keyMalformed` as `rawPublicKey` does. */
export function verifySignature(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, bytes, publicKeyFrom(publicKey), signature);
}

/** The 32 bytes of a public key. Throws Fault `keyMalformed` unless the PEM is what this key's encoding gives, byte for byte. */
export function rawPublicKey(publicKey: string): Uint8Array {
  return publicKeyFrom(publicKey).export({ type: 'spki', format: 'der' }).subarray(spki.length);
}

/** The PEM, in canonical form, of a public key's 32 bytes. */
export function publicKeyOf(raw: Uint8Array): string {
  const key = createPublicKey({ key: Buffer.concat([spki, raw]), format: 'der', type: 'spki' });
  return key.export({ type: 'spki', format: 'pem' }) as string;
}

export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(rawPublicKey(publicKey)).digest('hex');
}

/** The fingerprint to show and to read aloud: sixteen groups of four. */
export function readableFingerprint(fingerprint: string): string {
  return (fingerprint.match(/.{4}/gu) ?? []).join(' ');
}

/** The fingerprint that a person gave, however grouped; `undefined` if it is none. */
export function parseFingerprint(text: string): string | undefined {
  const digits = text.replaceAll(/[\s:-]/gu, '').toLowerCase();
  return /^[0-9a-f]{64}$/u.test(digits) ? digits : undefined;
}

function publicKeyFrom(pem: string): KeyObject {
  const key = keyFrom(() => createPublicKey(pem), 'public key');
  if (key.export({ type: 'spki', format: 'pem' }) !== pem) {
    throw new Fault('keyMalformed', 'public key, not in canonical form');
  }
  return key;
}

function keyFrom(read: () => KeyObject, what: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw new Fault('keyMalformed', what, { cause });
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new Fault('keyMalformed', `${what}, ${key.asymmetricKeyType}`);
  return key;
}
