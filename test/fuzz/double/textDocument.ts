import { Position, type Range, type Uri } from './places.ts';

/** What a window shows of a text: VS Code's `TextDocument`, read from the text as it stands at the moment. */
export interface Shown {
  readonly uri: Uri;
  /** With `\n`. */
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  readonly encoding: string;
  readonly version: number;
  readonly dirty: boolean;
  readonly closed: boolean;
}

/** `vscode.TextDocument` over a text of ours. */
export class TextDocumentDouble {
  readonly #shown: Shown;
  #version = -1;
  #eol = '';
  #text = '';
  #starts: number[] = [];

  constructor(shown: Shown) {
    this.#shown = shown;
  }

  get uri(): Uri {
    return this.#shown.uri;
  }

  get fileName(): string {
    return this.uri.path;
  }

  get isUntitled(): boolean {
    return this.uri.scheme === 'untitled';
  }

  get languageId(): string {
    return 'plaintext';
  }

  get version(): number {
    return this.#shown.version;
  }

  get isDirty(): boolean {
    return this.#shown.dirty;
  }

  get isClosed(): boolean {
    return this.#shown.closed;
  }

  get encoding(): string {
    return this.#shown.encoding;
  }

  get eol(): number {
    return this.#shown.eol === '\n' ? 1 : 2;
  }

  get lineCount(): number {
    return this.#lines().length;
  }

  getText(range?: Range): string {
    this.#lines();
    return range ? this.#text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.#text;
  }

  lineAt(at: number | Position) {
    const line = typeof at === 'number' ? at : at.line;
    const [start, end] = this.#line(line);
    const text = this.#text.slice(start, end);
    const range = { start: new Position(line, 0), end: new Position(line, end - start) };
    return { lineNumber: line, text, range, isEmptyOrWhitespace: text.trim() === '' };
  }

  offsetAt({ line, character }: Position): number {
    const [start, end] = this.#line(Math.min(line, this.lineCount - 1));
    return Math.min(start + character, end);
  }

  positionAt(offset: number): Position {
    const starts = this.#lines();
    let line = 0;
    while (line + 1 < starts.length && starts[line + 1]! <= offset) line++;
    const [start, end] = this.#line(line);
    return new Position(line, Math.min(offset, end) - start);
  }

  #line(line: number): [start: number, end: number] {
    const starts = this.#lines();
    const start = starts[line]!;
    const next = starts[line + 1];
    return [start, next === undefined ? this.#text.length : next - this.#shown.eol.length];
  }

  #lines(): readonly number[] {
    const { version, eol, text } = this.#shown;
    if (version === this.#version && eol === this.#eol) return this.#starts;
    this.#version = version;
    this.#eol = eol;
    this.#text = eol === '\n' ? text : text.replaceAll('\n', eol);
    this.#starts = [0];
    for (let at = this.#text.indexOf('\n'); at >= 0; at = this.#text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
    return this.#starts;
  }
}
