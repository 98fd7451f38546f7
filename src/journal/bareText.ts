import { isSpace } from '../text/words.ts';

/** A text's words in a row, as `bareOf` has them. */
export interface BareText {
  readonly text: string;
  /** For each unit the offset of what it stands for. */
  readonly at: Uint32Array;
}

/** Signs that a page or a chat window shows otherwise than they were written. */
const alike: ReadonlyMap<string, string> = new Map(
  [
    "\u2018\u2019\u201a\u201b'",
    '\u201c\u201d\u201e\u201f\u00ab\u00bb"',
    '\u2010\u2011\u2012\u2013\u2014\u2212-',
  ].flatMap(signs => [...signs.slice(0, -1)].map(sign => [sign, signs.at(-1)!] as const)),
);
/** What begins a line that is a heading, a quotation or an item of a list, in Markdown or as it is shown. */
const lineMark = /(?:[#>]+|[-+*\u2022])[ \t]+/y;

/**
 * The text without what is lost or changed when a person copies it from a chat window: each run of white space is one
 * space (none at the start), quotation marks and dashes are the plain ones, and Markdown's signs of emphasis and code and
 * those at the start of a line are left out. Two texts that are equal so have the same words in the same order.
 */
export function bareOf(text: string): BareText {
  const at = new Uint32Array(text.length);
  const out: string[] = [];
  let [starts, spaced] = [true, true];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isSpace(unit)) {
      if (unit === 0x0a) starts = true;
      if (!spaced) {
        at[out.length] = i;
        out.push(' ');
      }
      spaced = true;
      continue;
    }
    lineMark.lastIndex = i;
    const mark = starts ? lineMark.exec(text) : null;
    if (mark !== null) {
      i += mark[0].length - 1;
      continue;
    }
    starts = false;
    const sign = text[i]!;
    if (sign === '*' || sign === '`') continue;
    at[out.length] = i;
    out.push(alike.get(sign) ?? sign);
    spaced = false;
  }
  return { text: out.join(''), at: at.subarray(0, out.length) };
}
