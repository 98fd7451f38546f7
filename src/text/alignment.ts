import type { Change } from './change.ts';
import { isBorder, isSpace, partsOf } from './words.ts';

/** Characters at an end of a changed word that stay: at least so many, and half of the shorter word. */
const fewest = 3;
/** What is longer is no word that somebody changed (it is a key, a picture in letters) and is not looked into. */
const longest = 4096;

/**
 * What of an old text stays in a new one, told from the start on; all else is changes. In a gap
 * between what stays, equal white space at its ends stays too. A gap that is one changed word on
 * either side keeps the word's equal start or end, if that is at least three characters and half of
 * the shorter word; a letter that two words happen to share is no work of the old one's author.
 */
export class Alignment {
  readonly oldText: string;
  readonly newText: string;
  readonly #changes: Change[] = [];
  #at = 0;
  #newAt = 0;

  constructor(oldText: string, newText: string) {
    this.oldText = oldText;
    this.newText = newText;
  }

  /** The next `length` characters that stay: from `from` in the old text, from `newFrom` in the new. */
  keep(from: number, newFrom: number, length: number): void {
    if (length === 0) return;
    this.#gap(this.#at, from, this.#newAt, newFrom);
    this.#at = from + length;
    this.#newAt = newFrom + length;
  }

  /** All changes; nothing more stays. */
  changes(): readonly Change[] {
    this.#gap(this.#at, this.oldText.length, this.#newAt, this.newText.length);
    this.#at = this.oldText.length;
    this.#newAt = this.newText.length;
    return this.#changes;
  }

  #gap(from: number, to: number, newFrom: number, newTo: number): void {
    const { oldText, newText } = this;
    let [start, end, newStart, newEnd] = [from, to, newFrom, newTo];
    const sameSpace = (i: number, j: number) => {
      const unit = oldText.charCodeAt(i);
      return unit === newText.charCodeAt(j) && isSpace(unit);
    };
    for (; start < end && newStart < newEnd && sameSpace(start, newStart); start++) newStart++;
    for (; start < end && newStart < newEnd && sameSpace(end - 1, newEnd - 1); end--) newEnd--;
    if (start < end && newStart < newEnd && isWord(oldText, start, end) && isWord(newText, newStart, newEnd)) {
      const shorter = Math.min(end - start, newEnd - newStart);
      const least = Math.max(fewest, shorter / 2);
      const head = this.#sameStart(start, newStart, shorter);
      const kept = head >= least ? head : 0;
      const tail = this.#sameEnd(end, newEnd, shorter - kept);
      start += kept;
      newStart += kept;
      if (tail >= least) {
        end -= tail;
        newEnd -= tail;
      }
    }
    if (start === end && newStart === newEnd) return;
    this.#changes.push({ from: start, to: end, insert: newText.slice(newStart, newEnd) });
  }

  #sameStart(start: number, newStart: number, most: number): number {
    const { oldText, newText } = this;
    let n = 0;
    while (n < most && oldText.charCodeAt(start + n) === newText.charCodeAt(newStart + n)) n++;
    while (n > 0 && !(isBorder(oldText, start + n) && isBorder(newText, newStart + n))) n--;
    return n;
  }

  #sameEnd(end: number, newEnd: number, most: number): number {
    const { oldText, newText } = this;
    let n = 0;
    while (n < most && oldText.charCodeAt(end - n - 1) === newText.charCodeAt(newEnd - n - 1)) n++;
    while (n > 0 && !(isBorder(oldText, end - n) && isBorder(newText, newEnd - n))) n--;
    return n;
  }
}

/** A single word and nothing else. */
function isWord(text: string, from: number, to: number): boolean {
  if (to - from > longest) return false;
  const { starts, ends, letters } = partsOf(text, from, to);
  return starts.length === 1 && starts[0] === from && ends[0] === to && letters[0]! > 0;
}
