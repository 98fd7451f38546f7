import { canonicalJson } from './canonical.ts';
import { leafHash } from './chain.ts';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { Fault } from './fault.ts';

/**
 * That one event belongs to a journal, in a file that needs nothing else: a C2SP tlog-proof (c2sp.org/tlog-proof@v1).
 * Its `extra` is RFC 8785 JSON of `{"event": …, "publicKey": …}`: the event as its canonical bytes have it, so with
 * digests in place of texts, and the key that signed the checkpoint.
 */
export interface TlogProof {
  /** The event's sequence, its place in the tree. */
  readonly index: number;
  /** What the event's canonical bytes say. */
  readonly event: Readonly<Record<string, unknown>>;
  /** PEM of the key that signed. */
  readonly publicKey: string;
  /** From the leaf's neighbour upwards, 32 bytes each. */
  readonly path: readonly Uint8Array[];
  readonly note: string;
}

const firstLine = 'c2sp.org/tlog-proof@v1';

export function formatTlogProof({ index, event, publicKey, path, note }: TlogProof): string {
  const extra = base64(Buffer.from(canonicalJson({ event, publicKey }), 'utf8'));
  return [firstLine, `extra ${extra}`, `index ${index}`, ...path.map(base64), '', note].join('\n');
}

/** Throws Fault `proofMalformed` unless the text is the one way to write what it says. */
export function parseTlogProof(text: string): TlogProof & { readonly checkpoint: SignedCheckpoint } {
  const form =
    /^c2sp\.org\/tlog-proof@v1\nextra (?<extra>[^\n]+)\nindex (?<index>\d{1,16})\n(?<path>(?:[^\n]+\n)*)\n(?<note>[\s\S]+)$/u;
  const { extra, index, path, note } = form.exec(text)?.groups ?? {};
  if (extra === undefined || path === undefined || note === undefined) throw new Fault('proofMalformed', 'lines');
  const { event, publicKey } = extraOf(extra);
  const digests = path
    .split('\n')
    .slice(0, -1)
    .map(line => new Uint8Array(Buffer.from(line, 'base64')));
  if (digests.some(({ length }) => length !== 32)) throw new Fault('proofMalformed', 'path');
  const proof = { index: Number(index), event, publicKey, path: digests, note, checkpoint: parseCheckpoint(note) };
  if (rewritten(proof) !== text) throw new Fault('proofMalformed', 'not in canonical form');
  return proof;
}

/** The leaf that the proof is about. */
export function leafOf({ event }: TlogProof): Uint8Array {
  return leafHash(canonicalJson(event));
}

export function isTlogProof(text: string): boolean {
  return text.startsWith(`${firstLine}\n`);
}

/** The signed note at the end of a proof, as it stands there; undefined where the text is no proof. */
export function noteOfProof(text: string): string | undefined {
  return isTlogProof(text) ? /\n\n(?<note>[\s\S]+)$/u.exec(text)?.groups?.note : undefined;
}

/** Undefined where the event holds what no journal writes, such as fractions. */
function rewritten(proof: TlogProof): string | undefined {
  try {
    return formatTlogProof(proof);
  } catch (wrong) {
    if (wrong instanceof TypeError || wrong instanceof RangeError) return undefined;
    throw wrong;
  }
}

function extraOf(text: string): Pick<TlogProof, 'event' | 'publicKey'> {
  let extra: Partial<Pick<TlogProof, 'event' | 'publicKey'>> | null;
  try {
    extra = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch (cause) {
    throw new Fault('proofMalformed', 'extra', { cause });
  }
  const { event, publicKey } = extra ?? {};
  if (typeof event !== 'object' || event === null || Array.isArray(event) || typeof publicKey !== 'string') {
    throw new Fault('proofMalformed', 'extra');
  }
  return { event, publicKey };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
