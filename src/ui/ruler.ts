import { type Hand, handOf, hands } from '../provenance/origin.ts';
import type { MarkedSpan } from './line.ts';

export interface LineRun {
  readonly first: number;
  readonly last: number;
}

/** More runs than pixels of a ruler are no use: lines are taken together so that fewer remain. */
const rows = 1_000;

/**
 * Runs of lines on which a hand has characters other than white space, hand by hand, for the overview
 * ruler. Of a text of more than `rows` lines, rows of several lines each count as one. `spans` cover
 * the text, which may have `\r\n` line ends (counted as one).
 */
export function rulerLines(text: string, spans: readonly MarkedSpan[]): Record<Hand, readonly LineRun[]> {
  const content = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  const starts = lineStarts(content);
  const step = Math.max(1, Math.ceil(starts.length / rows));
  const runs = Object.fromEntries(hands.map(hand => [hand, []])) as unknown as Record<Hand, LineRun[]>;
  let line = 0;
  let at = 0;
  const lineAt = (offset: number): number => {
    while (line + 1 < starts.length && starts[line + 1]! <= offset) line++;
    return line;
  };
  for (const { length, origin } of spans) {
    const piece = content.slice(at, at + length);
    const from = at + length - piece.trimStart().length;
    const to = at + piece.trimEnd().length;
    at += length;
    if (from >= to) continue;
    const first = lineAt(from);
    const last = lineAt(to - 1);
    mark(runs[handOf(origin.kind)], first - (first % step), last - (last % step) + step - 1, starts.length - 1);
  }
  return runs;
}

function mark(runs: LineRun[], first: number, last: number, end: number): void {
  const before = runs.at(-1);
  const until = Math.min(last, end);
  if (before !== undefined && first <= before.last + 1)
    runs[runs.length - 1] = { first: before.first, last: Math.max(before.last, until) };
  else runs.push({ first, last: until });
}

/** Offset of each line's first character. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
