import type { Change } from './change.ts';
import { isBorder, isSpace, partsOf } from './words.ts';

/** A run of a change's insert: `from` is where the step took it away, in old offsets; absent where it is new. */
export interface Piece {
  readonly length: number;
  readonly from?: number;
}

/** A run that one step took away and put in elsewhere counts as moved from so many characters on, … */
export const fewest = 24;
/** … so many of them letters or digits. Shorter ones, and rules of dashes, are alike by chance. */
const fewestLetters = 12;
/** Places of one word that are tried; in a text of equal lines all are alike. */
const tried = 64;

/**
 * What a step moved: for each change the runs of its insert, whole words from one place each, longest
 * first found from the start on; no character is moved twice. `removed[i]` is what `changes[i]` took
 * out. `short`: the step is known to rearrange text only, so that short runs count too, down to a
 * sign or a line end. Costs O(inserted + removed), each word tried at 64 places at most.
 */
export function moves(
  changes: readonly Change[],
  removed: readonly string[],
  short = false,
): readonly (readonly Piece[])[] {
  const source = new Source(changes, removed);
  if (source.isEmpty) return changes.map(({ insert }) => (insert === '' ? [] : [{ length: insert.length }]));
  return changes.map(({ insert }) => new Search(insert, source, short).pieces);
}

/** Whether the two sides are made of the same lines, in whatever order and however indented. */
export function isRearranged(removed: readonly string[], inserted: readonly string[]): boolean {
  const lines = (texts: readonly string[]) =>
    texts
      .flatMap(text => text.split('\n'))
      .map(line => line.trim())
      .filter(line => line !== '')
      .sort();
  const [a, b] = [lines(removed), lines(inserted)];
  return a.length > 0 && a.length === b.length && a.every((line, i) => line === b[i]);
}

/** All that a step took out, one piece after the other with a character between that is never moved. */
class Source {
  readonly text: string;
  /** 1: moved already, or no character of the step. */
  readonly used: Uint8Array;
  readonly #bases: readonly number[];
  readonly #starts: readonly number[];
  readonly #words = new Map<string, number[]>();

  constructor(changes: readonly Change[], removed: readonly string[]) {
    this.text = removed.join('\n');
    this.used = new Uint8Array(this.text.length);
    this.#bases = changes.map(({ from }) => from);
    let at = 0;
    this.#starts = removed.map(({ length }) => {
      const start = at;
      at += length + 1;
      if (at <= this.text.length) this.used[at - 1] = 1;
      return start;
    });
    const { starts, ends } = partsOf(this.text, 0, this.text.length);
    for (let i = 0; i < starts.length; i++) {
      const word = this.text.slice(starts[i], ends[i]);
      const places = this.#words.get(word);
      if (places === undefined) this.#words.set(word, [starts[i]!]);
      else places.push(starts[i]!);
    }
  }

  get isEmpty(): boolean {
    return this.#words.size === 0;
  }

  places(word: string): readonly number[] {
    return this.#words.get(word) ?? [];
  }

  /** Offset in the old text of a place here. */
  offset(place: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    return this.#bases[low]! + place - this.#starts[low]!;
  }
}

/** Looks for one insert's runs in what was taken out. */
class Search {
  readonly pieces: Piece[] = [];
  readonly #insert: string;
  readonly #source: Source;
  readonly #short: boolean;
  #at = 0;
  /** Where white space that is still free may be found, by character: nothing before it is free. */
  readonly #free = new Map<string, number>();

  constructor(insert: string, source: Source, short: boolean) {
    this.#insert = insert;
    this.#source = source;
    this.#short = short;
    const { starts, ends } = partsOf(insert, 0, insert.length);
    for (let i = 0; i < starts.length; i++) {
      if (starts[i]! >= this.#at) this.#word(starts[i]!, insert.slice(starts[i], ends[i]));
    }
    this.#between(insert.length);
  }

  #word(start: number, word: string): void {
    let best = { place: 0, length: 0 };
    let left = tried;
    for (const place of this.#source.places(word)) {
      if (this.#source.used[place] === 1) continue;
      const length = this.#reach(start, place);
      if (length > best.length) best = { place, length };
      if (--left === 0) break;
    }
    const { place, length } = best;
    if (length === 0) return;
    const lead = this.#lead(start, place);
    if (!this.#short && !counts(this.#insert.slice(start - lead, start + length))) return;
    this.#source.used.fill(1, place - lead, place + length);
    this.#between(start - lead);
    this.#moved(place - lead, lead + length);
  }

  /** How far both texts go on alike, whole words only. */
  #reach(start: number, place: number): number {
    const { text, used } = this.#source;
    const insert = this.#insert;
    const most = Math.min(insert.length - start, text.length - place);
    let n = 0;
    while (n < most && used[place + n] === 0 && insert.charCodeAt(start + n) === text.charCodeAt(place + n)) n++;
    while (n > 0 && (cuts(insert, start + n) || cuts(text, place + n))) n--;
    return n;
  }

  /** White space before both that is alike. */
  #lead(start: number, place: number): number {
    const { text, used } = this.#source;
    let n = 0;
    for (; start - n > this.#at && place - n > 0; n++) {
      const unit = this.#insert.charCodeAt(start - n - 1);
      if (!isSpace(unit) || used[place - n - 1] === 1 || text.charCodeAt(place - n - 1) !== unit) break;
    }
    return n;
  }

  /** What stands before `to` and came from nowhere; of a rearranged text its white space came from somewhere too. */
  #between(to: number): void {
    while (this.#short && this.#at < to) {
      const character = this.#insert[this.#at]!;
      const place = isSpace(character.charCodeAt(0)) ? this.#freeSpace(character) : -1;
      if (place < 0) break;
      this.#source.used[place] = 1;
      this.#moved(place, 1);
    }
    if (this.#at < to) this.pieces.push({ length: to - this.#at });
    this.#at = to;
  }

  #freeSpace(character: string): number {
    const { text, used } = this.#source;
    let place = text.indexOf(character, this.#free.get(character) ?? 0);
    while (place >= 0 && used[place] === 1) place = text.indexOf(character, place + 1);
    this.#free.set(character, place < 0 ? text.length : place);
    return place;
  }

  #moved(place: number, length: number): void {
    const from = this.#source.offset(place);
    const last = this.pieces.at(-1);
    if (last?.from !== undefined && last.from + last.length === from) {
      this.pieces[this.pieces.length - 1] = { length: last.length + length, from: last.from };
    } else this.pieces.push({ length, from });
    this.#at += length;
  }
}

/** Whether a cut here would part a word or a character. */
export function cuts(text: string, at: number): boolean {
  if (at >= text.length) return false;
  if (!isBorder(text, at)) return true;
  if (isSpace(text.charCodeAt(at - 1)) || isSpace(text.charCodeAt(at))) return false;
  return partsOf(text, at - 1, at + 1).starts.length === 1;
}

/** Whether a run is long enough, and of letters enough, not to be alike by chance. */
export function counts(run: string): boolean {
  if (run.length < fewest) return false;
  const { letters } = partsOf(run, 0, run.length);
  return Array.from(letters).reduce((n, count) => n + count, 0) >= fewestLetters;
}
