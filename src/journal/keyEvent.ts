import { canonicalJson } from './canonical.ts';
import type { EventBody } from './event.ts';
import { Fault } from './fault.ts';
import { fingerprintOf, type Signer, verifySignature } from './keys.ts';

export type KeyBody = Extract<EventBody, { kind: 'key' }>;

/** The key whose place another takes: its fingerprint, and whether it is not at hand. */
export type KeyPlace = Pick<KeyBody, 'replaces' | 'lost'>;

/** The event by which a key enters a journal: signed by itself and, where one is in reach, by an earlier key. */
export function keyBody(journal: string, signer: Signer, earlier?: Signer, place: KeyPlace = {}): KeyBody {
  const { keeper, publicKey } = signer;
  const body = { kind: 'key', keeper, publicKey, signature: '', ...place } as const;
  const signature = base64(signer.sign(keyStatement(journal, body)));
  if (earlier === undefined) return { ...body, signature };
  const counter = earlier.sign(keyStatement(journal, body, earlier.fingerprint));
  return { ...body, signature, counter: { fingerprint: earlier.fingerprint, signature: base64(counter) } };
}

/** Whether the key signed for itself in this journal; both signatures must be in canonical base64. */
export function verifyKeyBody(journal: string, body: KeyBody): boolean {
  return holds(body.publicKey, keyStatement(journal, body), body.signature);
}

/** Whether `earlier` (PEM) is the key that countersigned. */
export function verifyCounter(journal: string, body: KeyBody, earlier: string): boolean {
  const { counter } = body;
  if (counter === undefined || counter.fingerprint !== fingerprintOf(earlier)) return false;
  return holds(earlier, keyStatement(journal, body, counter.fingerprint), counter.signature);
}

/**
 * What is signed: the line `holograph-key-v1`, then RFC 8785 JSON of journal, keeper and key, of `replaces` and `lost`
 * where the event has them, and of the countersigning key's fingerprint in a countersignature. The first line keeps these
 * apart from checkpoints and seals.
 */
export function keyStatement(
  journal: string,
  body: Pick<KeyBody, 'keeper' | 'publicKey' | 'replaces' | 'lost'>,
  counter?: string,
): Uint8Array {
  const { keeper, publicKey, replaces, lost } = body;
  const stated = canonicalJson({ counter, journal, keeper, lost, publicKey, replaces });
  return Buffer.from(`holograph-key-v1\n${stated}`, 'utf8');
}

/** Whether what a stranger's journal has as a key event has the form of one. */
export function isKeyBody(body: KeyBody): boolean {
  const { keeper, publicKey, signature, counter, replaces, lost } = body;
  const texts: unknown[] = [keeper, publicKey, signature];
  if (counter !== undefined) texts.push(counter?.fingerprint, counter?.signature);
  if (replaces !== undefined) texts.push(replaces);
  return texts.every(text => typeof text === 'string') && [undefined, true].includes(lost);
}

function holds(publicKey: string, statement: Uint8Array, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.length !== 64 || base64(bytes) !== signature) return false;
  try {
    return verifySignature(publicKey, statement, bytes);
  } catch (fault) {
    if (fault instanceof Fault) return false;
    throw fault;
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
