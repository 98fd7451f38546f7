import { type Hand, handOf, hands } from '../provenance/origin.ts';
import type { MarkedSpan } from './line.ts';

export interface LineRun {
  readonly first: number;
  readonly last: number;
}

/** A text, line by line; offsets as in `Line`: a line end is one. */
export interface RulerText {
  readonly lineCount: number;
  readonly lineAt: (line: number) => string;
  /** As `Line.spansIn`. */
  readonly spansIn: (from: number, to: number) => readonly MarkedSpan[] | undefined;
}

export type RulerRuns = Readonly<Record<Hand, readonly LineRun[]>>;

/** More runs than pixels of a ruler are no use: lines are taken together so that fewer remain. */
const rows = 1_000;
/** Characters that are looked at in one step: at worst, each a span of its own, they take a millisecond. */
const slice = 4_096;

/** The part of the text that one step looks at. */
interface Slice {
  readonly text: string;
  /** Number of its first line, and where in it each further line begins. */
  readonly line: number;
  readonly starts: readonly number[];
}

/**
 * Runs of lines on which a hand has characters other than white space, hand by hand, for the overview
 * ruler; lines between two such of one span count too. Of a text of more than `rows` lines, rows of
 * several lines each count as one. Mutable: looks at the text slice by slice, which must not change meanwhile.
 */
export class Ruler {
  readonly #text: RulerText;
  readonly #slice: number;
  readonly #step: number;
  readonly #runs = Object.fromEntries(hands.map(hand => [hand, []])) as unknown as Record<Hand, LineRun[]>;
  /** Where the next slice begins. */
  #line = 0;
  #character = 0;
  #at = 0;
  /** The span that ended the slice before, and the last line on which it has a character. */
  #before: MarkedSpan | undefined;
  #until: number | undefined;
  #known = true;

  constructor(text: RulerText, characters: number = slice) {
    this.#text = text;
    this.#slice = characters;
    this.#step = Math.max(1, Math.ceil(text.lineCount / rows));
  }

  /** Looks at the next slice; false when there is none. */
  step(): boolean {
    if (!this.#known || this.#line >= this.#text.lineCount) return false;
    const part = this.#take();
    const end = this.#at + part.text.length;
    const spans = this.#text.spansIn(this.#at, end);
    this.#at = end;
    this.#known = spans !== undefined;
    if (spans !== undefined) this.#mark(part, spans);
    return this.#known;
  }

  /** What the steps so far have found; `undefined` where the spans are not known. */
  get runs(): RulerRuns | undefined {
    return this.#known ? this.#runs : undefined;
  }

  /** From where the last slice ended; goes on behind it. */
  #take(): Slice {
    const parts: string[] = [];
    const starts: number[] = [];
    const line = this.#line;
    for (let left = this.#slice; left > 0 && this.#line < this.#text.lineCount; ) {
      const own = this.#text.lineAt(this.#line);
      const part = own.slice(this.#character, this.#character + left);
      parts.push(part);
      left -= part.length;
      this.#character += part.length;
      if (left === 0 && this.#character < own.length) break;
      this.#line++;
      this.#character = 0;
      if (this.#line === this.#text.lineCount) break;
      parts.push('\n');
      left--;
      starts.push(this.#slice - left);
    }
    return { text: parts.join(''), line, starts };
  }

  #mark({ text, line, starts }: Slice, spans: readonly MarkedSpan[]): void {
    let [row, at] = [0, 0];
    const lineOf = (offset: number): number => {
      while (row < starts.length && starts[row]! <= offset) row++;
      return line + row;
    };
    let until: number | undefined;
    for (const [i, span] of spans.entries()) {
      const piece = text.slice(at, at + span.length);
      const from = at + span.length - piece.trimStart().length;
      const to = at + piece.trimEnd().length;
      at += span.length;
      // Neighbours differ: an equal one goes on from the slice before.
      until = i === 0 && sameSpan(span, this.#before) ? this.#until : undefined;
      if (from >= to) continue;
      const first = until ?? lineOf(from);
      until = lineOf(to - 1);
      this.#put(this.#runs[handOf(span.origin.kind)], first, until);
    }
    this.#before = spans.at(-1) ?? this.#before;
    if (spans.length > 0) this.#until = until;
  }

  #put(runs: LineRun[], firstLine: number, lastLine: number): void {
    const first = firstLine - (firstLine % this.#step);
    const last = Math.min(lastLine - (lastLine % this.#step) + this.#step, this.#text.lineCount) - 1;
    const before = runs.at(-1);
    if (before !== undefined && first <= before.last + 1)
      runs[runs.length - 1] = { first: before.first, last: Math.max(before.last, last) };
    else runs.push({ first, last });
  }
}

function sameSpan(a: MarkedSpan, b: MarkedSpan | undefined): boolean {
  return a.origin === b?.origin && a.placement === b.placement;
}
