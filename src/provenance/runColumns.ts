import type { Span } from './span.ts';

/** Runs in order, in typed columns: what a tree is loaded from. Canonical: no run is empty, none goes on from the one before. */
export class RunColumns {
  count = 0;
  lengths: Int32Array<ArrayBuffer>;
  values: Float64Array<ArrayBuffer>;

  constructor(room: number) {
    this.lengths = new Int32Array(Math.max(16, room));
    this.values = new Float64Array(this.lengths.length);
  }

  /** Spans as runs; neighbours whose values go on become one. */
  static of(spans: Iterable<Span> | RunColumns, step: 0 | 1): RunColumns {
    if (spans instanceof RunColumns) return spans;
    const runs = new RunColumns(Array.isArray(spans) ? spans.length : 0);
    let next = Number.NaN;
    for (const { length, serial } of spans) {
      if (serial === next) runs.lengths[runs.count - 1]! += length;
      else if (length > 0) runs.push(length, serial);
      else continue;
      next = serial + length * step;
    }
    return runs;
  }

  /** The caller sees to it that it is not empty and does not go on from the one before. */
  push(length: number, value: number): void {
    const { count } = this;
    if (count === this.lengths.length) {
      const { lengths, values } = this;
      this.lengths = new Int32Array(count * 2);
      this.values = new Float64Array(count * 2);
      this.lengths.set(lengths);
      this.values.set(values);
    }
    this.lengths[count] = length;
    this.values[count] = value;
    this.count++;
  }
}
