import * as vscode from 'vscode';
import type { FileFormat } from '../journal/event.ts';
import type { ChangeSet } from '../text/change.ts';
import { type ContentChange, fromContentChanges } from '../text/contentChanges.ts';

/** Scheme of the texts of notebooks' cells. */
export const cellScheme = 'vscode-notebook-cell';

/** The file that a text belongs to: of a cell, its notebook's. */
export function fileOf(uri: vscode.Uri): vscode.Uri {
  if (uri.scheme !== cellScheme) return uri;
  const of = (notebook: vscode.NotebookDocument) =>
    notebook.uri.path === uri.path && notebook.getCells().some(({ document }) => `${document.uri}` === `${uri}`);
  return vscode.workspace.notebookDocuments.find(of)?.uri ?? uri;
}

/**
 * Whether the text is its file's, as the editor says. Of a cell it always says so, and of an untitled text when its
 * first letter comes (measured); of neither it is ever true.
 */
export function isClean({ isDirty, isUntitled, uri }: vscode.TextDocument): boolean {
  return !isDirty && !isUntitled && uri.scheme !== cellScheme;
}

/** The document's text with `\n` line ends. */
export function textOf(document: vscode.TextDocument): string {
  const text = document.getText();
  return document.eol === vscode.EndOfLine.CRLF ? text.replaceAll('\r\n', '\n') : text;
}

/** Offset in the core's text: VS Code counts `\r\n` as two. */
export function offsetAt(document: vscode.TextDocument, position: vscode.Position): number {
  const offset = document.offsetAt(position);
  return document.eol === vscode.EndOfLine.CRLF ? offset - position.line : offset;
}

/** The event's changes over a text of `length`, whose line ends were `eol` before it. */
export function changesOf(event: vscode.TextDocumentChangeEvent, length: number, eol: FileFormat['eol']): ChangeSet {
  const changes = event.contentChanges.map(
    (c): ContentChange => ({
      rangeOffset: c.rangeOffset,
      rangeLength: c.rangeLength,
      startLine: c.range.start.line,
      endLine: c.range.end.line,
      text: c.text,
    }),
  );
  return fromContentChanges(length, changes, eol);
}

export function eolOf(document: vscode.TextDocument): FileFormat['eol'] {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

/** VS Code's encoding names that differ from the WHATWG labels. */
const labels: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  utf8bom: 'utf-8',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  iso88591: 'iso-8859-1',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
};

export function formatOf(document: vscode.TextDocument): FileFormat {
  const name = document.encoding;
  const encoding = labels[name] ?? name.replace(/^(windows)(\d+)$/, '$1-$2').replace(/^iso8859(\d+)$/, 'iso-8859-$1');
  return { encoding, bom: name === 'utf8bom' || name.startsWith('utf16'), eol: eolOf(document) };
}
