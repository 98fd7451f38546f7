import { SerialSet } from '../journal/serialSet.ts';
import type { Chronicle, ReplayedDocument } from './chronicle.ts';
import { type PassageUnit, passageEnds } from './passages.ts';

/** Typed text of a file that says word by word what an AI had given before, as the journal's `repeats` have it. */
export interface Repeats {
  /** Code points that stand now. */
  readonly characters: number;
  /** Passages that have some of them. */
  readonly passages: number;
}

/** Undefined where there is none. What was found later not to be typed is none. */
export function repeatsIn(
  { kept, folding }: Chronicle,
  { provenance }: ReplayedDocument,
  text: string,
  unit: PassageUnit,
): Repeats | undefined {
  if (kept.repeats.length === 0) return undefined;
  const marked = SerialSet.of(kept.repeats.flatMap(event => event.ranges));
  let [characters, passages, counted] = [0, 0, -1];
  const ends = passageEnds(text, unit);
  let end = ends.next().value ?? text.length;
  const onward = () => {
    end = ends.next().value ?? text.length;
  };
  const count = (from: number, to: number) => {
    while (end <= from && end < text.length) onward();
    for (; ; onward()) {
      if (counted !== end) passages++;
      counted = end;
      if (end >= to || end === text.length) return;
    }
  };
  for (const { from, to } of marked.within(provenance.slice(0, provenance.length))) {
    let at = from;
    for (const { length, origin } of folding.origins.walk(provenance.slice(from, to))) {
      const own = text.slice(at, at + length);
      at += length;
      if (origin.kind !== 'typed') continue;
      characters += [...own].length;
      count(at - length, at);
    }
  }
  return characters === 0 ? undefined : { characters, passages };
}
