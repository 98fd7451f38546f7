import type { Stretches } from './kinds.ts';
import { Numbers } from './numbers.ts';

/** What a character is to the cutting of a text into parts. */
const space = 1;
const letter = 2;
const sign = 3;
/** A letter of a script that sets no spaces between words: a part of its own. */
const ideograph = 4;

/** Parts of a text that are not white space. */
export interface Parts extends Stretches {
  /** Letters and digits in the part, in code units; 0 for a sign. */
  readonly letters: ArrayLike<number>;
}

/**
 * Cuts text from `from` to `to` into words (letters, digits, marks, `_`), single ideographs and single
 * signs with the marks that follow. No pair of surrogates is cut.
 */
export function partsOf(text: string, from: number, to: number): Parts {
  // Words are four or five characters long mostly, signs one.
  const room = (to - from) >> 2;
  const [starts, ends, letters] = [new Numbers(room), new Numbers(room), new Numbers(room)];
  for (let at = from; at < to; ) {
    const start = at;
    const kind = kindAt(text, at);
    at += widthAt(text, at, to);
    if (kind === space) continue;
    if (kind === letter) while (at < to && kindAt(text, at) === letter) at += widthAt(text, at, to);
    else while (at < to && isMark(text.charCodeAt(at))) at++;
    starts.push(start);
    ends.push(at);
    letters.push(kind === sign ? 0 : at - start);
  }
  return { starts: starts.all(), ends: ends.all(), letters: letters.all() };
}

/** White space and line ends, as ECMAScript's `\s`. */
export function isSpace(unit: number): boolean {
  return classOf(unit) === space;
}

/** Whether a text may be cut before this offset: not inside a pair of surrogates, nor before a mark. */
export function isBorder(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  const unit = text.charCodeAt(at);
  return !(isMark(unit) || (isLow(unit) && isHigh(text.charCodeAt(at - 1))));
}

/** Combining marks, joiners and variation selectors: what belongs to the character before. */
function isMark(unit: number): boolean {
  if (unit < 0x300) return false;
  const known = marks[unit]!;
  if (known !== 0) return known === yes;
  const found = unit === 0x200d || (unit >= 0xfe00 && unit <= 0xfe0f) || /\p{M}/u.test(fromUnit(unit));
  marks[unit] = found ? yes : no;
  return found;
}

/** Whether single code units are marks, each found once. */
const marks = new Uint8Array(0x10000);
const yes = 1;
const no = 2;

function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (!isHigh(unit)) return classOf(unit);
  const point = text.codePointAt(at)!;
  return point > 0xffff ? classify(String.fromCodePoint(point)) : sign;
}

function widthAt(text: string, at: number, to: number): number {
  return isHigh(text.charCodeAt(at)) && at + 1 < to && isLow(text.charCodeAt(at + 1)) ? 2 : 1;
}

const isHigh = (unit: number) => (unit & 0xfc00) === 0xd800;
const isLow = (unit: number) => (unit & 0xfc00) === 0xdc00;
const fromUnit = (unit: number) => String.fromCharCode(unit);

/** Classes of single code units, each found once. */
const classes = new Uint8Array(0x10000);

function classOf(unit: number): number {
  const known = classes[unit]!;
  if (known !== 0) return known;
  const found = classify(fromUnit(unit));
  classes[unit] = found;
  return found;
}

function classify(character: string): number {
  if (/\s/u.test(character)) return space;
  if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u.test(character)) {
    return /\p{M}/u.test(character) ? letter : ideograph;
  }
  return /[\p{L}\p{N}\p{M}_]/u.test(character) ? letter : sign;
}
