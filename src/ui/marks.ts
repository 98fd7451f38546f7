import { type Hand, handOf, hands } from '../provenance/origin.ts';
import type { MarkedSpan } from './line.ts';

/** A piece of one line; `from` and `to` are UTF-16 code units within the line. */
export interface Mark {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** How a line's characters are of hands: of one, or of several. */
export type LineHand = Hand | 'mixed';

export interface Marks {
  readonly pieces: Readonly<Record<Hand, readonly Mark[]>>;
  /** The hand of each line that has characters other than white space. */
  readonly lines: ReadonlyMap<number, LineHand>;
}

/**
 * The pieces of consecutive lines to mark, by hand. `lines` are the lines' texts from line `first` on;
 * `spans` cover them with one character for each line end between them. Indents, white space at a
 * line's end and empty lines get no mark; neighbours of one hand are one piece.
 */
export function marksOf(first: number, lines: readonly string[], spans: readonly MarkedSpan[]): Marks {
  const pieces = emptyPieces();
  const byLine = new Map<number, LineHand>();
  let span = 0;
  let left = spans[0]?.length ?? 0;
  lines.forEach((text, index) => {
    const line = first + index;
    const start = text.length - text.trimStart().length;
    const end = text.trimEnd().length;
    let at = 0;
    while (at <= text.length && span < spans.length) {
      const run = Math.min(left, text.length + 1 - at);
      const hand = handOf(spans[span]!.origin.kind);
      add(pieces[hand], line, Math.max(at, start), Math.min(at + run, end));
      if (text.slice(at, at + run).trim() !== '') byLine.set(line, joined(byLine.get(line), hand));
      at += run;
      left -= run;
      if (left === 0) left = spans[++span]?.length ?? 0;
    }
  });
  return { pieces, lines: byLine };
}

function add(marks: Mark[], line: number, from: number, to: number): void {
  if (from >= to) return;
  const last = marks.at(-1);
  if (last?.line === line && last.to === from) marks[marks.length - 1] = { line, from: last.from, to };
  else marks.push({ line, from, to });
}

function joined(before: LineHand | undefined, hand: Hand): LineHand {
  return before === undefined || before === hand ? hand : 'mixed';
}

function emptyPieces(): Record<Hand, Mark[]> {
  return Object.fromEntries(hands.map(hand => [hand, []])) as unknown as Record<Hand, Mark[]>;
}
