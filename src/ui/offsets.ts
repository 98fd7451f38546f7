import type { Position, TextDocument } from 'vscode';

/** VS Code's `EndOfLine.CRLF`, named here so that this file needs no editor to run. */
const crlf = 2;

/** The core's offset of a position: VS Code counts `\r\n` as two, the core every line end as one. */
export function offsetOf(document: TextDocument, position: Position): number {
  const offset = document.offsetAt(position);
  return document.eol === crlf ? offset - position.line : offset;
}

/** The position at a core offset: the inverse of `offsetOf`; beyond the text it is the text's end. */
export function positionOf(document: TextDocument, offset: number): Position {
  if (document.eol !== crlf) return document.positionAt(offset);
  let low = 0;
  let high = document.lineCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsetOf(document, document.lineAt(middle).range.start) <= offset) low = middle;
    else high = middle - 1;
  }
  return document.positionAt(offset + low);
}
