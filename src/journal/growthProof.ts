import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { Fault } from './fault.ts';

/**
 * That a journal began as an earlier head says, in a file that needs nothing else: an RFC 6962 consistency proof
 * (section 2.1.2) between that head and a signed one.
 */
export interface GrowthProof {
  /** The earlier head: its size, and its root of 32 bytes. */
  readonly from: { readonly size: number; readonly root: Uint8Array };
  /** The 32 bytes of the key that signed the later one. */
  readonly publicKey: Uint8Array;
  readonly path: readonly Uint8Array[];
  readonly note: string;
}

const firstLine = 'holograph-growth@v1';

export function isGrowthProof(text: string): boolean {
  return text.startsWith(`${firstLine}\n`);
}

export function formatGrowthProof({ from, publicKey, path, note }: GrowthProof): string {
  const head = [`key ${base64(publicKey)}`, `from ${from.size} ${base64(from.root)}`];
  return [firstLine, ...head, ...path.map(base64), '', note].join('\n');
}

/** Throws Fault `proofMalformed` or `checkpointMalformed` unless the text is the one way to write what it says. */
export function parseGrowthProof(text: string): GrowthProof & { readonly checkpoint: SignedCheckpoint } {
  const form =
    /^[^\n]+\nkey (?<key>\S+)\nfrom (?<size>\d{1,16}) (?<root>\S+)\n(?<path>(?:[^\n]+\n)*)\n(?<note>[\s\S]+)$/u;
  const { key, size, root, path, note } = form.exec(text)?.groups ?? {};
  if (key === undefined || root === undefined || path === undefined || note === undefined)
    throw new Fault('proofMalformed', 'lines');
  const proof = {
    from: { size: Number(size), root: bytes(root) },
    publicKey: bytes(key),
    path: path.split('\n').slice(0, -1).map(bytes),
    note,
    checkpoint: parseCheckpoint(note),
  };
  if (formatGrowthProof(proof) !== text) throw new Fault('proofMalformed', 'not in canonical form');
  return proof;
}

function bytes(text: string): Uint8Array {
  const read = new Uint8Array(Buffer.from(text, 'base64'));
  if (read.length !== 32) throw new Fault('proofMalformed', `${read.length} bytes`);
  return read;
}

function base64(some: Uint8Array): string {
  return Buffer.from(some).toString('base64');
}
