/** What the check of a package uses of `node:crypto`, for a browser: synchronous, and by libraries that are audited. */
export { createHash, hash } from './digests.ts';
export { createPublicKey } from './keys.ts';
export { constants, verify } from './signatures.ts';
export { X509Certificate } from './x509.ts';

/** A browser's page tells nobody how long it compared: nothing here is secret. */
export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => byte === b[i]);
}

/** Nothing that checks draws, signs or makes keys. */
function absent(): never {
  throw new Error('this page only checks');
}

export {
  absent as createPrivateKey,
  absent as generateKeyPairSync,
  absent as randomBytes,
  absent as randomUUID,
  absent as sign,
};
