import * as vscode from 'vscode';
import type { Copied } from './pending.ts';
import type { Tracker } from './tracker.ts';
import { offsetAt } from './translate.ts';

/**
 * What the editor is copying from a tracked document, with its serials. A cut calls the copy hook after it has
 * taken the text out; then the ranges are those of the text before. One for each range, in order of place. `tracked`:
 * the serials are not known, as those of a text that is not settled.
 */
export function copiedFrom(
  tracker: Tracker,
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
): readonly Copied[] | 'tracked' {
  const [range] = ranges;
  if (!range) return 'tracked';
  if (ranges.length > 1) return copiedPieces(tracker, document, ranges);
  const from = offsetAt(document, range.start);
  const cut = tracker.cut(from);
  const breaks = range.end.line - range.start.line;
  // A whole line is cut with its line break, which the range leaves out, when nothing was selected.
  if (cut && (lineBreaks(cut.text) === breaks || (cut.text.endsWith('\n') && lineBreaks(cut.text) === breaks + 1)))
    return [cut];
  // With nothing selected the whole line is copied, and its line break with it, which the range leaves out.
  const whole = vscode.window.activeTextEditor?.selection.isEmpty === true && range.start.character === 0;
  const end = whole && range.end.line + 1 < document.lineCount ? new vscode.Position(range.end.line + 1, 0) : range.end;
  const copied = tracker.copy(from, offsetAt(document, end));
  return copied ? [copied] : 'tracked';
}

function copiedPieces(
  tracker: Tracker,
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
): readonly Copied[] | 'tracked' {
  const sorted = [...ranges].sort((a, b) => a.start.compareTo(b.start));
  const cuts = tracker.cuts();
  if (cuts.length > 0) {
    const fit = sorted.every(({ start, end }, i) => lineBreaks(cuts[i]?.text ?? '') === end.line - start.line);
    return fit && cuts.length === sorted.length ? cuts : 'tracked';
  }
  const copied = sorted.flatMap(({ start, end, isEmpty }) => {
    const one = isEmpty ? undefined : tracker.copy(offsetAt(document, start), offsetAt(document, end));
    return one ? [one] : [];
  });
  return copied.length === sorted.length ? copied : 'tracked';
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}
