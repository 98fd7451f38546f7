import { type Composition, compose } from '../text/compose.ts';
import type { AlignedChange, Span } from './span.ts';
import { pushSpan, sliceSpans } from './spans.ts';

/** Text with the serials of its characters: `spans` add up to `text.length`. */
export interface Removed {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** A change that knows both what it inserts and what it removes. */
export interface TwoWayChange extends AlignedChange {
  readonly removed: Removed;
}

/** The same changes the other way round. */
export function inverse(changes: readonly TwoWayChange[]): TwoWayChange[] {
  let shift = 0;
  return changes.map(({ from, to, insert, spans, removed }) => {
    const start = from + shift;
    shift += insert.length - (to - from);
    const { text } = removed;
    return {
      from: start,
      to: start + insert.length,
      insert: text,
      spans: removed.spans,
      removed: { text: insert, spans },
    };
  });
}

/** Both steps as one, with the serials of all that is inserted and removed. */
export function composeTwoWay(first: readonly TwoWayChange[], next: readonly TwoWayChange[]): TwoWayChange[] {
  const collected = new Collected(first, next);
  const ahead = collected.changes;
  // What both steps remove is what their inverses, the other way round, insert.
  const back = new Collected(inverse(next), inverse(first)).changes;
  return ahead.map((change, i) => ({ ...change, removed: { text: back[i]!.insert, spans: back[i]!.spans } }));
}

/** Collects a composition as aligned changes in old offsets. */
class Collected implements Composition {
  readonly changes: AlignedChange[] = [];
  readonly #first: readonly AlignedChange[];
  readonly #next: readonly AlignedChange[];
  #from = 0;
  #to = 0;
  #insert = '';
  #spans: Span[] = [];

  constructor(first: readonly AlignedChange[], next: readonly AlignedChange[]) {
    this.#first = first;
    this.#next = next;
    compose(first, next, this);
    this.#close();
  }

  keep(n: number): void {
    this.#close();
    this.#to += n;
    this.#from = this.#to;
  }

  remove(n: number): void {
    this.#to += n;
  }

  first(index: number, start: number, end: number): void {
    const { insert, spans } = this.#first[index]!;
    this.#insert += insert.slice(start, end);
    for (const span of sliceSpans(spans, start, end)) pushSpan(this.#spans, span);
  }

  next(index: number): void {
    const { insert, spans } = this.#next[index]!;
    this.#insert += insert;
    for (const span of spans) pushSpan(this.#spans, span);
  }

  #close(): void {
    if (this.#to > this.#from || this.#insert !== '') {
      this.changes.push({ from: this.#from, to: this.#to, insert: this.#insert, spans: this.#spans });
      this.#insert = '';
      this.#spans = [];
    }
  }
}
