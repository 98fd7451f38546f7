import { Fault } from './fault.ts';
import { type ByteReader, type ByteWriter, fold, unfold, varintLength } from './varint.ts';

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

/** `values` are folded in place when signed. */
export function writeColumn(out: ByteWriter, values: number[], signed: boolean): void {
  if (signed) for (let i = 0; i < values.length; i++) values[i] = fold(values[i] as number);
  const sizes = measure(values);
  if (sizes.zero) {
    out.varint(0);
  } else if (sizes.plain <= sizes.runs) {
    out.varints([sizes.plain + 1, plain]);
    out.varints(values);
  } else {
    out.varints([sizes.runs + 1, runs]);
    for (let from = 0, to = 0; from < values.length; from = to) {
      to = endOfRun(values, from);
      out.varints([values[from] as number, to - from]);
    }
  }
}

/** Numbers of one column, reused from pack to pack. Mutable: what it held is gone at the next `read`. */
export class Column {
  values: Float64Array = new Float64Array(0);
  readonly #signed: boolean;
  #at = 0;

  constructor(signed: boolean) {
    this.#signed = signed;
  }

  /** Reads the next column of `from`, which must hold exactly `count` values. Throws Fault `corrupt`. */
  read(from: ByteReader, count: number): void {
    if (this.values.length < count) this.values = new Float64Array(count);
    const length = from.varint();
    if (length === 0) {
      this.values.fill(0, 0, count);
      return;
    }
    const bytes = from.take(length);
    const end =
      bytes[0] === runs ? this.#readRuns(bytes, count) : bytes[0] === plain ? this.#readPlain(bytes, count) : -1;
    if (end !== length) throw new Fault('corrupt', 'a column does not hold what the pack counts');
    if (!this.#signed) return;
    const { values } = this;
    for (let i = 0; i < count; i++) values[i] = unfold(values[i] as number);
  }

  /** Offset behind the last byte read; another than the bytes' end when they do not hold `count` values. */
  #readPlain(bytes: Uint8Array, count: number): number {
    const { values } = this;
    this.#at = 1;
    for (let i = 0; i < count; i++) {
      const byte = bytes[this.#at] as number;
      if (byte < 128) {
        values[i] = byte;
        this.#at++;
      } else values[i] = this.#varint(bytes);
    }
    return this.#at;
  }

  #readRuns(bytes: Uint8Array, count: number): number {
    this.#at = 1;
    for (let i = 0; i < count; ) {
      const value = this.#varint(bytes);
      const end = i + this.#varint(bytes);
      if (!(end > i && end <= count)) return -1;
      this.values.fill(value, i, end);
      i = end;
    }
    return this.#at;
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

function measure(values: readonly number[]): { zero: boolean; plain: number; runs: number } {
  const sizes = { zero: true, plain: 0, runs: 0 };
  for (let from = 0, to = 0; from < values.length; from = to) {
    to = endOfRun(values, from);
    const size = varintLength(values[from] as number);
    sizes.zero &&= values[from] === 0;
    sizes.plain += size * (to - from);
    sizes.runs += size + varintLength(to - from);
  }
  return sizes;
}

function endOfRun(values: readonly number[], from: number): number {
  const value = values[from];
  let to = from + 1;
  while (to < values.length && values[to] === value) to++;
  return to;
}
