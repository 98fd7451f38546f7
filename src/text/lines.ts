import { isSpace } from './words.ts';

/** Lengths of what two texts have in common at their start and at their end; the two do not overlap. */
export function commonEnds(a: string, b: string): { start: number; end: number } {
  const most = Math.min(a.length, b.length);
  const start = common(most, (from, to) => a.slice(from, to) === b.slice(from, to));
  const end = common(most - start, (from, to) => {
    return a.slice(a.length - to, a.length - from) === b.slice(b.length - to, b.length - from);
  });
  return { start, end };
}

/** How far a comparison holds, up to `most`: by long stretches first, which compare as memory does. */
function common(most: number, equal: (from: number, to: number) => boolean): number {
  let at = 0;
  for (let stretch = 1 << 16; stretch >= 1; stretch >>= 2) {
    while (at < most && equal(at, Math.min(most, at + stretch))) at = Math.min(most, at + stretch);
  }
  return at;
}

/** Where the lines of a part of a text start, and last where it ends. A line holds its line end. */
export function lineStarts(text: string, from: number, to: number): number[] {
  const starts = [];
  for (let at = from; at < to; ) {
    starts.push(at);
    const end = text.indexOf('\n', at);
    at = end < 0 ? to : Math.min(to, end + 1);
  }
  starts.push(to);
  return starts;
}

/** A part of a text without the white space at its ends; for white space alone, the empty part at its end. */
export function trimmed(text: string, from: number, to: number): { from: number; to: number } {
  let start = from;
  while (start < to && isSpace(text.charCodeAt(start))) start++;
  let end = to;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return { from: start, to: end };
}
