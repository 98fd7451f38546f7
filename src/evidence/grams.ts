/** Code units of a gram. */
export const gram = 16;
/** Grams of a sought text that are asked for. */
const asked = 16;
/** Bits of a table for each code unit of its text, at least. */
const room = 4;
const base = 0x01000193;
/** base ** gram: what the unit that a gram leaves counts in its sum. */
const left = Array.from({ length: gram }, () => base).reduce((a, b) => Math.imul(a, b), 1);

/**
 * Whether a text may hold another: a table of the grams that stand in it. What it held once may count as held.
 * Mutable.
 */
export class Grams {
  #bits = new Uint32Array(1);
  #shift = 32;
  #added = 0;

  /** Empty, with room for a text of so many code units. */
  constructor(units: number) {
    const bits = Math.max(10, Math.ceil(Math.log2(units * room + 1)));
    this.#bits = new Uint32Array(2 ** (bits - 5));
    this.#shift = 32 - bits;
  }

  /** So much was added that it says little: it should be made anew. */
  get isFull(): boolean {
    return this.#added * 2 > this.#bits.length * 32;
  }

  add(text: string): void {
    if (text.length < gram) return;
    let sum = sumOf(text, 0);
    this.#set(sum);
    for (let at = gram; at < text.length; at++) {
      sum = (Math.imul(sum, base) + text.charCodeAt(at) - Math.imul(text.charCodeAt(at - gram), left)) | 0;
      this.#set(sum);
    }
    this.#added += text.length - gram + 1;
  }

  /** False: no text that was added holds it, from first to last. */
  mayHold(sought: Sought): boolean {
    for (const sum of sought.sums) {
      const at = Math.imul(sum, 0x9e3779b1) >>> this.#shift;
      if ((this.#bits[at >>> 5]! & (1 << (at & 31))) === 0) return false;
    }
    return true;
  }

  #set(sum: number): void {
    const at = Math.imul(sum, 0x9e3779b1) >>> this.#shift;
    this.#bits[at >>> 5]! |= 1 << (at & 31);
  }
}

/** A text of one gram at least that is looked for. */
export class Sought {
  readonly sums: readonly number[];

  constructor(text: string) {
    const last = text.length - gram;
    const count = Math.min(asked, last + 1);
    this.sums = Array.from({ length: count }, (_, i) =>
      sumOf(text, count === 1 ? 0 : Math.floor((i * last) / (count - 1))),
    );
  }
}

function sumOf(text: string, from: number): number {
  let sum = 0;
  for (let at = from; at < from + gram; at++) sum = (Math.imul(sum, base) + text.charCodeAt(at)) | 0;
  return sum;
}
