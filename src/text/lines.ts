import type { Stretches } from './kinds.ts';
import { Numbers } from './numbers.ts';
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
  for (let stretch = most < 256 ? 16 : 1 << 16; stretch >= 1; stretch >>= 2) {
    while (at < most && equal(at, Math.min(most, at + stretch))) at = Math.min(most, at + stretch);
  }
  return at;
}

/** The lines of a part of a text without the white space at their ends; lines of white space left out. */
export function bodiesOf(text: string, from: number, to: number): Stretches {
  const room = (to - from) >> 5;
  const [starts, ends] = [new Numbers(room), new Numbers(room)];
  for (let at = from; at < to; ) {
    const feed = text.indexOf('\n', at);
    const next = feed < 0 ? to : Math.min(to, feed + 1);
    let [start, end] = [at, next];
    at = next;
    while (start < end && isSpace(text.charCodeAt(start))) start++;
    while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
    if (start === end) continue;
    starts.push(start);
    ends.push(end);
  }
  return { starts: starts.all(), ends: ends.all() };
}
