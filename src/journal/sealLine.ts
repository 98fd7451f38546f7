import { sha256 } from './digest.ts';

/** A journal's head in one short line, for a witness to keep: what a checkpoint states, without a signature. */
export interface SealLine {
  readonly journal: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/**
 * `holograph-seal:1:<journal>:<size>:<root>:<check>`, plain ASCII without spaces. Root and check are RFC 4648 base32 in
 * lower case without padding; the check is the first four characters of the SHA-256 over all before it (without the
 * colon): it tells a line that was copied wrongly from a journal that was changed. Throws RangeError at a journal, size
 * or root that cannot stand in it.
 */
export function formatSealLine({ journal, size, root }: SealLine): string {
  if (!/^[\w-]+$/u.test(journal)) throw new RangeError(`no journal: ${JSON.stringify(journal)}`);
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`no size: ${size}`);
  if (root.length !== 32) throw new RangeError(`a root of ${root.length} bytes`);
  const line = `${mark}1:${journal}:${size}:${base32(root)}`;
  return `${line}:${checkOf(line)}`;
}

/**
 * The seal lines that stand in a text, such as a mail with what was written around them, each once. A line may have
 * been broken or quoted on its way (`>`, and quoted-printable's `=` at a line's end). `damaged`: one begins as a seal
 * line and is none, so that nothing can be concluded from it.
 */
export function sealLinesIn(text: string): { readonly lines: readonly SealLine[]; readonly damaged: boolean } {
  const lines = new Map<string, SealLine>();
  let damaged = false;
  const whole = text.replace(/=\r?\n/gu, '');
  for (let at = whole.indexOf(mark); at >= 0; at = whole.indexOf(mark, at + 1)) {
    const rest = whole.slice(at, at + longest).replace(/[\s>\u200b\ufeff]/gu, '');
    const line = sealLineAt(rest);
    if (line === undefined) damaged = true;
    else lines.set(formatSealLine(line), line);
  }
  return { lines: [...lines.values()], damaged };
}

const mark = 'holograph-seal:';
/** Of a line with all that may have been put between its characters. */
const longest = 600;

function sealLineAt(text: string): SealLine | undefined {
  const form = /^holograph-seal:1:(?<journal>[\w-]+):(?<size>\d{1,16}):(?<root>[a-z2-7]{52}):(?<check>[a-z2-7]{4})/iu;
  const { journal, size, root } = form.exec(text)?.groups ?? {};
  if (journal === undefined || size === undefined || root === undefined) return undefined;
  const line = { journal, size: Number(size), root: fromBase32(root.toLowerCase()) };
  if (!Number.isSafeInteger(line.size)) return undefined;
  const written = formatSealLine(line);
  return text.slice(0, written.length).toLowerCase() === written.toLowerCase() ? line : undefined;
}

function checkOf(line: string): string {
  return base32(sha256(line)).slice(0, 4);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 section 6, in lower case, without padding. */
function base32(bytes: Uint8Array): string {
  let [out, held, bits] = ['', 0, 0];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) out += alphabet[(held >>> (bits - 5)) & 31];
    held &= 31;
  }
  return bits === 0 ? out : out + alphabet[(held << (5 - bits)) & 31];
}

/** 52 characters are 32 bytes and four bits, which `formatSealLine` writes as zeros. */
function fromBase32(text: string): Uint8Array {
  const bytes = new Uint8Array(32);
  let [held, bits, at] = [0, 0, 0];
  for (const letter of text) {
    held = ((held << 5) | alphabet.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits < 8 || at === bytes.length) continue;
    bits -= 8;
    bytes[at++] = (held >>> bits) & 255;
  }
  return bytes;
}
