import { Alignment } from './alignment.ts';
import type { Change } from './change.ts';
import { Kinds, type Stretches } from './kinds.ts';
import { commonEnds, lineStarts, trimmed } from './lines.ts';
import { matchItems } from './matching.ts';
import { withoutScraps } from './scraps.ts';
import { partsOf } from './words.ts';

export interface AlignOptions {
  /** Insertions and removals, in lines or words, after which a search takes the way that came furthest. */
  readonly cap?: number;
}

/**
 * Changes that lead from one text to another, sorted, disjoint, in old offsets, and spare what was
 * left alone, so that it can keep its origin. Equal ends first; then lines that are equal but for the
 * white space at their ends (a text indented anew keeps its lines); then, in what is left, words. White
 * space stays where it adjoins what stays. Words that stand alone in a passage written anew do not
 * stay (`withoutScraps`), nor do single letters of a changed word (`Alignment`). Costs O(n log n)
 * and, in gaps with nothing unique, O(gap · cap).
 */
export function align(oldText: string, newText: string, { cap = 256 }: AlignOptions = {}): readonly Change[] {
  if (oldText === newText) return [];
  const common = commonEnds(oldText, newText);
  // Whole lines only: half a line could part a word.
  const start = common.start === 0 ? 0 : oldText.lastIndexOf('\n', common.start - 1) + 1;
  const feed = oldText.indexOf('\n', oldText.length - common.end);
  const end = common.end === 0 || feed < 0 ? 0 : oldText.length - feed - 1;
  const alignment = new Alignment(oldText, newText);
  alignment.keep(0, 0, start);
  alignLines(alignment, { from: start, to: oldText.length - end, newFrom: start, newTo: newText.length - end }, cap);
  alignment.keep(oldText.length - end, newText.length - end, end);
  return alignment.changes();
}

/** A part of either text, between what is known to stay. */
interface Section {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

function alignLines(alignment: Alignment, section: Section, cap: number): void {
  const { oldText, newText } = alignment;
  const a = bodies(oldText, section.from, section.to);
  const b = bodies(newText, section.newFrom, section.newTo);
  const matching = match(oldText, a, newText, b, cap);
  let { from, newFrom } = section;
  for (let k = 0; k < matching.a.length; k++) {
    const x = matching.a[k]!;
    const y = matching.b[k]!;
    // Lines that follow one another on one side have nothing but white space between them there.
    const nextToLast = k > 0 && (x === matching.a[k - 1]! + 1 || y === matching.b[k - 1]! + 1);
    if (!nextToLast) alignWords(alignment, { from, to: a.starts[x]!, newFrom, newTo: b.starts[y]! }, cap);
    alignment.keep(a.starts[x]!, b.starts[y]!, a.ends[x]! - a.starts[x]!);
    from = a.ends[x]!;
    newFrom = b.ends[y]!;
  }
  alignWords(alignment, { from, to: section.to, newFrom, newTo: section.newTo }, cap);
}

function alignWords(alignment: Alignment, { from, to, newFrom, newTo }: Section, cap: number): void {
  if (from === to || newFrom === newTo) return;
  const { oldText, newText } = alignment;
  const a = partsOf(oldText, from, to);
  const b = partsOf(newText, newFrom, newTo);
  const kept = withoutScraps(a, b, match(oldText, a, newText, b, cap));
  for (let k = 0; k < kept.a.length; k++) {
    const [x, y] = [kept.a[k]!, kept.b[k]!];
    alignment.keep(a.starts[x]!, b.starts[y]!, a.ends[x]! - a.starts[x]!);
  }
}

/** The lines of a part of a text without the white space at their ends; lines of white space left out. */
function bodies(text: string, from: number, to: number): Stretches {
  const out = { starts: [] as number[], ends: [] as number[] };
  const lines = lineStarts(text, from, to);
  for (let i = 0; i + 1 < lines.length; i++) {
    const body = trimmed(text, lines[i]!, lines[i + 1]!);
    if (body.from === body.to) continue;
    out.starts.push(body.from);
    out.ends.push(body.to);
  }
  return out;
}

function match(oldText: string, a: Stretches, newText: string, b: Stretches, cap: number) {
  const kinds = new Kinds(a.starts.length + b.starts.length);
  const x = kinds.of(oldText, a);
  const y = kinds.of(newText, b);
  return matchItems(x, y, kinds.count, cap);
}
