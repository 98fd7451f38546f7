import { createPrivateKey } from 'node:crypto';
import { Fault } from './fault.ts';
import { signerOf } from './keys.ts';

/** Characters that a passphrase has at least: PKCS #8 stretches it little, so that its length must do. */
export const leastPassphrase = 12;

/**
 * A private key (PEM of PKCS #8) to be kept elsewhere: the same under a passphrase, as PEM of an EncryptedPrivateKeyInfo
 * (RFC 5958, PBES2 with AES-256-CBC), which `openssl pkey` opens too. Throws RangeError at a short passphrase.
 */
export function keptKey(pem: string, passphrase: string): string {
  if ([...passphrase].length < leastPassphrase) throw new RangeError(`a passphrase of ${passphrase.length} characters`);
  const cipher = { cipher: 'aes-256-cbc', passphrase: Buffer.from(passphrase.normalize('NFC'), 'utf8') } as const;
  return createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem', ...cipher }) as string;
}

/** The private key in a kept one. Throws Fault `keyClosed` at another passphrase or what is no kept key, `keyMalformed`. */
export function openedKey(kept: string, passphrase: string): string {
  let pem: string;
  try {
    const key = createPrivateKey({ key: kept, passphrase: Buffer.from(passphrase.normalize('NFC'), 'utf8') });
    pem = key.export({ type: 'pkcs8', format: 'pem' }) as string;
  } catch (cause) {
    throw new Fault('keyClosed', 'passphrase', { cause });
  }
  signerOf('kept', pem);
  return pem;
}
