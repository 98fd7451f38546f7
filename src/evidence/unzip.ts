import { crc32, inflateRawSync } from 'node:zlib';
import { directory, isMemberName, localHeader, type ZipEntry } from './zip.ts';

/**
 * Reads an archive and demands the one form that `ZipWriter` gives it: whatever could be different
 * without changing a member (other header fields, a second directory, bytes between or after) is a
 * fault. Only the deflated bytes have more than one form: who must know them unchanged compares
 * `digestBefore`'s range. Memory is bounded by `limits`, checked before anything is inflated.
 */
export function unzip(archive: Uint8Array, limits: ZipLimits = defaultLimits): Unzipped {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const entries: ZipEntry[] = [];
  const members = new Map<string, Uint8Array>();
  let at = 0;
  let total = 0;
  while (at + 30 <= bytes.length && bytes.readUInt32LE(at) === 0x04034b50) {
    const entry = readEntry(bytes, at);
    if (members.has(entry.name)) throw new ZipFault('repeated', entry.name);
    if (entry.stamp !== (entries[0] ?? entry).stamp) throw new ZipFault('header', entry.name);
    total += entry.length;
    if (total > limits.bytes || entries.length >= limits.members) throw new ZipFault('tooLarge', entry.name);
    const start = at + 30 + entry.name.length;
    members.set(entry.name, inflate(entry, bytes.subarray(start, start + entry.packed)));
    entries.push(entry);
    at = start + entry.packed;
  }
  if (entries.length === 0) throw new ZipFault('notArchive', '');
  if (!bytes.subarray(at).equals(directory(entries, at))) throw new ZipFault('directory', '');
  return { members, entries, stamp: entries[0]!.stamp };
}

export interface Unzipped {
  /** In the archive's order. */
  readonly members: ReadonlyMap<string, Uint8Array>;
  readonly entries: readonly ZipEntry[];
  readonly stamp: number;
}

export interface ZipLimits {
  /** Bytes of all members together, inflated. */
  readonly bytes: number;
  readonly members: number;
}

const defaultLimits: ZipLimits = { bytes: 2 ** 31, members: 60_000 };

export type ZipFaultCode = 'notArchive' | 'name' | 'header' | 'repeated' | 'tooLarge' | 'content' | 'directory';

/** Why an archive was refused, and at which member ('' for the archive itself). */
export class ZipFault extends Error {
  readonly code: ZipFaultCode;
  readonly member: string;

  constructor(code: ZipFaultCode, member: string) {
    super(`Archive refused (${code})${member && `: ${member}`}`);
    this.code = code;
    this.member = member;
  }
}

function readEntry(bytes: Buffer, at: number): ZipEntry {
  const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
  const name = bytes.toString('latin1', at + 30, nameEnd);
  if (!isMemberName(name)) throw new ZipFault('name', JSON.stringify(name.slice(0, 100)));
  const method = bytes.readUInt16LE(at + 8);
  const entry: ZipEntry = {
    name,
    stamp: bytes.readUInt32LE(at + 10),
    method: method === 8 ? 8 : 0,
    crc: bytes.readUInt32LE(at + 14),
    packed: bytes.readUInt32LE(at + 18),
    length: bytes.readUInt32LE(at + 22),
    offset: at,
  };
  const asWritten = bytes.subarray(at, nameEnd).equals(localHeader(entry));
  const shorter = entry.method === 8 ? entry.packed < entry.length : entry.packed === entry.length;
  if (!asWritten || !shorter || nameEnd + entry.packed > bytes.length) throw new ZipFault('header', name);
  return entry;
}

function inflate(entry: ZipEntry, packed: Uint8Array): Uint8Array {
  const content = entry.method === 0 ? packed : inflateExactly(entry, packed);
  if (content.length !== entry.length || crc32(content) !== entry.crc) throw new ZipFault('content', entry.name);
  return content;
}

function inflateExactly(entry: ZipEntry, packed: Uint8Array): Uint8Array {
  try {
    // `info` is not in the types: it gives the engine too, which knows how many bytes it used.
    const options = { maxOutputLength: entry.length, info: true };
    const { buffer, engine } = inflateRawSync(packed, options) as unknown as Inflated;
    if (engine.bytesWritten !== packed.length) throw new ZipFault('content', entry.name);
    return buffer;
  } catch (error) {
    if (error instanceof ZipFault) throw error;
    throw new ZipFault('content', entry.name);
  }
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
