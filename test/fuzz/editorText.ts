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

/** What put known characters where they stand, as long as the text has this version. */
export interface Placed {
  readonly version: number;
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly placement: 'paste' | 'move' | 'undo' | 'redo';
}

/** A text in one window, as VS Code keeps it. Its characters know what they are. Mutable. */
export class EditorText implements Shown {
  readonly path: string | undefined;
  /** The path, or of an untitled text the story it is told in and its name. */
  readonly key: string;
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
  placed: Placed | undefined;
  /** Where the step to this version took text out, and when. */
  gone: { readonly version: number; readonly from: number; readonly time: number } | undefined;
  #text = '';
  #textOf: Cells | undefined;

  constructor(uri: Uri, path: string | undefined, cells: Cells, eol: '\n' | '\r\n', encoding: string, key = path) {
    this.uri = uri;
    this.path = path;
    this.key = key ?? uri.toString();
    this.cells = cells;
    this.saved = cells;
    this.eol = eol;
    this.encoding = encoding;
  }

  /** A text without a file, or what of one was left unsaved. */
  static untitled(story: string, name: string, left: Cells = []): EditorText {
    const uri = new Uri({ scheme: 'untitled', path: name });
    const text = new EditorText(uri, undefined, [], '\n', 'utf8', `${story}/${name}`);
    text.cells = left;
    text.dirty = left.length > 0;
    return text;
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

  /** Every text that its undo stack leads to. */
  texts(): Cells[] {
    return [...this.done, ...this.undone].flatMap(({ before, after }) => [before, after]);
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

  /** The last step put known characters there. */
  place(placement: Placed['placement'], ...ranges: Placed['ranges']): void {
    this.placed = { version: this.version, ranges, placement };
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

/** What VS Code makes of two texts of a file: all from the first line that differs to the last. */
export function byLines(a: Cells, b: Cells): Edit {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start]!.unit === b[start]!.unit) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end)!.unit === b.at(-1 - end)!.unit) end++;
  while (start > 0 && a[start - 1]!.unit !== '\n') start--;
  while (end > 0 && a.at(-end)!.unit !== '\n') end--;
  return { from: start, to: a.length - end, cells: b.slice(start, b.length - end) };
}

/** Edits from one text to another by the units that stand in both: the fewest that lead there. */
export function between(a: Cells, b: Cells): Edit[] {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const edits: Edit[] = [];
  let [from, next] = [0, 0];
  const upTo = (to: number, until: number) => {
    if (to > from || until > next) edits.push({ from: start + from, to: start + to, cells: y.slice(next, until) });
  };
  for (const [i, k] of common(x, y)) {
    upTo(i, k);
    [from, next] = [i + 1, k + 1];
  }
  upTo(x.length, y.length);
  return edits;
}

/** Pairs of places of a longest common subsequence. */
function common(x: Cells, y: Cells): [i: number, k: number][] {
  const width = y.length + 1;
  const most = new Uint16Array((x.length + 1) * width);
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = y.length - 1; k >= 0; k--) {
      const at = i * width + k;
      most[at] = x[i] === y[k] ? most[at + width + 1]! + 1 : Math.max(most[at + width]!, most[at + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, k = 0; i < x.length && k < y.length; ) {
    if (x[i] === y[k]) pairs.push([i++, k++]);
    else if (most[(i + 1) * width + k]! >= most[i * width + k + 1]!) i++;
    else k++;
  }
  return pairs;
}
