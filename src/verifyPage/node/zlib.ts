import { Inflate } from 'pako';
import { Buffer } from './buffer.ts';

/** What the page needs of Node's `zlib`, with the same answers. */

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 of PKWARE APPNOTE 4.4.7. */
export function crc32(data: Uint8Array): number {
  let value = 0xffffffff;
  for (let i = 0; i < data.length; i++) value = table[(value ^ data[i]!) & 255]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

interface Options {
  readonly maxOutputLength: number;
}

/** As Node's with `info`: the bytes, and how many of the packed ones were used. Throws where more than allowed come out. */
export function inflateRawSync(packed: Uint8Array, { maxOutputLength }: Options) {
  const inflate = new Inflate({ raw: true, chunkSize: 1 << 18 });
  const pieces: Uint8Array[] = [];
  let length = 0;
  inflate.onData = (piece: Uint8Array) => {
    length += piece.length;
    if (length > maxOutputLength) throw new RangeError('more than the header said');
    pieces.push(piece);
  };
  inflate.push(packed, true);
  if (inflate.err !== 0 || !inflate.ended) throw new Error(inflate.msg || 'no end');
  // Not in its types: how many of the bytes were used.
  const { strm } = inflate as unknown as { readonly strm: { readonly total_in: number } };
  return { buffer: Buffer.concat(pieces, length), engine: { bytesWritten: strm.total_in } };
}

/** Nothing that checks packs anything. */
export function deflateRawSync(): never {
  throw new Error('this page only checks');
}
