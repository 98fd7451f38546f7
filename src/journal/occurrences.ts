/** What is looked for in texts: words wherever they stand, or a name where a word begins with it; letter case aside. */
export interface Needle {
  readonly text: string;
  /** Found only where a word begins, and up to that word's end: so inflected forms of a name are found too. */
  readonly word: boolean;
}

export interface Range {
  /** Half-open, UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** Units around a change in which an occurrence that it made can lie. */
export function reachOf(needles: readonly Needle[]): number {
  return Math.max(0, ...needles.map(({ text }) => 2 * text.length)) + longestWord;
}

/**
 * Where a text has any of the needles, overlaps included. White space between words is alike, and so are the composed
 * and the decomposed form of a letter.
 */
export function* occurrences(text: string, needles: readonly Needle[]): Generator<Range, void, undefined> {
  for (const { text: wanted, word } of needles) {
    for (const form of new Set([wanted, wanted.normalize('NFC'), wanted.normalize('NFD')])) {
      const pattern = patternOf(form);
      if (pattern === undefined) continue;
      for (let next = 0; ; ) {
        pattern.lastIndex = next;
        const found = pattern.exec(text);
        if (found === null) break;
        const [from, to] = [found.index, found.index + found[0].length];
        next = from + 1;
        if (!word) yield { from, to };
        else if (!isWordUnit(text, from - 1)) yield { from, to: wordEnd(text, to) };
      }
    }
  }
}

/** The words that a run of a text is part of, or stands beside: letters, marks, digits, and what joins them. */
export function* wordsAt(text: string, { from, to }: Range): Generator<Range, void, undefined> {
  let start = from;
  while (from - start < longestWord && isWordUnit(text, start - 1)) start--;
  for (let at = start; at <= to && at < text.length; at++) {
    const end = wordEnd(text, at);
    if (end > at) yield { from: at, to: end };
    at = end;
  }
}

/** Units of the longest word that is looked at. */
const longestWord = 64;

const patterns = new Map<string, RegExp>();

/** Undefined of a needle without a word. */
function patternOf(needle: string): RegExp | undefined {
  const words = needle.split(/[\s\u0085]+/u).filter(word => word !== '');
  if (words.length === 0) return undefined;
  let pattern = patterns.get(needle);
  if (pattern === undefined) {
    const escaped = words.map(word => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    // Without `u`, so that lone surrogates and halves of pairs are units like others.
    pattern = new RegExp(escaped.join('[\\s\\u0085]+'), 'gi');
    patterns.set(needle, pattern);
  }
  return pattern;
}

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end - at < longestWord && isWordUnit(text, end)) end++;
  return end;
}

function isWordUnit(text: string, at: number): boolean {
  const unit = text[at];
  return unit !== undefined && /[\p{L}\p{M}\p{N}_'’\u00ad-]|[\ud800-\udfff]/u.test(unit);
}
