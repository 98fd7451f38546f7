import type { Range } from './occurrences.ts';
import { partsOf } from './parts.ts';

/** Words in a row by which a passage is known again in a text that has no serials, such as an agent's record. */
const row = 3;
/** A passage of fewer words is known again as a whole, if it has so many units. */
const fewest = 4;

/** The wording of passages. Mutable. */
export class PassageWords {
  readonly #rows = new Set<string>();
  readonly #short = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#rows.size + this.#short.size === 0;
  }

  add(passage: string): void {
    const words = wordsOf(passage).map(({ from, to }) => passage.slice(from, to));
    for (let i = 0; i + row <= words.length; i++) this.#rows.add(words.slice(i, i + row).join(' '));
    const all = words.join(' ');
    if (words.length < row && all.length >= fewest) this.#short.set(all, words.length);
  }

  /** Words of a text that stand in it as in a passage, neighbours joined. */
  *within(text: string): Generator<Range, void, undefined> {
    if (this.isEmpty) return;
    const words = wordsOf(text);
    const lengths = new Set([...(this.#rows.size > 0 ? [row] : []), ...this.#short.values()]);
    for (const length of lengths) {
      for (let i = 0; i + length <= words.length; i++) {
        const said = words.slice(i, i + length);
        const key = said.map(({ from, to }) => text.slice(from, to)).join(' ');
        if (this.#rows.has(key) || this.#short.get(key) === length)
          yield { from: said[0]!.from, to: said[length - 1]!.to };
      }
    }
  }
}

function wordsOf(text: string): Range[] {
  return partsOf(text).filter(({ space }) => !space);
}
