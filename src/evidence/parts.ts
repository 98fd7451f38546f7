import { type Hand, handOf, hands } from '../provenance/origin.ts';
import { type Axes, AxesSum } from './axes.ts';
import type { Chronicle } from './chronicle.ts';
import type { Mark } from './marks.ts';
import { elsewhere } from './moves.ts';
import { type OutlinePart, outlineOf, type PartUnit } from './outline.ts';
import type { PassageList } from './passages.ts';

/** A part of a file that its text names: a chapter or section, a scene, a declaration of a program. */
export interface PartAccount {
  readonly unit: PartUnit;
  /** As the text has it, at most 200 code units; empty for what stands before or between the named parts. */
  readonly title: string;
  /** Depth of a heading, from 1; a part ends where the next one begins, whatever its level. */
  readonly level: number;
  /** UTF-16 code units, half-open; null: what stands between named parts, taken together. */
  readonly from: number | null;
  readonly to: number | null;
  readonly axes: Axes;
}

/** One text on its axes, and part by part. */
export interface Parted {
  readonly sum: AxesSum;
  /** In the order of the text; empty where the file is its only part. Their figures add up to the file's. */
  readonly parts: readonly PartAccount[];
}

/** Cost: linear in text, marks and passages. */
export function partsOf(
  chronicle: Chronicle,
  path: string,
  text: string,
  marks: readonly Mark[],
  passages: PassageList,
): Parted {
  const outline = outlineOf(path, text);
  const bounds: readonly Pick<OutlinePart, 'from' | 'to'>[] =
    outline.length === 0 ? [{ from: 0, to: text.length }] : outline;
  const sums = bounds.map(() => new AxesSum());
  let [part, passage] = [0, 0];
  for (const mark of marks) {
    const hand = hands.indexOf(mark.hand);
    const arranger = arrangerOf(chronicle, mark);
    for (let at = mark.from; at < mark.to; ) {
      while (passage < passages.count && passages.ends[passage]! <= at) passage++;
      while (bounds[part]!.to <= at) sums[part++]!.end(false);
      const stop = Math.min(mark.to, bounds[part]!.to, passages.ends[passage] ?? text.length);
      sums[part]!.add(text, at, stop, hand, passages.hands[passage] ?? -1, arranger);
      at = stop;
    }
  }
  for (; part < sums.length; part++) sums[part]!.end(part === sums.length - 1);
  const sum = new AxesSum();
  for (const one of sums) sum.addAll(one);
  return { sum, parts: accountsOf(outline, sums) };
}

/** What stands between the declarations of a program is one part, behind them. */
function accountsOf(outline: readonly OutlinePart[], sums: readonly AxesSum[]): PartAccount[] {
  const rest = new AxesSum();
  let between = false;
  const accounts = outline.flatMap(({ unit, title, level, from, to }, i): PartAccount[] => {
    if (unit !== 'rest') return [{ unit, title, level, from, to, axes: sums[i]!.axes() }];
    rest.addAll(sums[i]!);
    between = true;
    return [];
  });
  if (between) accounts.push({ unit: 'rest', title: '', level: 1, from: null, to: null, axes: rest.axes() });
  return accounts;
}

/** Rank of the hand that put a run where it stands; -1 where it stands as it was made, or came back there. */
function arrangerOf({ folding, placers }: Chronicle, { placedBy }: Mark): number {
  if (placedBy === null || !elsewhere.includes(placedBy.how)) return -1;
  const sequence = Number(placedBy.event.slice(placedBy.event.lastIndexOf(':') + 1));
  const actor = folding.actors.get(sequence) ?? placers.get(sequence);
  const hand: Hand = actor === undefined ? 'unknown' : handOf(actor.kind);
  return hands.indexOf(hand);
}
