import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { deflateSync } from 'fflate';

/**
 * The archive in its one form: members in the order they were added, no extra fields, no comments, no
 * flags, one time for all, ASCII names, deflated where that is shorter (and wished) and stored where it is not.
 * Everything but the deflated bytes follows from the members, so a reader can demand exactly this.
 * Source of the format: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. No ZIP64: an archive
 * that would need it throws a RangeError.
 */
export class ZipWriter {
  readonly #stamp: number;
  readonly #entries: ZipEntry[] = [];
  readonly #pieces: Uint8Array[] = [];
  #size = 0;

  /** `stamp`: see `dosStamp`. */
  constructor(stamp: number) {
    this.#stamp = stamp;
  }

  /** Goes on behind the first `entries` of an archive, which stay as they are. */
  static behind(archive: Uint8Array, entries: readonly ZipEntry[], stamp: number): ZipWriter {
    const writer = new ZipWriter(stamp);
    const last = entries.at(-1);
    writer.#entries.push(...entries);
    if (last !== undefined) writer.#push(archive.subarray(0, last.offset + 30 + last.name.length + last.packed));
    return writer;
  }

  /** `body`: what is stored of it, deflated or as it is; absent: whichever is shorter. */
  add(name: string, bytes: Uint8Array, body: Uint8Array = shorter(bytes)): void {
    if (!isMemberName(name)) throw new RangeError(`Not a name for a member: ${name}`);
    if (bytes.length > LIMIT) throw new RangeError(`Too large for the archive: ${name}`);
    const entry: ZipEntry = {
      name,
      stamp: this.#stamp,
      method: body === bytes ? 0 : 8,
      crc: crc32(bytes),
      packed: body.length,
      length: bytes.length,
      offset: this.#size,
    };
    this.#entries.push(entry);
    this.#push(localHeader(entry));
    this.#push(body);
  }

  /** SHA-256 (hex) of all that was written so far. */
  digest(): string {
    return hash('sha256', Buffer.concat(this.#pieces), 'hex');
  }

  finish(): Uint8Array {
    this.#push(directory(this.#entries, this.#size));
    return Buffer.concat(this.#pieces);
  }

  #push(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    if (this.#size > LIMIT || this.#entries.length >= 0xffff) throw new RangeError('The archive is too large');
  }
}

const LIMIT = 0xfffffffe;

/** fflate and not zlib: zlib's output differs between processors and versions of Node. */
function shorter(bytes: Uint8Array): Uint8Array {
  const deflated = bytes.length === 0 ? bytes : deflateSync(bytes, { level: 6 });
  return deflated.length < bytes.length ? deflated : bytes;
}

/** What the headers of one member say. */
export interface ZipEntry {
  readonly name: string;
  readonly stamp: number;
  readonly method: 0 | 8;
  readonly crc: number;
  /** Bytes in the archive, and bytes of the member. */
  readonly packed: number;
  readonly length: number;
  readonly offset: number;
}

/** Whether a name opens on every system as itself: ASCII, relative, no way up, no empty part. */
export function isMemberName(name: string): boolean {
  return /^[\w.=-]+(\/[\w.=-]+)*$/.test(name) && !name.split('/').some(part => /^\.+$/.test(part));
}

/** A moment as ZIP stores it: local date and time in steps of two seconds. `zone`: minutes east of UTC. */
export function dosStamp(time: number, zone: number): number {
  const local = new Date(time + zone * 60_000);
  const year = local.getUTCFullYear();
  if (year < 1980) return (1 << 21) | (1 << 16);
  if (year > 2107) return ((127 << 25) | (12 << 21) | (31 << 16)) >>> 0;
  const day = ((year - 1980) << 9) | ((local.getUTCMonth() + 1) << 5) | local.getUTCDate();
  const clock = (local.getUTCHours() << 11) | (local.getUTCMinutes() << 5) | (local.getUTCSeconds() >> 1);
  return ((day << 16) | clock) >>> 0;
}

export function localHeader(entry: ZipEntry): Uint8Array {
  const name = Buffer.from(entry.name, 'ascii');
  const header = Buffer.alloc(30 + name.length);
  header.writeUInt32LE(0x04034b50, 0);
  common(header, 4, entry, name.length);
  name.copy(header, 30);
  return header;
}

/** Central directory and its end record, for members that lie before `offset`. */
export function directory(entries: readonly ZipEntry[], offset: number): Uint8Array {
  const records = entries.map(entry => {
    const name = Buffer.from(entry.name, 'ascii');
    const record = Buffer.alloc(46 + name.length);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE(20, 4);
    common(record, 6, entry, name.length);
    record.writeUInt32LE(entry.offset, 42);
    name.copy(record, 46);
    return record;
  });
  const size = records.reduce((sum, record) => sum + record.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...records, end]);
}

/** The fields that both headers share: from the version needed to the length of the extra field. */
function common(header: Buffer, at: number, entry: ZipEntry, nameLength: number): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(entry.method, at + 4);
  header.writeUInt32LE(entry.stamp, at + 6);
  header.writeUInt32LE(entry.crc, at + 10);
  header.writeUInt32LE(entry.packed, at + 14);
  header.writeUInt32LE(entry.length, at + 18);
  header.writeUInt16LE(nameLength, at + 22);
}
