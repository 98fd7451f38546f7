import { Views } from './views.ts';

/**
 * Bytes in which numbers stand between pieces that stay the same. Mutable: for each row `begin`, the numbers in order,
 * `end`. What did not move since the row before is not written again.
 */
export class NumberedBytes {
  readonly #pieces: readonly Uint8Array[];
  readonly #views: Views;
  /** Digits of each number as they stand there; 0: not written yet. */
  readonly #widths: Uint8Array;
  #rank = 0;
  #at = 0;
  /** Everything from here on stands where it has to. */
  #stays = false;

  /** `pieces`: one more than there are numbers. */
  constructor(pieces: readonly string[]) {
    this.#pieces = pieces.map(piece => Buffer.from(piece, 'utf8'));
    this.#views = new Views(this.#pieces.reduce((sum, piece) => sum + piece.length, 64 * pieces.length));
    this.#widths = new Uint8Array(pieces.length);
  }

  begin(): void {
    this.#stays = this.#widths[0] !== 0;
    this.#rank = this.#at = 0;
    this.#piece();
  }

  /** A whole number from 0 up to 2^53. */
  number(value: number): void {
    const width = widthOf(value);
    this.#room(width);
    write(this.#views.bytes, this.#at - width, width, value);
    this.#piece();
  }

  /** Letters of ASCII, at most 64. */
  text(value: string): void {
    const { length } = value;
    this.#room(length);
    const { bytes } = this.#views;
    const from = this.#at - length;
    for (let i = 0; i < length; i++) bytes[from + i] = value.charCodeAt(i);
    this.#piece();
  }

  /** The bytes, until the next row. */
  end(): Uint8Array {
    return this.#views.upTo(this.#at);
  }

  #room(width: number): void {
    if (this.#widths[this.#rank] !== width) {
      this.#widths[this.#rank] = width;
      this.#stays = false;
    }
    this.#rank++;
    this.#at += width;
  }

  #piece(): void {
    const piece = this.#pieces[this.#rank]!;
    if (!this.#stays) this.#views.bytes.set(piece, this.#at);
    this.#at += piece.length;
  }
}

function widthOf(value: number): number {
  let width = 1;
  for (let bound = 10; value >= bound; bound *= 10) width++;
  return width;
}

/** Writes digits from `at` on, six at a time, so that most of it is done in small integers. */
function write(bytes: Uint8Array, at: number, width: number, value: number): void {
  let end = at + width;
  let rest = value;
  while (rest >= 1e6) {
    const high = Math.floor(rest / 1e6);
    end = digits(bytes, end, end - 6, rest - high * 1e6);
    rest = high;
  }
  digits(bytes, end, at, rest);
}

/** The digits of a small number from `from` up to `end`. */
function digits(bytes: Uint8Array, end: number, from: number, value: number): number {
  let rest = value | 0;
  for (let i = end - 1; i >= from; i--) {
    const next = (rest / 10) | 0;
    bytes[i] = 48 + rest - next * 10;
    rest = next;
  }
  return from;
}
