import type { Kind } from '../../../src/provenance/origin.ts';
import type { Known } from './truth.ts';

/** Counts characters by what they are known to be and what they were found to be. */
export class Matrix {
  readonly #cells = new Map<Known, Map<Kind, number>>();

  add(known: Known, found: Kind, characters = 1): void {
    const row = this.#cells.get(known) ?? new Map<Kind, number>();
    row.set(found, (row.get(found) ?? 0) + characters);
    this.#cells.set(known, row);
  }

  count(known: Known, found?: Kind): number {
    const row = this.#cells.get(known);
    if (!row) return 0;
    return found === undefined ? [...row.values()].reduce((a, b) => a + b, 0) : (row.get(found) ?? 0);
  }

  /** Rows whose truth is something else than typing, found `typed`. */
  falselyTyped(): { known: Known; characters: number }[] {
    return [...this.#cells]
      .filter(([known]) => known !== 'typed' && known !== 'typed without a kind' && known !== 'typed by command')
      .map(([known, row]) => ({ known, characters: row.get('typed') ?? 0 }))
      .filter(({ characters }) => characters > 0);
  }

  toJSON(): Record<string, Record<string, number>> {
    return Object.fromEntries([...this.#cells].map(([known, row]) => [known, Object.fromEntries(row)]));
  }

  /** A Markdown table: truth down, finding across. */
  toString(): string {
    const found = [...new Set([...this.#cells.values()].flatMap(row => [...row.keys()]))];
    const lines = [`| truth \\ found | ${found.join(' | ')} | all |`, `|---|${found.map(() => '--:|').join('')}--:|`];
    for (const [known, row] of this.#cells) {
      lines.push(`| ${known} | ${found.map(kind => row.get(kind) ?? '').join(' | ')} | ${this.count(known)} |`);
    }
    return lines.join('\n');
  }
}
