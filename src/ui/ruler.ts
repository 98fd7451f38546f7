import { type Hand, handOf, hands } from '../provenance/origin.ts';
import type { MarkedSpan } from './line.ts';
import { type LinedText, type TextSlice, TextSlices } from './textSlices.ts';

export interface LineRun {
  readonly first: number;
  readonly last: number;
}

export interface RulerText extends LinedText {
  /** As `Line.spansIn`. */
  readonly spansIn: (from: number, to: number) => readonly MarkedSpan[] | undefined;
}

export type RulerRuns = Readonly<Record<Hand, readonly LineRun[]>>;

/** More runs than pixels of a ruler are no use: lines are taken together so that fewer remain. */
const rows = 1_000;
/**
 * Runs of lines on which a hand has characters other than white space, hand by hand, for the overview
 * ruler; lines between two such of one span count too. Of a text of more than `rows` lines, rows of
 * several lines each count as one. Mutable: looks at the text slice by slice, which must not change meanwhile.
 */
export class Ruler {
  readonly #text: RulerText;
  readonly #slices: TextSlices;
  readonly #step: number;
  readonly #runs = Object.fromEntries(hands.map(hand => [hand, []])) as unknown as Record<Hand, LineRun[]>;
  /** The span that ended the slice before, and the last line on which it has a character. */
  #before: MarkedSpan | undefined;
  #until: number | undefined;
  #known = true;

  /** `size`: characters that a step looks at. */
  constructor(text: RulerText, size?: number) {
    this.#text = text;
    this.#slices = new TextSlices(text, size);
    this.#step = Math.max(1, Math.ceil(text.lineCount / rows));
  }

  /** Looks at the next slice; false when there is none. */
  step(): boolean {
    const slice = this.#known ? this.#slices.next() : undefined;
    if (slice === undefined) return false;
    const spans = this.#text.spansIn(slice.from, slice.from + slice.text.length);
    this.#known = spans !== undefined;
    if (spans !== undefined) this.#mark(slice, spans);
    return this.#known;
  }

  /** What the steps so far have found; `undefined` where the spans are not known. */
  get runs(): RulerRuns | undefined {
    return this.#known ? this.#runs : undefined;
  }

  #mark({ text, line, starts }: TextSlice, spans: readonly MarkedSpan[]): void {
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
