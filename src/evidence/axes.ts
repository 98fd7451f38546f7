import { type Hand, hands } from '../provenance/origin.ts';
import { bounds, type Share } from '../provenance/tally.ts';
import type { ActTable } from './acts.ts';
import type { HandCounts } from './flow.ts';
import { classOf, half, letter, space } from './letters.ts';
import { places } from './measures.ts';

/** Words or lines, each counted for one hand, or as `mixed`; they add up to `total`. */
export interface Split {
  readonly total: number;
  readonly hands: Readonly<Record<Hand, number>>;
  /** Of more than one hand. */
  readonly mixed: number;
  /** Lines of nothing but white space, which are of no hand; of words there are none. */
  readonly blank: number;
}

/**
 * One text, or part of it, on three axes: whose the characters are now, who first wrote the passages they stand in, and who
 * put them where they are. Characters are code points; those of one text are the sum of its parts'.
 */
export interface Axes {
  readonly characters: number;
  readonly whitespace: number;
  /** Current state, white space included. */
  readonly hands: Readonly<Record<Hand, number>>;
  readonly human: Share;
  readonly machine: Share;
  readonly unknown: number;
  /** Runs without white space that have a letter or digit; a word counts for the hand of all its letters and digits. */
  readonly words: Split;
  /** A line counts for the hand of all that is in it but white space. */
  readonly lines: Split;
  /**
   * Origin: characters, white space apart, by the hand for which the first version of their passage counts, and within
   * it by whose they are now.
   */
  readonly origin: ActTable;
  /** Bounds on the origin axis: characters in passages that a person, or a machine, wrote first ÷ all of them. */
  readonly firstHuman: Share;
  readonly firstMachine: Share;
  /** Arrangement: characters that an act of moving, copying or dragging put where they stand, by who acted. */
  readonly arranged: HandCounts;
}

const count = hands.length;
const none = -1;
const many = -2;

/** Adds up characters, words and lines of one part, in the order of the text. Mutable. */
export class AxesSum {
  readonly #characters = new Float64Array(count);
  readonly #whitespace = new Float64Array(count);
  readonly #origin = new Float64Array(count * count);
  readonly #arranged = new Float64Array(count);
  readonly #words = new Float64Array(count + 1);
  readonly #lines = new Float64Array(count + 2);
  #word = none;
  #line = none;
  #begun = false;

  /** Units `from` to `to` of a text, all of one hand, in passages of one first hand (a rank; -1: of none). */
  add(text: string, from: number, to: number, hand: number, first: number, arranger: number): void {
    let [characters, spaces] = [0, 0];
    let word = this.#word;
    let line = this.#line;
    for (let at = from; at < to; at++) {
      const unit = text.charCodeAt(at);
      const sort = classOf(unit, text, at);
      if (sort === half) continue;
      characters++;
      this.#begun = true;
      if (sort === space) {
        spaces++;
        if (word !== none) {
          this.#words[word === many ? count : word]!++;
          word = none;
        }
        if (unit === 0x0a) {
          this.#lines[line === none ? count + 1 : line === many ? count : line]!++;
          line = none;
          this.#begun = false;
        }
        continue;
      }
      if (line !== hand) line = line === none ? hand : many;
      if (sort === letter && word !== hand) word = word === none ? hand : many;
    }
    this.#word = word;
    this.#line = line;
    this.#characters[hand]! += characters;
    this.#whitespace[hand]! += spaces;
    if (first >= 0) this.#origin[first * count + hand]! += characters - spaces;
    if (arranger >= 0) this.#arranged[arranger]! += characters;
  }

  /** The part ends. `last`: the text ends with it, and so its last line, even an empty one. */
  end(last: boolean): void {
    if (this.#word !== none) this.#words[this.#word === many ? count : this.#word]!++;
    if (last || this.#begun) {
      this.#lines[this.#line === none ? count + 1 : this.#line === many ? count : this.#line]!++;
    }
    this.#word = this.#line = none;
    this.#begun = false;
  }

  addAll(other: AxesSum): void {
    const pairs = [
      [this.#characters, other.#characters],
      [this.#whitespace, other.#whitespace],
      [this.#origin, other.#origin],
      [this.#arranged, other.#arranged],
      [this.#words, other.#words],
      [this.#lines, other.#lines],
    ] as const;
    for (const [own, more] of pairs) for (let i = 0; i < own.length; i++) own[i]! += more[i]!;
  }

  axes(): Axes {
    const state = recordOf(this.#characters);
    const rows = hands.map((_, row) => sumOf(this.#origin.subarray(row * count, (row + 1) * count)));
    const now = bounds({ kinds: {}, hands: state, length: sumOf(this.#characters) });
    const first = bounds({ kinds: {}, hands: recordOf(rows), length: sumOf(rows) });
    return {
      characters: sumOf(this.#characters),
      whitespace: sumOf(this.#whitespace),
      hands: state,
      human: rounded(now.human),
      machine: rounded(now.machine),
      unknown: places(now.unknown),
      words: splitOf(this.#words, 0),
      lines: splitOf(this.#lines, this.#lines[count + 1]!),
      origin: this.#table(rows),
      firstHuman: rounded(first.human),
      firstMachine: rounded(first.machine),
      arranged: countsOf(this.#arranged),
    };
  }

  #table(rows: readonly number[]): ActTable {
    const table: ActTable = {};
    hands.forEach((hand, row) => {
      if (rows[row]! > 0) table[hand] = countsOf(this.#origin.subarray(row * count, (row + 1) * count));
    });
    return table;
  }
}

function splitOf(of: Float64Array, blank: number): Split {
  const byHand = recordOf(of);
  const mixed = of[count]!;
  return { total: sumOf(of.subarray(0, count)) + mixed + blank, hands: byHand, mixed, blank };
}

function recordOf(of: ArrayLike<number>): Record<Hand, number> {
  return Object.fromEntries(hands.map((hand, i) => [hand, of[i]!])) as Record<Hand, number>;
}

function countsOf(of: ArrayLike<number>): HandCounts {
  return Object.fromEntries(hands.flatMap((hand, i) => (of[i]! > 0 ? [[hand, of[i]!]] : [])));
}

function sumOf(of: Iterable<number>): number {
  let sum = 0;
  for (const n of of) sum += n;
  return sum;
}

function rounded({ low, high }: Share): Share {
  return { low: places(low), high: places(high) };
}
