import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Provenance } from '../provenance/provenance.ts';
import { TextBuffer } from '../text/buffer.ts';
import { Content } from './content.ts';
import { wellFormed } from './parts.ts';

/** A text with its spans as bytes: 1 if it is well-formed (UTF-8), else 0 (UTF-16LE); its length in bytes; text; provenance. */
export function bodyBytes({ text, provenance }: Content): Uint8Array {
  const whole = text.toString();
  const plain = wellFormed(whole);
  const encoded = Buffer.from(whole, plain ? 'utf8' : 'utf16le');
  const head = Buffer.alloc(5, plain ? 1 : 0);
  head.writeUInt32LE(encoded.length, 1);
  return deflateRawSync(Buffer.concat([head, encoded, provenance.toBytes()]), { level: 1 });
}

/** Throws where the bytes are not of `bodyBytes`. */
export function contentOf(bytes: Uint8Array): Content {
  const whole = inflateRawSync(bytes);
  const end = 5 + whole.readUInt32LE(1);
  const text = whole.toString(whole[0] === 1 ? 'utf8' : 'utf16le', 5, end);
  const provenance = Provenance.fromBytes(whole.subarray(end));
  if (provenance.length !== text.length) throw new RangeError('a text and its spans differ in length');
  return new Content(TextBuffer.of(text), provenance);
}
