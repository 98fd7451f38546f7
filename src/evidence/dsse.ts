import { verifySignature } from '../journal/keys.ts';

/**
 * A signed envelope: DSSE v1.0.2 (secure-systems-lab/dsse, protocol.md and envelope.md) with one
 * Ed25519 signature. Its file has one form: `seal` writes it, and `openEnvelope` refuses all others.
 */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly keyid: string;
  readonly signature: Uint8Array;
}

export interface EnvelopeSigner {
  /** SHA-256 (hex) of the raw public key. */
  readonly fingerprint: string;
  sign(bytes: Uint8Array): Uint8Array;
}

export function seal(payloadType: string, payload: Uint8Array, signer: EnvelopeSigner): string {
  const signature = signer.sign(signedBytes(payloadType, payload));
  return write({ payloadType, payload, keyid: signer.fingerprint, signature });
}

/** Undefined unless the text is an envelope in the form that `seal` writes. The signature is not verified. */
export function openEnvelope(text: string): Envelope | undefined {
  const fields = /^\{"payload":"(.*)","payloadType":"(.*)","signatures":\[\{"keyid":"(.*)","sig":"(.*)"\}\]\}\n$/.exec(
    text,
  );
  if (fields === null) return undefined;
  const envelope: Envelope = {
    payloadType: fields[2]!,
    payload: Buffer.from(fields[1]!, 'base64'),
    keyid: fields[3]!,
    signature: Buffer.from(fields[4]!, 'base64'),
  };
  return write(envelope) === text ? envelope : undefined;
}

/** Whether the signature is this key's (PEM). Throws Fault `keyMalformed` at a key in another form. */
export function isSignedBy({ payloadType, payload, signature }: Envelope, publicKey: string): boolean {
  return verifySignature(publicKey, signedBytes(payloadType, payload), signature);
}

/** Pre-authentication encoding: what is signed, so that the type cannot be exchanged. */
export function signedBytes(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.byteLength(payloadType, 'utf8');
  return Buffer.concat([Buffer.from(`DSSEv1 ${type} ${payloadType} ${payload.length} `, 'utf8'), payload]);
}

function write({ payloadType, payload, keyid, signature }: Envelope): string {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const signatures = [{ keyid, sig: base64(signature) }];
  return `${JSON.stringify({ payload: base64(payload), payloadType, signatures })}\n`;
}
