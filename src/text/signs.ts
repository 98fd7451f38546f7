import type { Stretches } from './kinds.ts';
import type { Matching } from './matching.ts';
import type { Parts } from './words.ts';

/** One of the two texts, cut into lines or words. */
interface Side {
  readonly text: string;
  readonly parts: Stretches;
  /** Whether nothing stands between this part and the next. */
  readonly touches: (at: number) => boolean;
}

/**
 * The same matching of words, in which a sign that stays goes with the word that it stood at. Where a sentence is put
 * in behind another, or taken out there, either of two full stops could be the one that stays, and an edit script does
 * not care; but the one at the end of the words that stay is theirs. The same before a word: its bracket opens before
 * it. Nothing else is moved, and as many parts stay as before.
 */
export function withSignsAtWords(
  texts: readonly [string, string],
  cut: readonly [Parts, Parts],
  matching: Matching,
): Matching {
  const [a, b] = [0, 1].map(side => words(texts[side]!, cut[side]!)) as [Side, Side];
  const pairs = new Pairs(a, b, matching);
  const isSign = (k: number) => cut[0].letters[pairs.a[k]!] === 0;
  // Behind a word: from the start on, so that several signs in a row follow it.
  for (let k = 1; k < pairs.count; k++) if (isSign(k)) pairs.draw(k, k - 1);
  for (let k = pairs.count - 2; k >= 0; k--) if (isSign(k) && !pairs.isBeside(k, k - 1)) pairs.draw(k, k + 1);
  return pairs;
}

/** Signs that close something, alone on a line: what they end stands before them. */
const closing = /^[ \t]*[)\]}>;,.]+[ \t]*$/;
const longestClosing = 80;
/** Lines at the start of an equal end that may be looked at once more. */
const most = 64;

/** Where the equal end of a text begins, which begins at `from`, without the closing brackets alone on its first lines. */
export function behindBrackets(text: string, from: number): number {
  let at = from;
  for (let n = 0; n < most && at < text.length; n++) {
    const feed = text.indexOf('\n', at);
    const end = feed < 0 ? text.length : feed;
    if (end - at > longestClosing || !closing.test(text.slice(at, end))) break;
    at = feed < 0 ? end : feed + 1;
  }
  return at;
}

/** The same for lines: one of nothing but closing brackets goes with the line before it. */
export function withBracketsAtLines(
  texts: readonly [string, string],
  cut: readonly [Stretches, Stretches],
  matching: Matching,
): Matching {
  const [a, b] = [0, 1].map(side => lines(texts[side]!, cut[side]!)) as [Side, Side];
  const pairs = new Pairs(a, b, matching);
  for (let k = 1; k < pairs.count; k++) {
    const [start, end] = [a.parts.starts[pairs.a[k]!]!, a.parts.ends[pairs.a[k]!]!];
    if (end - start <= longestClosing && closing.test(texts[0].slice(start, end))) pairs.draw(k, k - 1);
  }
  return pairs;
}

function words(text: string, parts: Stretches): Side {
  return { text, parts, touches: at => parts.ends[at] === parts.starts[at + 1] };
}

function lines(text: string, parts: Stretches): Side {
  return { text, parts, touches: () => true };
}

/** Pairs of parts that stay, of which some are moved. Mutable; they go on rising on both sides. */
class Pairs implements Matching {
  readonly a: number[];
  readonly b: number[];
  readonly #one: Side;
  readonly #other: Side;

  constructor(one: Side, other: Side, { a, b }: Matching) {
    this.#one = one;
    this.#other = other;
    this.a = [...a];
    this.b = [...b];
  }

  get count(): number {
    return this.a.length;
  }

  /** If the part of pair `k` stands right at that of its neighbour `n` on one side, and could on the other: it does. */
  draw(k: number, n: number): void {
    draw(this.#one, this.a, this.#other, this.b, k, n);
    draw(this.#other, this.b, this.#one, this.a, k, n);
  }

  /** The parts of two neighbouring pairs stand right at each other on both sides. */
  isBeside(k: number, n: number): boolean {
    return n >= 0 && stands(this.#one, this.a, k, n) && stands(this.#other, this.b, k, n);
  }
}

function draw(one: Side, ones: readonly number[], other: Side, others: number[], k: number, n: number): void {
  if (!stands(one, ones, k, n)) return;
  const wanted = others[n]! + (k - n);
  if (wanted === others[k] || !touch(other, wanted, others[n]!) || !same(one, ones[k]!, other, wanted)) return;
  others[k] = wanted;
}

function stands(side: Side, places: readonly number[], k: number, n: number): boolean {
  return places[k] === places[n]! + (k - n) && touch(side, places[k]!, places[n]!);
}

function touch({ touches }: Side, at: number, next: number): boolean {
  return touches(Math.min(at, next));
}

function same(one: Side, i: number, other: Side, j: number): boolean {
  const [from, to] = [one.parts.starts[i]!, one.parts.ends[i]!];
  const [start, end] = [other.parts.starts[j]!, other.parts.ends[j]!];
  return end - start === to - from && other.text.startsWith(one.text.slice(from, to), start);
}
