import { type Cells, textOf } from './cell.ts';
import { Range, Uri } from './double/places.ts';
import { type Shown, TextDocumentDouble } from './double/textDocument.ts';

/** One replacement, in offsets of the text with `\n` line ends. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly cells: Cells;
}

/** One element of the undo stack: whole texts, so that nothing has to be worked out. */
interface Past {
  readonly before: Cells;
  after: Cells;
  readonly group: string | undefined;
}

/** A text in one window, as VS Code keeps it. Its characters know what they are. Mutable. */
export class EditorText implements Shown {
  readonly path: string | undefined;
  readonly uri: Uri;
  readonly document = new TextDocumentDouble(this);
  readonly done: Past[] = [];
  readonly undone: Past[] = [];
  cells: Cells;
  eol: '\n' | '\r\n';
  encoding: string;
  version = 1;
  dirty = false;
  closed = false;
  /** What its file held when this text was last its. */
  saved: Cells;
  #text = '';
  #textOf: Cells | undefined;

  constructor(uri: Uri, path: string | undefined, cells: Cells, eol: '\n' | '\r\n', encoding: string) {
    this.uri = uri;
    this.path = path;
    this.cells = cells;
    this.saved = cells;
    this.eol = eol;
    this.encoding = encoding;
  }

  static untitled(number: number): EditorText {
    return new EditorText(new Uri({ scheme: 'untitled', path: `Untitled-${number}` }), undefined, [], '\n', 'utf8');
  }

  get text(): string {
    if (this.#textOf !== this.cells) this.#text = textOf(this.cells);
    this.#textOf = this.cells;
    return this.#text;
  }

  get length(): number {
    return this.cells.length;
  }

  /** VS Code's own offset: `\r\n` is two. */
  offset(at: number): number {
    if (this.eol === '\n') return at;
    let lines = 0;
    for (let i = 0; i < at; i++) if (this.cells[i]!.unit === '\n') lines++;
    return at + lines;
  }

  range(from: number, to: number): Range {
    const { document } = this;
    return new Range(document.positionAt(this.offset(from)), document.positionAt(this.offset(to)));
  }

  /** The event's changes, last place first, before they are applied. */
  contentChanges(edits: readonly Edit[]): object[] {
    return edits
      .map(({ from, to, cells }) => ({
        range: this.range(from, to),
        rangeOffset: this.offset(from),
        rangeLength: this.offset(to) - this.offset(from),
        text: textOf(cells).replaceAll('\n', this.eol),
      }))
      .reverse();
  }

  /** Takes edits over, sorted by place; `group`: one undo takes back all that follow one another with the same. */
  apply(edits: readonly Edit[], group?: string): void {
    const before = this.cells;
    this.take(applied(before, edits));
    const last = this.done.at(-1);
    if (group !== undefined && last?.group === group && last.after === before) last.after = this.cells;
    else this.done.push({ before, after: this.cells, group });
    this.undone.length = 0;
  }

  take(cells: Cells): void {
    this.cells = cells;
    this.version++;
  }
}

export function applied(cells: Cells, edits: readonly Edit[]): Cells {
  const out = [];
  let at = 0;
  for (const edit of edits) {
    out.push(...cells.slice(at, edit.from), ...edit.cells);
    at = edit.to;
  }
  return [...out, ...cells.slice(at)];
}

/** Edits from one text to another by what stands in both: of units that come once in each, in order. */
export function between(a: Cells, b: Cells): Edit[] {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const places = new Map(b.slice(start, b.length - end).map((cell, i) => [cell, start + i]));
  const edits: Edit[] = [];
  let [from, next] = [start, start];
  const upTo = (to: number, until: number) => {
    if (to > from || until > next) edits.push({ from, to, cells: b.slice(next, until) });
  };
  for (let i = start; i < a.length - end; i++) {
    const at = places.get(a[i]!);
    if (at === undefined || at < next) continue;
    upTo(i, at);
    [from, next] = [i + 1, at + 1];
  }
  upTo(a.length - end, b.length - end);
  return edits;
}
