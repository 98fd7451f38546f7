import { createHash } from 'node:crypto';
import { digestNamed } from '../timeStamps/signature.ts';
import { streebog } from './streebog.ts';

/** What a digest or a signature is called for people; those of Kazakhstan's authority that cannot be checked here, too. */
const names: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.113549.1.1.11': 'RSA, SHA-256',
  '1.2.840.113549.1.1.12': 'RSA, SHA-384',
  '1.2.840.113549.1.1.13': 'RSA, SHA-512',
  '1.2.398.3.10.1.1.1.2': 'ГОСТ 34.310-2004',
  '1.2.398.3.10.1.1.2.3.1': 'ГОСТ Р 34.10-2015 (256)',
  '1.2.398.3.10.1.1.2.3.2': 'ГОСТ Р 34.10-2015 (512)',
  '1.2.643.7.1.1.3.2': 'ГОСТ Р 34.10-2012 (256)',
  '1.2.643.7.1.1.3.3': 'ГОСТ Р 34.10-2012 (512)',
};

/** GOST R 34.11-2012 (RFC 6986), which Kazakhstan numbers as that of 2015. */
const streebogs: Readonly<Record<string, 256 | 512>> = {
  '1.2.398.3.10.1.3.2': 256,
  '1.2.398.3.10.1.3.3': 512,
  '1.2.643.7.1.1.2.2': 256,
  '1.2.643.7.1.1.2.3': 512,
};

/** The algorithm's name, else its object identifier. */
export function algorithmName(oid: string): string {
  return Object.hasOwn(names, oid) ? names[oid]! : oid;
}

/** Undefined for a digest that is not known here. Throws TimeStampFault `tokenWeak`. */
export function digestOf(oid: string, bytes: Uint8Array): Uint8Array | undefined {
  if (Object.hasOwn(streebogs, oid)) return streebog(bytes, streebogs[oid]!);
  const name = digestNamed(oid);
  return name && createHash(name).update(bytes).digest();
}
