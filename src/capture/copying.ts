import * as vscode from 'vscode';
import type { Copied } from './pending.ts';
import type { Tracker } from './tracker.ts';
import { offsetAt } from './translate.ts';

/**
 * What the editor is copying from a tracked document, with its serials. A cut calls the copy hook after it has
 * taken the text out; then the ranges are those of the text before. `tracked`: the serials are not told, as several
 * ranges are not told apart, and those of a text that is not settled are not known.
 */
export function copiedFrom(
  tracker: Tracker,
  document: vscode.TextDocument,
  ranges: readonly vscode.Range[],
): Copied | 'tracked' {
  const [range] = ranges;
  if (!range || ranges.length > 1) return 'tracked';
  const from = offsetAt(document, range.start);
  const cut = tracker.cut(from);
  const breaks = range.end.line - range.start.line;
  // A whole line is cut with its line break, which the range leaves out, when nothing was selected.
  if (cut && (lineBreaks(cut.text) === breaks || (cut.text.endsWith('\n') && lineBreaks(cut.text) === breaks + 1)))
    return cut;
  // With nothing selected the whole line is copied, and its line break with it, which the range leaves out.
  const whole = vscode.window.activeTextEditor?.selection.isEmpty === true && range.start.character === 0;
  const end = whole && range.end.line + 1 < document.lineCount ? new vscode.Position(range.end.line + 1, 0) : range.end;
  return tracker.copy(from, offsetAt(document, end)) ?? 'tracked';
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}
