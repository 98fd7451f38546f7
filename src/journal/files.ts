import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FileFormat, SkipReason } from './event.ts';
import { bytesOfSingle, isSingleByte, textOfSingle } from './singleByte.ts';

export interface DecodedFile {
  readonly text: string;
  readonly format: FileFormat;
}

/** Files above this many bytes are not recorded. */
export const largest = 20 * 1024 * 1024;

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * A file's text with `\n` line ends, and its format: `encodeFile` of both gives the same bytes again.
 * Encodings: UTF-8, UTF-16 with its mark, and `known`, a one-byte encoding that the editor named for this
 * file. A lone `\r` is part of the text. `skip`: too large, binary (holds NUL), or in none of the encodings.
 */
export function decodeFile(bytes: Uint8Array, known?: string): DecodedFile | { readonly skip: SkipReason } {
  if (bytes.length > largest) return { skip: 'large' };
  const [encoding, mark] = marks.find(([, m]) => m.every((byte, i) => bytes[i] === byte)) ?? ['', []];
  const bom = mark.length > 0;
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + mark.length, bytes.length - mark.length);
  const raw = bom ? marked(body, encoding) : unmarked(body, known);
  if (typeof raw === 'object') return raw;
  if (raw.includes('\0')) return { skip: 'binary' };
  const { text, ...ends } = lineEnds(raw);
  const label = bom ? encoding : known !== undefined && !isUtf8(body) ? known : 'utf-8';
  return { text, format: { encoding: label, bom, ...ends } };
}

/** The bytes of a text in a format. Throws RangeError for an encoding that this program cannot write. */
export function encodeFile(text: string, format: FileFormat): Uint8Array {
  const raw = withLineEnds(text, format);
  const mark = format.bom ? (marks.find(([name]) => name === format.encoding)?.[1] ?? []) : [];
  return Buffer.concat([Uint8Array.from(mark), bytesOf(raw, format.encoding)]);
}

/** SHA-256 (hex) of a file's bytes. */
export function fileDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function marked(body: Buffer, encoding: string): string | { readonly skip: SkipReason } {
  if (encoding === 'utf-8') return isUtf8(body) ? body.toString('utf8') : { skip: 'encoding' };
  if (body.length % 2 === 1) return { skip: 'encoding' };
  return (encoding === 'utf-16le' ? body : Buffer.from(body).swap16()).toString('utf16le');
}

function unmarked(body: Buffer, known: string | undefined): string | { readonly skip: SkipReason } {
  if (isAscii(body)) return body.toString('latin1');
  if (isUtf8(body)) return body.toString('utf8');
  if (body.includes(0)) return { skip: 'binary' };
  return (known !== undefined && isSingleByte(known) ? textOfSingle(body, known) : undefined) ?? { skip: 'encoding' };
}

function bytesOf(raw: string, encoding: string): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(raw, 'utf8');
    case 'utf-16le':
      return Buffer.from(raw, 'utf16le');
    case 'utf-16be':
      return Buffer.from(raw, 'utf16le').swap16();
    default:
      if (!isSingleByte(encoding)) throw new RangeError(`texts cannot be written as ${encoding}`);
      return bytesOfSingle(raw, encoding);
  }
}

/** The commoner line end is the format's, `\n` where they are as many; the lines that end otherwise are listed. */
function lineEnds(raw: string): { text: string; eol: '\n' | '\r\n'; others?: number[] } {
  if (!raw.includes('\r\n')) return { text: raw, eol: '\n' };
  const pairs: number[] = [];
  const singles: number[] = [];
  for (let at = raw.indexOf('\n'), line = 0; at >= 0; at = raw.indexOf('\n', at + 1), line++) {
    (raw[at - 1] === '\r' ? pairs : singles).push(line);
  }
  const eol = pairs.length > singles.length ? '\r\n' : '\n';
  const others = eol === '\n' ? pairs : singles;
  return { text: raw.replaceAll('\r\n', '\n'), eol, ...(others.length > 0 && { others }) };
}

function withLineEnds(text: string, { eol, others }: FileFormat): string {
  if (others === undefined) return eol === '\n' ? text : text.replaceAll('\n', eol);
  const otherwise = new Set(others);
  const other = eol === '\n' ? '\r\n' : '\n';
  let line = 0;
  return text.replaceAll('\n', () => (otherwise.has(line++) ? other : eol));
}
