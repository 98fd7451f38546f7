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
    this.varints([value]);
  }

  varints(values: readonly number[]): void {
    this.#room(values.length * 8);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < values.length; i++) {
      let rest = values[i] as number;
      for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) | 128;
      bytes[at++] = rest;
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
