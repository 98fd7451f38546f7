import { Alignment } from './alignment.ts';
import type { Change } from './change.ts';
import { Kinds, type Stretches } from './kinds.ts';
import { bodiesOf, commonEnds } from './lines.ts';
import { type Matching, matchItems } from './matching.ts';
import { withoutScraps } from './scraps.ts';
import { Budget } from './shortScript.ts';
import { behindBrackets, withBracketsAtLines, withSignsAtWords } from './signs.ts';
import { partsOf } from './words.ts';

export interface AlignOptions {
  /** Insertions and removals, in lines or words, after which a search takes the way that came furthest. */
  readonly cap?: number;
  /** Places that all searches together may look at. */
  readonly budget?: number;
}

/** What two long texts that share nothing unique may cost: about a fifth of a second. Real revisions stay far below. */
const usualBudget = 2 ** 25;

/** Changes from one text to another, and whether they are as fine as they are for texts of usual size. */
export interface Aligned {
  readonly changes: readonly Change[];
  /**
   * The searches ran out of their budget: where nothing unique stands on both sides, what may have been left alone
   * counts as replaced. The changes lead to the new text all the same.
   */
  readonly coarse: boolean;
}

/**
 * Changes that lead from one text to another, sorted, disjoint, in old offsets, and spare what was
 * left alone, so that it can keep its origin. Equal ends first; then lines that are equal but for the
 * white space at their ends (a text indented anew keeps its lines); then, in what is left, words. White
 * space stays where it adjoins what stays. Words that stand alone in a passage written anew do not
 * stay (`withoutScraps`), nor do single letters of a changed word (`Alignment`). Costs O(n log n)
 * and, in gaps with nothing unique, O(gap · cap), up to `budget` in all: beyond it the answer is coarser,
 * which `alignWithin` tells.
 */
export function align(oldText: string, newText: string, options: AlignOptions = {}): readonly Change[] {
  return alignWithin(oldText, newText, options).changes;
}

/** As `align`, and says whether it had to answer coarsely. */
export function alignWithin(oldText: string, newText: string, options: AlignOptions = {}): Aligned {
  const { cap = 256, budget: places = usualBudget } = options;
  if (oldText === newText) return { changes: [], coarse: false };
  const common = commonEnds(oldText, newText);
  // Whole lines only: half a line could part a word.
  const start = common.start === 0 ? 0 : oldText.lastIndexOf('\n', common.start - 1) + 1;
  const feed = oldText.indexOf('\n', oldText.length - common.end);
  // Whether brackets that close something belong to the end or to what stands before it is still to be seen.
  const end = common.end === 0 || feed < 0 ? 0 : oldText.length - behindBrackets(oldText, feed + 1);
  const alignment = new Alignment(oldText, newText);
  const search: Search = { alignment, cap, budget: new Budget(places) };
  alignment.keep(0, 0, start);
  alignLines(search, { from: start, to: oldText.length - end, newFrom: start, newTo: newText.length - end });
  alignment.keep(oldText.length - end, newText.length - end, end);
  return { changes: alignment.changes(), coarse: search.budget.ranOut };
}

interface Search {
  readonly alignment: Alignment;
  readonly cap: number;
  readonly budget: Budget;
}

/** A part of either text, between what is known to stay. */
interface Section {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

function alignLines(search: Search, section: Section): void {
  const { alignment } = search;
  const { oldText, newText } = alignment;
  const a = bodiesOf(oldText, section.from, section.to);
  const b = bodiesOf(newText, section.newFrom, section.newTo);
  const matching = withBracketsAtLines([oldText, newText], [a, b], match(search, a, b));
  let { from, newFrom } = section;
  for (let k = 0; k < matching.a.length; k++) {
    const x = matching.a[k]!;
    const y = matching.b[k]!;
    // Lines that follow one another on one side have nothing but white space between them there.
    const nextToLast = k > 0 && (x === matching.a[k - 1]! + 1 || y === matching.b[k - 1]! + 1);
    if (!nextToLast) alignWords(search, { from, to: a.starts[x]!, newFrom, newTo: b.starts[y]! });
    alignment.keep(a.starts[x]!, b.starts[y]!, a.ends[x]! - a.starts[x]!);
    from = a.ends[x]!;
    newFrom = b.ends[y]!;
  }
  alignWords(search, { from, to: section.to, newFrom, newTo: section.newTo });
}

function alignWords(search: Search, { from, to, newFrom, newTo }: Section): void {
  if (from === to || newFrom === newTo) return;
  const { alignment } = search;
  const { oldText, newText } = alignment;
  const a = partsOf(oldText, from, to);
  const b = partsOf(newText, newFrom, newTo);
  const kept = withoutScraps(a, b, withSignsAtWords([oldText, newText], [a, b], match(search, a, b)));
  for (let k = 0; k < kept.a.length; k++) {
    const [x, y] = [kept.a[k]!, kept.b[k]!];
    alignment.keep(a.starts[x]!, b.starts[y]!, a.ends[x]! - a.starts[x]!);
  }
}

function match({ alignment, cap, budget }: Search, a: Stretches, b: Stretches): Matching {
  // Most changes are of one line, and many of one word.
  if (a.starts.length === 0 || b.starts.length === 0) return none;
  if (a.starts.length === 1 && b.starts.length === 1) return isSame(alignment, a, b) ? both : none;
  const kinds = new Kinds(a.starts.length + b.starts.length);
  const x = kinds.of(alignment.oldText, a);
  const y = kinds.of(alignment.newText, b);
  return matchItems(x, y, kinds.count, cap, budget);
}

const none: Matching = { a: [], b: [] };
const both: Matching = { a: [0], b: [0] };

/** Whether the first part of the one is equal to that of the other. */
function isSame({ oldText, newText }: Alignment, a: Stretches, b: Stretches): boolean {
  const length = a.ends[0]! - a.starts[0]!;
  if (b.ends[0]! - b.starts[0]! !== length) return false;
  return oldText.slice(a.starts[0], a.ends[0]) === newText.slice(b.starts[0], b.ends[0]);
}
