import type { Provenance } from '../provenance/provenance.ts';
import type { Run } from '../provenance/runs.ts';
import type { Span } from '../provenance/span.ts';

/** Spans of former texts that are kept, the newest. */
const most = 100_000;

/** Text that was there before, by what it holds: it comes back with the serials it had. */
export class Recall {
  readonly #texts = new Map<string, readonly Span[]>();
  #held = 0;

  /** A document's whole text is about to give way to another: `digest` of it, and what it is made of. */
  keep(document: number, digest: string, provenance: Provenance): void {
    const key = `${document}:${digest}`;
    if (provenance.count > most || this.#texts.has(key)) return;
    const spans = provenance.spans();
    this.#texts.set(key, spans);
    this.#held += spans.length;
    for (const [oldest, { length }] of this.#texts) {
      if (this.#held <= most) return;
      this.#texts.delete(oldest);
      this.#held -= length;
    }
  }

  /** What a document's whole text of this digest was made of, if it was there before. */
  whole(document: number, digest: string, length: number): readonly Span[] | undefined {
    const spans = this.#texts.get(`${document}:${digest}`);
    return spans?.reduce((n, span) => n + span.length, 0) === length ? spans : undefined;
  }

  /** The text cut into runs that are known from before and those that are not; lengths add up to the text's. */
  runs(text: string): readonly Run[] {
    return [{ length: text.length }];
  }
}
