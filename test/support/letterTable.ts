/** One letter a character in one flat array: the plainest truth that keeps up with a long trace. */
export class LetterTable {
  #letters: Uint8Array;
  #length: number;

  constructor(text: string, letter: string) {
    this.#length = text.length;
    this.#letters = new Uint8Array(text.length + 1024).fill(letter.charCodeAt(0));
  }

  replace(from: number, to: number, insert: string, letter: string): void {
    const length = this.#length + insert.length - (to - from);
    if (length > this.#letters.length) {
      const wider = new Uint8Array(length * 2);
      wider.set(this.#letters);
      this.#letters = wider;
    }
    this.#letters.copyWithin(from + insert.length, to, this.#length);
    this.#letters.fill(letter.charCodeAt(0), from, from + insert.length);
    this.#length = length;
  }

  toString(): string {
    return Buffer.from(this.#letters.buffer, 0, this.#length).toString('latin1');
  }
}
