import type { Position, TextDocument } from 'vscode';

/** VS Code's `EndOfLine.CRLF`, named here so that this file needs no editor to run. */
const crlf = 2;

/** The core's offset of a position: VS Code counts `\r\n` as two, the core every line end as one. */
export function offsetOf(document: TextDocument, position: Position): number {
  const offset = document.offsetAt(position);
  return document.eol === crlf ? offset - position.line : offset;
}
