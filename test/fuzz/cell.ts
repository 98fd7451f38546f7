import type { Kind } from '../../src/provenance/origin.ts';

/**
 * One UTF-16 unit that came to be once. Wherever the same object stands, the same unit stands: copied, brought
 * back by an undo, read again from its file. That is the whole truth, and no text is ever compared for it.
 */
export interface Cell {
  readonly unit: string;
  /** What it may be shown as: one kind, where the truth is known to the editor; `unknown` only where that is said. */
  kinds: readonly Kind[];
  /** Its serial is the same for ever. Not where nobody can tell it from another. */
  firm: boolean;
  /** When it came to be: the count of all. */
  readonly born: number;
  /** All that say the same: what is looked for by its text alone may be taken for any of them. */
  family?: Set<Cell>;
}

export type Cells = readonly Cell[];

let count = 0;

/** How many cells have come to be. */
export function births(): number {
  return count;
}

/** New cells of a text, all of the same kinds. */
export function born(text: string, ...kinds: readonly Kind[]): Cell[] {
  return [...Array(text.length).keys()].map(i => ({ unit: text[i]!, kinds, firm: true, born: count++ }));
}

export function textOf(cells: Cells): string {
  let text = '';
  for (const { unit } of cells) text += unit;
  return text;
}

/** From now on these may also be shown as these kinds, and their serials tell nothing. */
export function loosen(cells: Cells, ...kinds: readonly Kind[]): void {
  for (const cell of cells) {
    cell.firm = false;
    if (!kinds.every(kind => cell.kinds.includes(kind))) cell.kinds = [...new Set([...cell.kinds, ...kinds])];
  }
}

/** Other cells that say the same: copies of which nobody knows whether they repeat the serials. */
export function likeness(cells: Cells, ...others: readonly Kind[]): Cell[] {
  return cells.map(cell => {
    const like = { ...born(cell.unit, ...new Set([...cell.kinds, ...others]))[0]!, firm: false };
    cell.family ??= new Set([cell]);
    like.family = cell.family.add(like);
    return like;
  });
}

/** These were looked for by their text alone. */
export function entangle(cells: Cells): void {
  for (const cell of new Set(cells)) {
    if (cell.family) loosen([cell], ...[...cell.family].flatMap(({ kinds }) => kinds));
  }
}

export function isSpace({ unit }: Cell): boolean {
  return /\s/.test(unit);
}

const ranges: readonly (readonly [from: number, to: number])[] = [
  [0xac00, 0xd7a3],
  [0x4e00, 0x9fff],
  [0x17000, 0x187f7],
  [0xa000, 0xa48c],
  [0x20000, 0x2a6df],
];
const ownLetters = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіabcdefghijklmnopqrstuvwxyz';

/** Letters that each come once: Hangul, Han, Tangut, Yi (some in two units), some with a mark of their own. */
export class Pool {
  #next: number[] = ranges.map(([from]) => from);
  #own = 0;
  #lone = 0xd800;

  /** `pick` chooses the script and the mark. */
  letter(pick: number): string {
    if (pick % 7 === 6 && this.#own < ownLetters.length) return ownLetters[this.#own++]!;
    for (let i = 0; i < ranges.length; i++) {
      const k = (pick + i) % ranges.length;
      if (this.#next[k]! > ranges[k]![1]) continue;
      const letter = String.fromCodePoint(this.#next[k]!++);
      return pick % 23 === 0 ? `${letter}\u0301` : letter;
    }
    throw new Error('the pool is empty');
  }

  /** A syllable of Hangul. */
  syllable(): string {
    return this.#of(0);
  }

  /** A letter of Han. */
  han(): string {
    return this.#of(1);
  }

  #of(script: number): string {
    if (this.#next[script]! > ranges[script]![1]) throw new Error('the pool is empty');
    return String.fromCodePoint(this.#next[script]!++);
  }

  /** A high surrogate with nothing after it. */
  lone(): string {
    return String.fromCharCode(this.#lone++);
  }

  /** Words of two to six letters, spaces between, sometimes a sign or a line end. */
  words(count: number, pick: number): string {
    let text = '';
    for (let i = 0; i < count; i++) {
      if (i > 0) text += (pick + i) % 5 === 0 ? '\n' : ' ';
      for (let k = 2 + ((pick + i * 3) % 5); k > 0; k--) text += this.letter(pick + i * 7 + k);
      if ((pick + i) % 4 === 0) text += '.';
    }
    return text;
  }
}
