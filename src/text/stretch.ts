import type { Change } from './change.ts';
import { commonEnds } from './lines.ts';
import { behindBrackets } from './signs.ts';

/** The part of two texts that an alignment has to look at: the same `from` in both, `to` and `newTo` behind it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly newTo: number;
}

/**
 * Whole lines, so that all that differs lies between them, and as many after it as an alignment asks of: to align this
 * stretch alone gives the same changes as to align the texts. Costs what a comparison of the two does.
 */
export function stretchOf(oldText: string, newText: string): Stretch {
  const common = commonEnds(oldText, newText);
  const from = common.start === 0 ? 0 : oldText.lastIndexOf('\n', common.start - 1) + 1;
  const whole = { from, to: oldText.length, newTo: newText.length };
  const feed = oldText.indexOf('\n', oldText.length - common.end);
  if (common.end === 0 || feed < 0) return whole;
  // One line more than what may be brackets, since where that ends is part of the answer.
  const last = oldText.indexOf('\n', behindBrackets(oldText, feed + 1));
  if (last < 0) return whole;
  const cut = oldText.length - (last + 1);
  return { from, to: oldText.length - cut, newTo: newText.length - cut };
}

/** Changes of a stretch that begins at `from`, in the offsets of the text. */
export function fromStretch(changes: readonly Change[], from: number): readonly Change[] {
  return from === 0 ? changes : changes.map(change => ({ ...change, from: change.from + from, to: change.to + from }));
}
