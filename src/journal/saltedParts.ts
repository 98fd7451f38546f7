import type { JournalEvent } from './event.ts';
import { digestLeaf, partLeaves, partsOf, type SaltSource } from './parts.ts';
import { digestsIn } from './statedDigests.ts';

/** A part of an event that has a salt, and so can be taken out: a word of one of its texts, or a digest that it states. */
export interface SaltedPart {
  /** Rank of its text; -1: a digest. */
  readonly text: number;
  /** Where it stands in its text, half-open; of a digest its rank among them. */
  readonly from: number;
  readonly to: number;
  readonly run: string;
}

/** The salted parts of an event, in the order of their salts. */
export function saltedParts(event: JournalEvent): SaltedPart[] {
  const words = (event.texts ?? []).flatMap((text, rank) =>
    partsOf(text).flatMap(({ from, to, space }): SaltedPart[] =>
      space ? [] : [{ text: rank, from, to, run: text.slice(from, to) }],
    ),
  );
  return [...words, ...digestsIn(event).map((run, rank): SaltedPart => ({ text: -1, from: rank, to: rank + 1, run }))];
}

/** Their salts, in order; `source`: new, or good for any order. */
export function saltsOfParts(event: JournalEvent, source: SaltSource): Uint8Array[] {
  const parts = (event.texts ?? []).flatMap(partsOf);
  const words = parts.flatMap(({ space }, number) => (space ? [] : [source(number)]));
  return [...words, ...digestsIn(event).map((_, i) => source(parts.length + i))];
}

/** Their leaves, in order. */
export function leavesOfParts(event: JournalEvent, salts: readonly Uint8Array[]): Uint8Array[] {
  let next = 0;
  const source: SaltSource = () => salts[next++] as Uint8Array;
  const words = (event.texts ?? []).flatMap(text => {
    const leaves = partLeaves(text, source, 0);
    return partsOf(text).flatMap(({ space }, i) => (space ? [] : [leaves[i] as Uint8Array]));
  });
  return [...words, ...digestsIn(event).map(digest => digestLeaf(source(0), digest))];
}
