/** A long text that changes in place: the shadow of a document. UTF-16 code units; lone surrogates are kept. */
export class TextBuffer {
  #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(text: string): TextBuffer {
    return new TextBuffer(text);
  }

  get length(): number {
    return this.#text.length;
  }

  /** Replaces `from`..`to`. Offsets outside the text throw RangeError. */
  replace(from: number, to: number, insert: string): void {
    if (!(from >= 0 && from <= to && to <= this.length)) {
      throw new RangeError(`${from}-${to} is not in a text of ${this.length}`);
    }
    this.#text = this.#text.slice(0, from) + insert + this.#text.slice(to);
  }

  slice(from: number, to: number): string {
    return this.#text.slice(from, to);
  }

  /** Compares in place, without making a string of the whole. */
  equals(text: string): boolean {
    return this.#text === text;
  }

  toString(): string {
    return this.#text;
  }
}
