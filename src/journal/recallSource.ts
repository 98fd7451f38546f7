import type { Provenance } from '../provenance/provenance.ts';
import type { Span } from '../provenance/span.ts';
import { sliceSpans } from '../provenance/spans.ts';
import type { TrackerState } from './documentState.ts';
import { printsOf } from './recallPrints.ts';
import type { RecallStore } from './recallStore.ts';
import { RecallTable } from './recallTable.ts';

/** A text in which something may be found. */
export interface Source {
  readonly document: number;
  /** It is what a document holds now. */
  readonly stands: boolean;
  /** When a step took it away, ms since 1970 UTC; absent of a whole text. */
  readonly removed?: number;
  readonly length: number;
  unit(at: number): number;
  slice(from: number, to: number): string;
  spans(from: number, to: number): readonly Span[];
}

/** What one tracker held when it was looked at last. */
export class LiveSource implements Source {
  readonly document: number;
  readonly table = new RecallTable();
  readonly version: number;
  readonly #text: string;
  readonly #provenance: Provenance;
  stands = true;

  constructor({ document, version, content }: TrackerState) {
    this.document = document.document;
    this.version = version;
    this.#text = content.text.toString();
    this.#provenance = content.provenance.clone();
    printsOf(this.#text, (hash, at) => this.table.put(hash, at));
  }

  get length(): number {
    return this.#text.length;
  }

  unit(at: number): number {
    return this.#text.charCodeAt(at);
  }

  slice(from: number, to: number): string {
    return this.#text.slice(from, to);
  }

  spans(from: number, to: number): readonly Span[] {
    return this.#provenance.slice(from, to);
  }
}

/** A kept passage, its text read where it is looked at. */
export class PassageSource implements Source {
  readonly document: number;
  readonly removed?: number;
  readonly stands: boolean;
  readonly length: number;
  /** See `Passage`. */
  readonly sequence: number;
  readonly time: number;
  readonly #store: RecallStore;
  readonly #id: number;
  readonly #spans: readonly Span[];
  #start = 0;
  #part = '';

  /** Undefined where the passage is gone. `stands` tells whether a document's whole text is still so. */
  static of(store: RecallStore, id: number, stands: (document: number) => boolean): PassageSource | undefined {
    const kept = store.passage(id);
    return kept && new PassageSource(store, kept, kept.kind === 'text' && stands(kept.document));
  }

  private constructor(store: RecallStore, kept: NonNullable<ReturnType<RecallStore['passage']>>, stands: boolean) {
    this.#store = store;
    this.#id = kept.id;
    this.#spans = kept.spans;
    this.document = kept.document;
    this.length = kept.length;
    this.sequence = kept.sequence;
    this.time = kept.time;
    this.stands = stands;
    if (kept.kind === 'removed') this.removed = kept.time;
  }

  /** NaN outside the text. */
  unit(at: number): number {
    if (at < this.#start || at >= this.#start + this.#part.length) {
      const part = at < 0 ? undefined : this.#store.part(this.#id, at);
      if (part === undefined) return Number.NaN;
      this.#start = part.start;
      this.#part = part.text;
    }
    return this.#part.charCodeAt(at - this.#start);
  }

  slice(from: number, to: number): string {
    let out = '';
    for (let at = Math.max(0, from); at < Math.min(to, this.length); at++) out += String.fromCharCode(this.unit(at));
    return out;
  }

  spans(from: number, to: number): readonly Span[] {
    return sliceSpans(this.#spans, from, to);
  }
}
