import { emptyRoot } from './chain.ts';
import { binaryDigest, digestLength, sha256Hex, toHex } from './digest.ts';
import { countsOf, isSpace, saltSource, textRoot } from './parts.ts';
import { Views } from './views.ts';

const emptyHex = toHex(emptyRoot);
/** Bytes of a leaf before the run: of white space, and of anything else. */
const [beforeSpace, beforeWord] = [6, 34];
/** Runs up to this length are hashed from bytes that are used again and again. */
const short = 64;

/**
 * Digests of texts, quickest of short ones such as are typed, which are all white space or without any. Law: equals
 * `textRoot` of the event's only text. Mutable and reusable.
 */
export class TextDigests {
  readonly #seed = new Views(44);
  readonly #space = new Views(beforeSpace + short * 3);
  readonly #word = new Views(beforeWord + short * 3);
  #secret = new Uint8Array(digestLength);
  #counts = '';

  constructor() {
    this.#word.bytes[1] = 1;
  }

  /** The secret (32 bytes) of the segment whose events are asked for. */
  set secret(secret: Uint8Array) {
    if (secret.length !== digestLength) throw new RangeError(`a segment's secret has ${secret.length} bytes`);
    this.#secret = new Uint8Array(secret);
    this.#seed.bytes.set(secret);
  }

  /** What else is stated of the text whose digest was asked for last. */
  get counts(): string {
    return this.#counts;
  }

  /** In hexadecimal digits. The text must be well-formed. */
  hexOf(text: string, sequence: number): string {
    this.#counts = '';
    if (text === '') return emptyHex;
    const space = isSpace(text.charCodeAt(0));
    if (text.length > short || !isOfOne(text, space)) {
      const { digest, parts } = textRoot(text, saltSource(this.#secret, sequence), 0);
      this.#counts = countsOf(text, parts);
      return toHex(digest);
    }
    if (space) return sha256Hex(filled(this.#space, beforeSpace, text));
    const { bytes } = this.#word;
    const salt = this.#salt(sequence);
    for (let i = 0; i < digestLength; i++) bytes[2 + i] = salt.charCodeAt(i);
    return sha256Hex(filled(this.#word, beforeWord, text));
  }

  /** Salt of the first part of an event. */
  #salt(sequence: number): string {
    const { bytes } = this.#seed;
    bytes.writeUInt32BE(Math.floor(sequence / 2 ** 32), 32);
    bytes.writeUInt32BE(sequence % 2 ** 32, 36);
    return binaryDigest(bytes);
  }
}

/** Whether it is one part, without surrogates. */
function isOfOne(text: string, space: boolean): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isSpace(unit) !== space || (unit & 0xf800) === 0xd800) return false;
  }
  return true;
}

function filled(views: Views, before: number, run: string): Uint8Array {
  const unit = run.charCodeAt(0);
  if (run.length === 1 && unit < 128) {
    views.bytes[before] = unit;
    return views.upTo(before + 1);
  }
  return views.upTo(before + views.bytes.write(run, before));
}
