/** A text, line by line. */
export interface LinedText {
  readonly lineCount: number;
  readonly lineAt: (line: number) => string;
}

/** A part of a text. Offsets as in `Line`: a line end is one. */
export interface TextSlice {
  readonly text: string;
  /** Offset and line of its first character. */
  readonly from: number;
  readonly line: number;
  /** Where in it each further line begins. */
  readonly starts: readonly number[];
}

/** Code units of one slice: at worst, each a span of its own, a look at them takes a millisecond. */
const usual = 4_096;

/** Takes a long text from start to end in slices, which part no pair of surrogates. Mutable; the text must not change meanwhile. */
export class TextSlices {
  readonly #text: LinedText;
  readonly #size: number;
  #line = 0;
  #character = 0;
  #at = 0;

  constructor(text: LinedText, size: number = usual) {
    this.#text = text;
    this.#size = size;
  }

  /** Undefined behind the last. */
  next(): TextSlice | undefined {
    const { lineCount } = this.#text;
    if (this.#line >= lineCount) return undefined;
    const [from, line] = [this.#at, this.#line];
    const parts: string[] = [];
    const starts: number[] = [];
    let size = 0;
    while (size < this.#size && this.#line < lineCount) {
      const own = this.#text.lineAt(this.#line);
      const part = own.slice(this.#character, cutIn(own, this.#character + this.#size - size));
      parts.push(part);
      size += part.length;
      this.#character += part.length;
      if (this.#character < own.length) break;
      // The line end waits for the next slice where this one is full.
      if (size >= this.#size && this.#line < lineCount - 1) break;
      this.#line++;
      this.#character = 0;
      if (this.#line === lineCount) break;
      parts.push('\n');
      starts.push(++size);
    }
    this.#at += size;
    return { text: parts.join(''), from, line, starts };
  }
}

/** The same place, or the one behind the pair that it would part. */
function cutIn(line: string, at: number): number {
  const parts = (line.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (line.charCodeAt(at) & 0xfc00) === 0xdc00;
  return parts ? at + 1 : at;
}
