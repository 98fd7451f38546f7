import type { Change } from '../text/change.ts';
import type { TwoWayChange } from './twoWay.ts';

/** Reads a part of the text before the change. `TextBuffer` and string are such. */
export interface TextReader {
  slice(from: number, to: number): string;
}

/** `equal`: to the letter. `effect`: the text after is the same. */
export type Likeness = 'equal' | 'effect' | 'other';

/** Where a step says the same as another, but at places apart, so many units around them are read to see it. */
const farthest = 16_384;

/**
 * Compares two steps over one text. Where only `a` covers a place, the text there is read from
 * `text`; without it such steps are `other`. Text that is put in beside its like may be said to stand
 * on either side of it: places that differ are compared with all that follows, `farthest` units at most.
 */
export function compare(a: readonly Change[], b: readonly TwoWayChange[], text: TextReader | undefined): Likeness {
  if (a.length === b.length && a.every((x, i) => equal(x, b[i]!))) return 'equal';
  const known = text ?? reader(b);
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    // One cluster: changes of either side that touch or overlap.
    const from = Math.min(a[i]?.from ?? Infinity, b[j]?.from ?? Infinity);
    const [i0, j0] = [i, j];
    let to = from;
    for (;;) {
      if (i < a.length && a[i]!.from <= to) to = Math.max(to, a[i++]!.to);
      else if (j < b.length && b[j]!.from <= to) to = Math.max(to, b[j++]!.to);
      else break;
    }
    const [x, y] = [afterwards(from, to, a.slice(i0, i), known), afterwards(from, to, b.slice(j0, j), known)];
    if (x === undefined || y === undefined) return 'other';
    if (x === y) continue;
    if (!x.startsWith(y) && !y.startsWith(x)) return 'other';
    return leadsToSame(from, a.slice(i0), b.slice(j0), known) ? 'effect' : 'other';
  }
  return 'effect';
}

/** Whether the text from `from` on is the same after both. */
function leadsToSame(from: number, a: readonly Change[], b: readonly Change[], text: PartReader): boolean {
  const to = Math.max(a.at(-1)?.to ?? from, b.at(-1)?.to ?? from);
  if (to - from > farthest) return false;
  const after = afterwards(from, to, a, text);
  return after !== undefined && after === afterwards(from, to, b, text);
}

function equal(a: Change, b: Change): boolean {
  return a.from === b.from && a.to === b.to && a.insert === b.insert;
}

type PartReader = { slice(from: number, to: number): string | undefined };

/** What stands between `from` and `to` after the changes there; undefined if a part is not known. */
function afterwards(from: number, to: number, changes: readonly Change[], text: PartReader): string | undefined {
  let out = '';
  let at = from;
  for (const change of [...changes, { from: to, to, insert: '' }]) {
    if (change.from > at) {
      const kept = text.slice(at, change.from);
      if (kept === undefined) return undefined;
      out += kept;
    }
    out += change.insert;
    at = change.to;
  }
  return out;
}

/** The old text as far as a step's own removals tell it. */
function reader(changes: readonly TwoWayChange[]): PartReader {
  return {
    slice(from, to) {
      const holder = changes.find(c => c.from <= from && to <= c.to);
      return holder?.removed.text.slice(from - holder.from, to - holder.from);
    },
  };
}
