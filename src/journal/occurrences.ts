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
  return Math.max(0, ...needles.map(({ text }) => text.length)) + longestWord;
}

/** Where a text has any of the needles, overlaps included. */
export function* occurrences(text: string, needles: readonly Needle[]): Generator<Range, void, undefined> {
  if (needles.length === 0) return;
  const folded = fold(text);
  for (const { text: wanted, word } of needles) {
    const sought = fold(wanted);
    if (sought === '') continue;
    for (let from = folded.indexOf(sought); from >= 0; from = folded.indexOf(sought, from + 1)) {
      const to = from + sought.length;
      if (!word) yield { from, to };
      else if (!isWordUnit(text, from - 1)) yield { from, to: wordEnd(text, to) };
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

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end - at < longestWord && isWordUnit(text, end)) end++;
  return end;
}

function isWordUnit(text: string, at: number): boolean {
  const unit = text[at];
  return unit !== undefined && /[\p{L}\p{M}\p{N}_'’\u00ad-]|[\ud800-\udfff]/u.test(unit);
}

/** Lower case, unit for unit. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from({ length: text.length }, (_, i) => {
    const one = text[i]!.toLowerCase();
    return one.length === 1 ? one : text[i]!;
  }).join('');
}
