import type { Span } from '../provenance/span.ts';

/** The spans of a text as it last stood, of which parts are replaced. Mutable. */
export class SpanList {
  readonly #spans: Span[] = [];
  length = 0;

  /** Puts spans in the place of those from one offset to another; gives those that stood there. Cost: linear in spans. */
  replace(from: number, to: number, spans: readonly Span[]): readonly Span[] {
    const first = this.#cut(from);
    const last = this.#cut(to);
    const gone = this.#spans.slice(first, last);
    const after = this.#spans.splice(first);
    for (const span of spans) this.#spans.push(span);
    for (let i = last - first; i < after.length; i++) this.#spans.push(after[i]!);
    this.length += spans.reduce((n, { length }) => n + length, 0) - (to - from);
    return gone;
  }

  /** Rank of the span that begins at an offset, where one is made to. */
  #cut(offset: number): number {
    let at = 0;
    for (let i = 0; i < this.#spans.length; i++) {
      if (at === offset) return i;
      const { serial, length } = this.#spans[i]!;
      if (at + length > offset) {
        const head = offset - at;
        this.#spans.splice(i, 1, { serial, length: head }, { serial: serial + head, length: length - head });
        return i + 1;
      }
      at += length;
    }
    return this.#spans.length;
  }
}
