import type { Span } from '../../src/provenance/span.ts';
import { pushSpan } from '../../src/provenance/spans.ts';

/** One serial a character in a flat array that is shifted by every edit: plain, and quick enough for long traces. */
export class SerialTable {
  length: number;
  serials: Float64Array<ArrayBuffer>;

  /** Characters with the serials from 0 on. */
  constructor(length: number) {
    this.length = length;
    this.serials = Float64Array.from({ length: Math.max(1024, length * 2) }, (_, i) => i);
  }

  /** `count` characters with the serials from `first` on take the place of `from`..`to`. */
  replace(from: number, to: number, count: number, first: number): void {
    const length = this.length - (to - from) + count;
    if (length > this.serials.length) {
      const wider = new Float64Array(length * 2);
      wider.set(this.serials);
      this.serials = wider;
    }
    this.serials.copyWithin(from + count, to, this.length);
    for (let i = 0; i < count; i++) this.serials[from + i] = first + i;
    this.length = length;
  }

  spans(): Span[] {
    const out: Span[] = [];
    for (let i = 0; i < this.length; i++) pushSpan(out, { length: 1, serial: this.serials[i]! });
    return out;
  }
}
