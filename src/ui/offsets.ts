import type { Position, TextDocument } from 'vscode';

/** VS Code's `EndOfLine.CRLF`, named here so that this file needs no editor to run. */
const crlf = 2;

/** The core's offset of a position: VS Code counts `\r\n` as two, the core every line end as one. */
export function offsetOf(document: TextDocument, position: Position): number {
  const offset = document.offsetAt(position);
  return document.eol === crlf ? offset - position.line : offset;
}

/** The position of a core's offset; beyond the text, its end. */
export function positionOf(document: TextDocument, offset: number): Position {
  if (document.eol !== crlf) return document.positionAt(offset);
  // The last line that begins at or before the offset.
  let [low, high] = [0, document.lineCount - 1];
  while (low < high) {
    const line = (low + high + 1) >> 1;
    if (offsetOf(document, document.lineAt(line).range.start) <= offset) low = line;
    else high = line - 1;
  }
  const { start } = document.lineAt(low).range;
  return document.positionAt(document.offsetAt(start) + offset - offsetOf(document, start));
}
