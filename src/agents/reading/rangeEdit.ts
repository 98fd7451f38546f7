import { fields, list, text } from './json.ts';

/**
 * The text after edits that all speak of the text before: `[{range: {startLineNumber, startColumn, endLineNumber,
 * endColumn}, text}]`, one-based, columns in UTF-16 code units, as VS Code writes them down. Places beyond the text's
 * end or a line's mean that end, as in VS Code. Line ends stay what the text's first one is. Undefined for what are no
 * such edits, and for edits that overlap.
 */
export function applyRanges(before: string, edits: unknown): string | undefined {
  const crlf = /\r\n|\n|\r/.exec(before)?.[0] === '\r\n';
  const plain = withPlainEnds(before);
  const starts = [0];
  for (let end = plain.indexOf('\n'); end >= 0; end = plain.indexOf('\n', end + 1)) starts.push(end + 1);
  const changes: { from: number; to: number; insert: string }[] = [];
  for (const entry of list(edits)) {
    const [edit, range] = [fields(entry), fields(fields(entry)?.range)];
    const from = offset(starts, plain.length, range?.startLineNumber, range?.startColumn);
    const to = offset(starts, plain.length, range?.endLineNumber, range?.endColumn);
    const insert = text(edit?.text) ?? (edit?.text === null ? '' : undefined);
    if (from === undefined || to === undefined || to < from || insert === undefined) return undefined;
    changes.push({ from, to, insert: withPlainEnds(insert) });
  }
  // Insertions at one place stand in the order in which they are listed.
  changes.sort((a, b) => a.from - b.from || a.to - b.to);
  let [out, at] = ['', 0];
  for (const { from, to, insert } of changes) {
    if (from < at) return undefined;
    out += plain.slice(at, from) + insert;
    at = to;
  }
  out += plain.slice(at);
  return crlf ? out.replaceAll('\n', '\r\n') : out;
}

function withPlainEnds(of: string): string {
  return of.replace(/\r\n?/g, '\n');
}

function offset(starts: readonly number[], length: number, line: unknown, column: unknown): number | undefined {
  if (typeof line !== 'number' || typeof column !== 'number' || !Number.isInteger(line + column)) return undefined;
  if (line < 1) return 0;
  const start = starts[line - 1];
  if (start === undefined) return length;
  const end = starts[line] === undefined ? length : starts[line]! - 1;
  return Math.min(start + Math.max(0, column - 1), end);
}
