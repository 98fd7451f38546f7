import { isBlank } from './blank.ts';
import { rootOf } from './chain.ts';
import { digestLength, sha256, sha256Hex } from './digest.ts';

/**
 * A text's digest inside canonical bytes: the RFC 6962 root over its parts, which are its maximal runs of
 * white space and of anything else. A part can be taken out and replaced by its leaf: each leaf of white
 * space binds its offset, so the lengths of the parts taken out stay proven.
 *
 *     leaf of white space   SHA-256(0x00 ‖ 0x00 ‖ offset (4 bytes BE, UTF-16 units) ‖ encoded run)
 *     leaf of a word        SHA-256(0x00 ‖ 0x01 ‖ salt (32 bytes) ‖ encoded run)
 *     leaf of a digest      SHA-256(0x00 ‖ 0x02 ‖ salt (32 bytes) ‖ its hexadecimal digits); see `statedDigests.ts`
 *
 * Encoded: UTF-8, or UTF-16LE for every part of a text that is not well-formed.
 */
export interface Part {
  /** Half-open, UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly space: boolean;
}

/**
 * Salt (32 bytes) of one part of an event; parts count from 0 over all texts of the event, white space included, and
 * then over its digests. Of a part that was taken out: 0x01 and its leaf (33 bytes). Asked in order, once for each.
 */
export type SaltSource = (part: number) => Uint8Array;

/** SHA-256(secret ‖ sequence (8 bytes BE) ‖ part (4 bytes BE)). */
export function saltSource(secret: Uint8Array, sequence: number): SaltSource {
  if (secret.length !== digestLength) throw new RangeError(`a segment's secret has ${secret.length} bytes`);
  const seed = Buffer.allocUnsafe(44);
  seed.set(secret);
  seed.writeUInt32BE(Math.floor(sequence / 2 ** 32), 32);
  seed.writeUInt32BE(sequence % 2 ** 32, 36);
  return part => {
    seed.writeUInt32BE(part, 40);
    return sha256(seed);
  };
}

/** Digest of a text whose first part has the number `firstPart`, and the count of its parts. */
export function textRoot(text: string, salts: SaltSource, firstPart: number): { digest: Uint8Array; parts: number } {
  const leaves = partLeaves(text, salts, firstPart);
  return { digest: leaves.length === 1 ? leaves[0]! : rootOf(leaves), parts: leaves.length };
}

/** Leaves of all parts, in order. */
export function partLeaves(text: string, salts: SaltSource, firstPart: number): Uint8Array[] {
  const encoding = wellFormed(text) ? 'utf8' : 'utf16le';
  return partsOf(text).map(({ from, to, space }, i) => {
    const run = text.slice(from, to);
    return space ? spaceLeaf(from, run, encoding) : wordLeaf(salts(firstPart + i), run, encoding);
  });
}

/** Parts of a text, in order, without gaps; none for an empty text. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  for (let from = 0; from < text.length; ) {
    const space = isSpace(text.charCodeAt(from));
    let to = from + 1;
    while (to < text.length && isSpace(text.charCodeAt(to)) === space) to++;
    parts.push({ from, to, space });
    from = to;
  }
  return parts;
}

/** Whether every surrogate stands in a pair. */
export function wellFormed(text: string): boolean {
  return text.isWellFormed();
}

/**
 * Members of what is stated of a text, as JSON behind others: its surrogate pairs if it has any, its parts if it has more
 * than one. Without them blanks could tell of fewer characters than were taken out, and a leaf stand for several words.
 */
export function countsOf(text: string, parts: number): string {
  const pairs = text.match(/[\u{10000}-\u{10ffff}]/gu)?.length ?? 0;
  return `${pairs === 0 ? '' : `,"pairs":${pairs}`}${parts < 2 ? '' : `,"parts":${parts}`}`;
}

/** SHA-256 (hex) of the text's UTF-8; of its UTF-16LE if it is not well-formed. No salt: this is what a file shows. */
export function plainTextDigest(text: string): string {
  return wellFormed(text) ? sha256Hex(text) : sha256Hex(Buffer.from(text, 'utf16le'));
}

/** White space of the format: the code points with Unicode's property White_Space, as of Unicode 16, for ever. */
export function isSpace(unit: number): boolean {
  if (unit < 0x85) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  if (unit === 0x85 || unit === 0xa0) return true;
  if (unit < 0x1680) return false;
  return (
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

function spaceLeaf(offset: number, run: string, encoding: 'utf8' | 'utf16le'): Uint8Array {
  const input = leafInput(6, run, encoding);
  input.writeUInt32BE(offset, 2);
  return sha256(input);
}

function wordLeaf(salt: Uint8Array, run: string, encoding: 'utf8' | 'utf16le'): Uint8Array {
  return saltedLeaf(1, salt, run, encoding);
}

/** Leaf of a stated digest. */
export function digestLeaf(salt: Uint8Array, digest: string): Uint8Array {
  return saltedLeaf(2, salt, digest, 'utf8');
}

function saltedLeaf(kind: 1 | 2, salt: Uint8Array, run: string, encoding: 'utf8' | 'utf16le'): Uint8Array {
  // A leaf stands for a run that was taken out, and for no other text: that gets a leaf that fits nothing.
  if (salt.length > digestLength) return isBlank(run) ? salt.subarray(1) : sha256(salt);
  const input = leafInput(34, run, encoding);
  input[1] = kind;
  input.set(salt, 2);
  return sha256(input);
}

/** What is hashed for a leaf: zeros for all that stands before the run, the first of them RFC 6962's, then the run. */
function leafInput(before: number, run: string, encoding: 'utf8' | 'utf16le'): Buffer {
  const input = Buffer.allocUnsafe(before + run.length * 3);
  input.fill(0, 0, before);
  return input.subarray(0, before + input.write(run, before, encoding));
}
