import { sha256 } from './digest.ts';
import { Fault } from './fault.ts';
import { rawPublicKey, type Signer, verifySignature } from './keys.ts';

/**
 * A journal's head: how many events it has and the root over them. Written as a C2SP tlog-checkpoint in a C2SP
 * signed note with one Ed25519 signature; the key's name is the origin.
 */
export interface Checkpoint {
  /** `holograph/<journal id>`; see `originOf`. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

export interface SignedCheckpoint extends Checkpoint {
  /** First four bytes of SHA-256(origin ‖ 0x0A ‖ 0x01 ‖ public key): which of the journal's keys signed. */
  readonly keyId: Uint8Array;
  /** Ed25519 over the UTF-8 of `formatCheckpoint`, 64 bytes. */
  readonly signature: Uint8Array;
}

export function originOf(journal: string): string {
  return `holograph/${journal}`;
}

/** The three lines that are signed. Throws RangeError at an origin, size or root that cannot stand in them. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root } = checkpoint;
  if (!/^[!-*,-~]+$/u.test(origin)) throw new RangeError(`no origin: ${JSON.stringify(origin)}`);
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`no size: ${size}`);
  if (root.length !== 32) throw new RangeError(`a root of ${root.length} bytes`);
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/** The signed note of a text that `formatCheckpoint` made. */
export function signCheckpoint(text: string, signer: Signer): string {
  const origin = text.slice(0, text.indexOf('\n'));
  const signature = signer.sign(Buffer.from(text, 'utf8'));
  return noteOf(text, origin, Buffer.concat([keyIdOf(origin, signer.publicKey), signature]));
}

/** What a signed note says; its signature is not verified. Throws Fault `checkpointMalformed` unless it is the one way to write that. */
export function parseCheckpoint(note: string): SignedCheckpoint {
  const lines = /^(?<origin>[^\n]+)\n(?<size>\d+)\n(?<root>[^\n]+)\n\n— (?<name>[^\n ]+) (?<sealed>[^\n ]+)\n$/u.exec(
    note,
  )?.groups;
  if (lines === undefined) throw new Fault('checkpointMalformed', 'lines');
  const sealed = Buffer.from(lines.sealed as string, 'base64');
  if (sealed.length !== 68) throw new Fault('checkpointMalformed', 'signature');
  const checkpoint = {
    origin: lines.origin as string,
    size: Number(lines.size),
    root: new Uint8Array(Buffer.from(lines.root as string, 'base64')),
    keyId: new Uint8Array(sealed.subarray(0, 4)),
    signature: new Uint8Array(sealed.subarray(4)),
  };
  if (rewritten(checkpoint, sealed) !== note) throw new Fault('checkpointMalformed', 'not in canonical form');
  return checkpoint;
}

/** Whether the note is well-formed and signed by this key (PEM). Throws Fault `keyMalformed` at a key that is none. */
export function verifyCheckpoint(note: string, publicKey: string): boolean {
  let checkpoint: SignedCheckpoint;
  try {
    checkpoint = parseCheckpoint(note);
  } catch (fault) {
    if (fault instanceof Fault) return false;
    throw fault;
  }
  const { origin, keyId, signature } = checkpoint;
  if (Buffer.compare(keyId, keyIdOf(origin, publicKey)) !== 0) return false;
  return verifySignature(publicKey, Buffer.from(formatCheckpoint(checkpoint), 'utf8'), signature);
}

/** Key id of a signed note: type 0x01 is Ed25519. */
export function keyIdOf(origin: string, publicKey: string): Uint8Array {
  return sha256(Buffer.concat([Buffer.from(`${origin}\n\u0001`, 'utf8'), rawPublicKey(publicKey)])).subarray(0, 4);
}

function rewritten(checkpoint: Checkpoint, sealed: Uint8Array): string | undefined {
  try {
    return noteOf(formatCheckpoint(checkpoint), checkpoint.origin, sealed);
  } catch (wrong) {
    if (wrong instanceof RangeError) return undefined;
    throw wrong;
  }
}

function noteOf(text: string, name: string, sealed: Uint8Array): string {
  return `${text}\n\u2014 ${name} ${base64(sealed)}\n`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
