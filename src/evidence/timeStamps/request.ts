import { randomBytes } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, TimeStampReq } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';

export const sha256Oid = '2.16.840.1.101.3.4.2.1';

/** A positive number of 64 bits, as DER writes an integer of eight bytes. */
export function newNonce(): Uint8Array {
  const nonce = randomBytes(8);
  // Neither negative nor with a needless zero in front, so that it comes back in the same bytes.
  nonce[0] = (nonce[0]! & 0x7f) | 0x40;
  return nonce;
}

/**
 * RFC 3161 section 2.4.1: asks that SHA-256 `digest` be stamped, the certificate to come along. Nothing else is
 * in it: 69 bytes for a nonce of eight.
 */
export function timeStampRequest(digest: Uint8Array, nonce: Uint8Array): Uint8Array {
  const request = new TimeStampReq({
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: sha256Oid, parameters: nothing }),
      hashedMessage: new OctetString(digest),
    }),
    nonce: Uint8Array.from(nonce).buffer,
    certReq: true,
  });
  return new Uint8Array(AsnConvert.serialize(request));
}

/** DER NULL, which some servers demand as the parameters of a digest. */
const nothing = Uint8Array.of(5, 0).buffer;
