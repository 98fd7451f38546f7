import { rootCertificates } from 'node:tls';
import { type Certified, certificatesIn } from './certificates.ts';
import type { Trust } from './chain.ts';

let kept: readonly Certified[] | undefined;

/** Mozilla's root certificates, as this program's runtime has them, and those of a PEM text of the person's. */
export function trustOf(given?: string): Trust {
  kept ??= rootCertificates.flatMap(pem => certificatesIn(pem));
  return { given: given === undefined ? [] : certificatesIn(given), wellKnown: kept };
}

/** Trusts nobody: what a token says by itself, the same on every machine. */
export const noTrust: Trust = { given: [], wellKnown: [] };
