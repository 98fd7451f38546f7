import { Fault } from './fault.ts';

/**
 * Integers of variable length (LEB128): seven bits a byte, lowest first, the high bit set on all but the last.
 * A signed one is folded first: 0, -1, 1, -2, 2 … become 0, 1, 2, 3, 4 … All are safe integers; arithmetic, not
 * bit operators, where they may pass 32 bits.
 */

/** Bytes that grow. Mutable; it lives for one pack. */
export class ByteWriter {
  #bytes: Buffer = Buffer.allocUnsafe(1 << 12);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  varint(value: number): void {
    this.#room(8);
    this.#length = put(this.#bytes, this.#length, value);
  }

  /** The first so many of some numbers. */
  varints(values: Float64Array, count: number): void {
    this.#room(count * 8);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      if (value < 128) bytes[at++] = value;
      else at = put(bytes, at, value);
    }
    this.#length = at;
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A copy of what was written. */
  done(): Uint8Array {
    return Uint8Array.prototype.slice.call(this.#bytes, 0, this.#length);
  }

  #room(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** Writes one number at a place; gives the place behind it. */
function put(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  // No remainder: of a number that may pass 32 bits it is a call into the C library.
  while (rest >= 2 ** 31) {
    const high = Math.floor(rest / 128);
    bytes[at++] = (rest - high * 128) | 128;
    rest = high;
  }
  let low = rest | 0;
  for (; low >= 128; low >>= 7) bytes[at++] = (low & 127) | 128;
  bytes[at++] = low;
  return at;
}

/** Reads what `ByteWriter` wrote. Throws Fault `corrupt` at bytes that end too early. Mutable. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  varint(): number {
    let [value, weight, byte] = [0, 1, 0];
    do {
      byte = this.bytes[this.at++] ?? this.#end();
      value += (byte & 127) * weight;
      weight *= 128;
    } while (byte >= 128);
    if (!Number.isSafeInteger(value)) throw new Fault('corrupt', 'an integer above 2^53');
    return value;
  }

  take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) this.#end();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  #end(): never {
    throw new Fault('corrupt', 'the bytes end too early');
  }
}

export function fold(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

export function unfold(value: number): number {
  // No remainder: of a number that may pass 32 bits it is a call into the C library.
  const half = Math.floor(value / 2);
  return half * 2 === value ? half : -half - 1;
}

export function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length++;
  return length;
}
