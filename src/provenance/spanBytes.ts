import { RunColumns } from './runColumns.ts';
import type { Span } from './span.ts';

/**
 * Spans as bytes, a part of the journal's format: their number, then for each its length and how far
 * its serial lies from where the one before would go on (the first: from 0). Numbers are varints, seven
 * bits a byte, low bits first. A distance d >= 0 is written as a byte of its low six bits, doubled, and
 * the rest; d < 0 as -d, with the lowest bit of that byte set.
 */
export function writeSpans(spans: readonly Span[], step: 0 | 1): Uint8Array {
  const out = new SpanWriter(spans.length, step);
  for (const { length, serial } of spans) out.push(length, serial);
  return out.bytes();
}

/** Writes spans one by one; `count`: how many there will be. */
export class SpanWriter {
  readonly #out: ByteWriter;
  readonly #step: 0 | 1;
  #expected = 0;

  constructor(count: number, step: 0 | 1) {
    this.#out = new ByteWriter(16 + count * 4);
    this.#step = step;
    this.#out.put(count);
  }

  push(length: number, serial: number): void {
    this.#out.put(length);
    this.#out.putSigned(serial - this.#expected);
    this.#expected = serial + length * this.#step;
  }

  bytes(): Uint8Array {
    return this.#out.bytes();
  }
}

/** Reads what `writeSpans` wrote. Throws RangeError on bytes that it cannot have written. */
export function readSpans(bytes: Uint8Array, step: 0 | 1): Span[] {
  const { count, lengths, values } = readRuns(bytes, step);
  return Array.from({ length: count }, (_, i) => ({ length: lengths[i]!, serial: values[i]! }));
}

/** As `readSpans`, without an object a span. */
export function readRuns(bytes: Uint8Array, step: 0 | 1): RunColumns {
  const input = new ByteReader(bytes);
  const count = input.take();
  // A span takes two bytes or more: a count beyond that is found out when they end.
  const runs = new RunColumns(Math.min(count, bytes.length >> 1));
  let expected = 0;
  let total = 0;
  for (let left = count; left > 0; left--) {
    const length = input.take();
    const distance = input.takeSigned();
    const serial = expected + distance;
    total += length;
    const joins = distance === 0 && runs.count > 0;
    if (length === 0 || total >= 2 ** 31 || joins || serial < 0 || serial + length > Number.MAX_SAFE_INTEGER) {
      throw new RangeError(`no span: ${length} from ${serial}`);
    }
    expected = serial + length * step;
    runs.push(length, serial);
  }
  input.end();
  return runs;
}

class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #at = 0;

  constructor(room: number) {
    this.#bytes = new Uint8Array(room);
  }

  put(n: number): void {
    let rest = n;
    for (; rest >= 2 ** 31; rest = Math.floor(rest / 0x80)) this.#byte((rest % 0x80) | 0x80);
    for (; rest >= 0x80; rest >>>= 7) this.#byte((rest & 0x7f) | 0x80);
    this.#byte(rest);
  }

  putSigned(n: number): void {
    const size = Math.abs(n);
    const sign = n < 0 ? 1 : 0;
    // Doubling would lose the last bit of a distance from 2^52 on: the first byte is made apart.
    const rest = Math.floor(size / 0x40);
    this.#byte((size % 0x40) * 2 + sign + (rest > 0 ? 0x80 : 0));
    if (rest > 0) this.put(rest);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#at);
  }

  #byte(byte: number): void {
    if (this.#at === this.#bytes.length) {
      const more = new Uint8Array(this.#bytes.length * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    this.#bytes[this.#at++] = byte;
  }
}

class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(): number {
    const byte = this.#bytes[this.#at];
    // Most are of one byte.
    if (byte === undefined || byte >= 0x80) return this.#rest(1, true);
    this.#at++;
    return byte;
  }

  takeSigned(): number {
    const byte = this.#byte();
    const low = (byte & 0x7e) >> 1;
    const size = byte < 0x80 ? low : low + this.#rest(0x40, false);
    if (size === 0 && (byte & 1) === 1) throw new RangeError('a distance of minus nothing');
    return byte & 1 ? -size : size;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new RangeError('bytes behind the last span');
  }

  /** A varint, its lowest bit worth `unit`; a last byte of 0 says nothing and stands only for 0 itself. */
  #rest(unit: number, zero: boolean): number {
    // Four bytes in whole numbers of 32 bits, as nearly all are; what is longer in floating ones.
    let n = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      n |= (byte & 0x7f) << shift;
      if (byte === 0 && !(zero && shift === 0)) throw new RangeError('a number longer than it needs to be');
      if (byte < 0x80) return n * unit;
    }
    let sum = n * unit;
    for (let worth = unit * 2 ** 28; ; worth *= 0x80) {
      const byte = this.#byte();
      sum += (byte & 0x7f) * worth;
      if (sum > Number.MAX_SAFE_INTEGER) throw new RangeError('a number beyond 2^53');
      if (byte === 0) throw new RangeError('a number longer than it needs to be');
      if (byte < 0x80) return sum;
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new RangeError('spans end too early');
    return byte;
  }
}
