import type { Span } from './span.ts';

/** Spans of one text. `step` 1: serials run on inside a span; 0: every character of a span has its value. */
export class SpanTree {
  #spans: Span[] = [];
  readonly #step: 0 | 1;

  constructor(spans: Iterable<Span> = [], step: 0 | 1 = 1) {
    this.#step = step;
    this.#spans = joined(spans, step);
  }

  get length(): number {
    return this.#spans.reduce((n, s) => n + s.length, 0);
  }

  get count(): number {
    return this.#spans.length;
  }

  replace(from: number, to: number, spans: readonly Span[]): void {
    const length = this.length;
    if (!(from >= 0 && from <= to && to <= length)) throw new RangeError(`${from}-${to} is not in ${length}`);
    this.#spans = joined([...this.slice(0, from), ...spans, ...this.slice(to, length)], this.#step);
  }

  slice(from: number, to: number): Span[] {
    const out: Span[] = [];
    let at = 0;
    for (const { length, serial } of this.#spans) {
      const start = Math.max(from, at);
      const end = Math.min(to, at + length);
      if (end > start) out.push({ length: end - start, serial: serial + (start - at) * this.#step });
      at += length;
    }
    return out;
  }

  spans(): Span[] {
    return [...this.#spans];
  }

  clone(): SpanTree {
    return new SpanTree(this.#spans, this.#step);
  }

  toBytes(): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(this.#spans));
  }

  static fromBytes(bytes: Uint8Array, step: 0 | 1 = 1): SpanTree {
    return new SpanTree(JSON.parse(new TextDecoder().decode(bytes)) as Span[], step);
  }

  check(): void {
    if (this.#spans.some(s => s.length <= 0)) throw new Error('an empty span');
  }
}

function joined(spans: Iterable<Span>, step: 0 | 1): Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    if (span.length === 0) continue;
    const last = out.at(-1);
    if (last !== undefined && last.serial + last.length * step === span.serial) {
      out[out.length - 1] = { length: last.length + span.length, serial: last.serial };
    } else out.push(span);
  }
  return out;
}
