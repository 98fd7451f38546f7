import type { Span } from '../provenance/span.ts';
import type { Change } from '../text/change.ts';

/**
 * Changes that lead to a text all of which is known: those given, and with them what they leave that is another
 * character of the same letter there. A word that stood elsewhere is not the word of the text that came. `spans`: of
 * `before`; `whole`: of the text after. Costs O(spans + changes).
 */
export function asWhole(
  before: string,
  spans: readonly Span[],
  changes: readonly Change[],
  whole: readonly Span[],
): readonly Change[] {
  const old = new Walk(spans);
  const now = new Walk(whole);
  const out: Change[] = [];
  const push = (change: Change) => {
    const last = out.at(-1);
    if (last?.to !== change.from) out.push(change);
    else out[out.length - 1] = { from: last.from, to: change.to, insert: last.insert + change.insert };
  };
  for (const change of [...changes, { from: before.length, to: before.length, insert: '' }]) {
    while (old.at < change.from) {
      const { at } = old;
      const length = Math.min(change.from - at, old.left, now.left);
      if (old.serial !== now.serial) push({ from: at, to: at + length, insert: before.slice(at, at + length) });
      old.go(length);
      now.go(length);
    }
    if (change.to > change.from || change.insert !== '') push(change);
    old.go(change.to - change.from);
    now.go(change.insert.length);
  }
  return out;
}

/** Goes over the characters of a text, from one run to the next. */
class Walk {
  readonly #spans: readonly Span[];
  #span = 0;
  #within = 0;
  /** Offset in the text. */
  at = 0;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  /** Of the character that comes next. */
  get serial(): number {
    return this.#next.serial + this.#within;
  }

  /** Characters left of its run. */
  get left(): number {
    return this.#next.length - this.#within;
  }

  get #next(): Span {
    const span = this.#spans[this.#span];
    if (span === undefined) throw new RangeError(`no character at ${this.at}`);
    return span;
  }

  go(length: number): void {
    this.at += length;
    this.#within += length;
    for (let span = this.#spans[this.#span]; span !== undefined && this.#within >= span.length; ) {
      this.#within -= span.length;
      span = this.#spans[++this.#span];
    }
  }
}
