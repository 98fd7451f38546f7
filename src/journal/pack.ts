import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { SEGMENT } from './chain.ts';
import { Fault } from './fault.ts';
import { ByteReader, ByteWriter } from './varint.ts';

/** How the two streams of a pack lie: as they are, or each deflated (RFC 1951). */
export type Codec = 'raw' | 'deflate';

/** What the first bytes of a pack say. */
export interface PackHeader {
  readonly codec: Codec;
  /** Sequence of the first event. */
  readonly first: number;
  /** Events in the pack, 1 to 4096. */
  readonly count: number;
}

/**
 * A pack's bytes:
 *
 *     version     1 byte, 1
 *     codec       1 byte, 0 raw, 1 deflate
 *     first       varint
 *     count       varint
 *     columns     varint: length of the first stream; varint: its length as stored
 *     texts       varint: length of the second stream; the rest of the bytes is what is stored of it
 *     the stored first stream, the stored second stream
 */
export interface Pack extends PackHeader {
  readonly columns: Uint8Array;
  /** Inflated only when asked for: replay of spans needs no text. */
  readonly texts: () => Uint8Array;
}

const version = 1;
const codecs: readonly Codec[] = ['raw', 'deflate'];
/** A stream is inflated in steps of at most this many bytes, so that a length that lies costs nothing. */
const step = 2 ** 20;

export function writePack(pack: PackHeader, columns: Uint8Array, texts: Uint8Array): Uint8Array {
  const [storedColumns, storedTexts] = [store(columns, pack.codec), store(texts, pack.codec)];
  const out = new ByteWriter();
  out.varint(version);
  out.varint(codecs.indexOf(pack.codec));
  out.varint(pack.first);
  out.varint(pack.count);
  out.varint(columns.length);
  out.varint(storedColumns.length);
  out.varint(texts.length);
  out.raw(storedColumns);
  out.raw(storedTexts);
  return out.done();
}

/** Throws Fault `newer` or `corrupt`. */
export function readPack(bytes: Uint8Array): Pack {
  const from = new ByteReader(bytes);
  const header = readHeader(from);
  const [columnsLength, storedLength, textsLength] = [from.varint(), from.varint(), from.varint()];
  const columns = load(from.take(storedLength), columnsLength, header.codec);
  const storedTexts = bytes.subarray(from.at);
  return { ...header, columns, texts: () => load(storedTexts, textsLength, header.codec) };
}

/** The header alone. Throws Fault `newer` or `corrupt`. */
export function headerOf(bytes: Uint8Array): PackHeader {
  return readHeader(new ByteReader(bytes));
}

/** The same events in bytes of another codec; digests of events stay, the bytes and their link do not. */
export function recode(bytes: Uint8Array, codec: Codec): Uint8Array {
  const pack = readPack(bytes);
  return writePack({ ...pack, codec }, pack.columns, pack.texts());
}

function readHeader(from: ByteReader): PackHeader {
  const found = from.varint();
  if (found !== version) throw new Fault(found > version ? 'newer' : 'corrupt', `pack of version ${found}`);
  const codec = codecs[from.varint()];
  if (codec === undefined) throw new Fault('newer', 'pack with an unknown codec');
  const [first, count] = [from.varint(), from.varint()];
  if (count < 1 || count > SEGMENT) throw new Fault('corrupt', `pack of ${count} events`);
  return { codec, first, count };
}

function store(stream: Uint8Array, codec: Codec): Uint8Array {
  switch (codec) {
    case 'raw':
      return stream;
    case 'deflate':
      return deflateRawSync(stream);
  }
}

function load(stored: Uint8Array, length: number, codec: Codec): Uint8Array {
  const stream = codec === 'raw' ? stored : inflate(stored, length);
  if (stream.length !== length) throw new Fault('corrupt', `a stream of ${stream.length} bytes, not ${length}`);
  return stream;
}

function inflate(stored: Uint8Array, length: number): Uint8Array {
  try {
    return inflateRawSync(stored, {
      maxOutputLength: Math.max(length, 1),
      chunkSize: Math.min(Math.max(length, 64), step),
    });
  } catch (cause) {
    throw new Fault('corrupt', 'deflated bytes', { cause });
  }
}
