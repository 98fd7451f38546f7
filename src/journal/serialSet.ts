import type { Span } from '../provenance/span.ts';

/** A set of serials, as disjoint ranges in order. Mutable. */
export class SerialSet {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  static of(spans: Iterable<Span>): SerialSet {
    const set = new SerialSet();
    for (const { serial, length } of spans) set.add(serial, length);
    return set;
  }

  get isEmpty(): boolean {
    return this.#starts.length === 0;
  }

  /** Number of serials. */
  get size(): number {
    return this.#starts.reduce((sum, start, i) => sum + this.#ends[i]! - start, 0);
  }

  /** Joins what it touches. */
  add(serial: number, length: number): void {
    if (length === 0) return;
    const first = lowest(this.#ends, serial);
    const behind = lowest(this.#starts, serial + length + 1);
    const start = Math.min(serial, this.#starts[first] ?? serial);
    const end = Math.max(serial + length, this.#ends[behind - 1] ?? 0);
    const joins = behind > first;
    this.#starts.splice(first, behind - first, joins ? start : serial);
    this.#ends.splice(first, behind - first, joins ? end : serial + length);
  }

  /** Whether any of these serials is in it. */
  touches(serial: number, length: number): boolean {
    const at = lowest(this.#ends, serial + 1);
    return length > 0 && at < this.#starts.length && this.#starts[at]! < serial + length;
  }

  touchesAny(spans: Iterable<Span>): boolean {
    if (this.isEmpty) return false;
    for (const { serial, length } of spans) if (this.touches(serial, length)) return true;
    return false;
  }

  /** Offsets of a text with these spans that are in it, as half-open runs, in order. */
  *within(spans: Iterable<Span>): Generator<{ readonly from: number; readonly to: number }, void, undefined> {
    let at = 0;
    for (const { serial, length } of spans) {
      for (let i = lowest(this.#ends, serial + 1); i < this.#starts.length && this.#starts[i]! < serial + length; i++) {
        const from = Math.max(this.#starts[i]!, serial);
        yield { from: at + from - serial, to: at + Math.min(this.#ends[i]!, serial + length) - serial };
      }
      at += length;
    }
  }

  spans(): Span[] {
    return this.#starts.map((serial, i) => ({ length: this.#ends[i]! - serial, serial }));
  }
}

/** Rank of the first value that is not below `bar`. */
function lowest(values: readonly number[], bar: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < bar) low = middle + 1;
    else high = middle;
  }
  return low;
}
