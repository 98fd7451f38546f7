import { Fault } from './fault.ts';
import type { Numbers } from './numbers.ts';
import { type ByteReader, type ByteWriter, unfold, varintLength } from './varint.ts';

/**
 * A column: the same number of every event, each a varint. Its bytes are their own length (varint), then
 *
 *     nothing                       when all values are 0
 *     0x00, the values              plain
 *     0x01, pairs (value, count)    runs of equal values, when that is shorter
 *
 * Signed columns hold folded values.
 */
const plain = 0;
const runs = 1;

/** Values of a signed column come folded. */
export function writeColumn(out: ByteWriter, { values, length }: Numbers): void {
  const sizes = measure(values, length);
  if (sizes.zero) {
    out.varint(0);
  } else if (sizes.plain <= sizes.runs) {
    out.varint(sizes.plain + 1);
    out.varint(plain);
    out.varints(values, length);
  } else {
    out.varint(sizes.runs + 1);
    out.varint(runs);
    for (let from = 0, to = 0; from < length; from = to) {
      to = endOfRun(values, from, length);
      out.varint(values[from]!);
      out.varint(to - from);
    }
  }
}

/** Numbers of one column, reused from pack to pack. Mutable: what it held is gone at the next `read`. */
export class Column {
  values: Float64Array = new Float64Array(0);
  /** Of the values as they were read: their sum (if the column is not signed), and how many are not 0. */
  sum = 0;
  nonzero = 0;
  readonly #signed: boolean;
  #at = 0;

  constructor(signed: boolean) {
    this.#signed = signed;
  }

  /** Reads the next column of `from`, which must hold exactly `count` values. Throws Fault `corrupt`. */
  read(from: ByteReader, count: number): void {
    if (this.values.length < count) this.values = new Float64Array(count);
    this.sum = this.nonzero = 0;
    const length = from.varint();
    if (length === 0) {
      this.values.fill(0, 0, count);
      return;
    }
    const bytes = from.take(length);
    this.#at = 1;
    if (bytes[0] === runs) this.#readRuns(bytes, count);
    else if (bytes[0] === plain) this.#readPlain(bytes, count);
    else this.#at = -1;
    if (this.#at !== length) throw new Fault('corrupt', 'a column does not hold what the pack counts');
  }

  #readPlain(bytes: Uint8Array, count: number): void {
    const { values } = this;
    const signed = this.#signed;
    let [sum, nonzero] = [0, 0];
    for (let i = 0; i < count; i++) {
      const byte = bytes[this.#at] as number;
      if (byte < 128) this.#at++;
      const value = byte < 128 ? byte : this.#varint(bytes);
      sum += value;
      if (value !== 0) nonzero++;
      values[i] = signed ? unfold(value) : value;
    }
    this.sum = sum;
    this.nonzero = nonzero;
  }

  #readRuns(bytes: Uint8Array, count: number): void {
    for (let i = 0; i < count; ) {
      const value = this.#varint(bytes);
      const length = this.#varint(bytes);
      if (length < 1 || length > count - i) {
        this.#at = -1;
        return;
      }
      this.sum += value * length;
      if (value !== 0) this.nonzero += length;
      this.values.fill(this.#signed ? unfold(value) : value, i, i + length);
      i += length;
    }
  }

  /** Behind the end bytes count as 0 and the offset still grows: `read` sees it. */
  #varint(bytes: Uint8Array): number {
    let [value, weight, byte] = [0, 1, 0];
    do {
      byte = bytes[this.#at++] ?? 0;
      value += (byte & 127) * weight;
      weight *= 128;
    } while (byte >= 128);
    if (value > Number.MAX_SAFE_INTEGER) throw new Fault('corrupt', 'an integer above 2^53');
    return value;
  }
}

function measure(values: Float64Array, length: number): { zero: boolean; plain: number; runs: number } {
  const sizes = { zero: true, plain: 0, runs: 0 };
  for (let from = 0, to = 0; from < length; from = to) {
    to = endOfRun(values, from, length);
    const value = values[from]!;
    const count = to - from;
    const size = value < 128 ? 1 : varintLength(value);
    sizes.zero &&= value === 0;
    sizes.plain += size * count;
    sizes.runs += size + (count < 128 ? 1 : varintLength(count));
  }
  return sizes;
}

function endOfRun(values: Float64Array, from: number, length: number): number {
  const value = values[from];
  let to = from + 1;
  while (to < length && values[to] === value) to++;
  return to;
}
