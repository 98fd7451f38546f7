import { type Hand, handOf } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Chronicle } from './chronicle.ts';
import type { HandCounts } from './flow.ts';
import { stamp } from './moment.ts';
import { distinct } from './retained.ts';
import { changedWords, leastWords } from './revisionText.ts';
import type { Episode } from './revisionTrail.ts';
import type { Standing } from './runList.ts';

/** What a person made of a passage that was there, before working elsewhere in that text. */
export interface Revision {
  readonly file: string | null;
  /** Its first and its last event. */
  readonly event: string;
  readonly lastEvent: string;
  readonly at: string;
  readonly until: string;
  /** The passage as it stood before and after; of long ones the beginning, with `…` behind it. */
  readonly before: string;
  readonly after: string;
  /** Words taken out and put in, as `changedWords` counts them. */
  readonly removed: number;
  readonly added: number;
  /** Whose text the passage was before: characters (code points). */
  readonly of: HandCounts;
  /** Of what was put in, characters that say word by word what an AI had given before; absent: none. */
  readonly repeated?: number;
}

/** Revisions that a report lists. */
export const mostRevisions = 40;
/** Code units of a passage that are shown. */
const longest = 800;

/**
 * The revisions of which most words were changed, most first. What anybody else than a person and the editor's own tools is
 * known to have put in, or taken out, meanwhile is none of them; words that were only put elsewhere do not count.
 */
export function revisionsOf(
  all: readonly {
    readonly chronicle: Chronicle;
    readonly standing: Standing;
    readonly includes: (document: number) => boolean;
  }[],
): readonly Revision[] {
  return all
    .flatMap(({ chronicle, standing, includes }) => {
      const acts = Float64Array.from(chronicle.folding.actors.keys()).sort();
      return chronicle.revisions.best
        .filter(one => includes(one.document) && isOwn(chronicle, one, acts))
        .map(one =>
          revisionOf(
            chronicle,
            one,
            one.of.every(run => stands(standing, run)),
          ),
        )
        .filter(({ removed, added }) => removed + added >= leastWords);
    })
    .sort((a, b) => b.removed + b.added - (a.removed + a.added) || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(0, mostRevisions);
}

function isOwn({ folding }: Chronicle, { put, first, last }: Episode, acts: Float64Array): boolean {
  for (const act of acts) {
    if (act < first.sequence || act > last.sequence) continue;
    if (!isOfPerson(handOf(folding.actors.get(act)!.kind))) return false;
  }
  for (const { origin } of folding.origins.walk(put)) if (!isOfPerson(handOf(origin.kind))) return false;
  return true;
}

function isOfPerson(hand: Hand): boolean {
  return hand === 'human' || hand === 'mechanical';
}

/** Whether all of a run stands in the texts as they are now. */
function stands({ count, serials, lengths }: Standing, { serial, length }: Span): boolean {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (serials[middle]! + lengths[middle]! <= serial) low = middle + 1;
    else high = middle;
  }
  let at = serial;
  for (; low < count && serials[low]! <= at && at < serial + length; low++) at = serials[low]! + lengths[low]!;
  return at >= serial + length;
}

/** `whole`: all of the passage stands today, so what was taken out of it was put elsewhere, or came back. */
function revisionOf(chronicle: Chronicle, one: Episode, whole: boolean): Revision {
  const { document, first, last, before = '', after, of } = one;
  const { removed, added } = changedWords(before, after);
  const repeated = repeatedIn(chronicle, one.put);
  return {
    file: chronicle.folding.documents.get(document)?.path ?? null,
    event: `${chronicle.id}:${first.sequence}`,
    lastEvent: `${chronicle.id}:${last.sequence}`,
    at: stamp(first),
    until: stamp(last),
    before: shown(before),
    after: shown(after),
    removed: whole ? 0 : removed,
    added,
    of: handsIn(chronicle, of),
    ...(repeated > 0 && { repeated }),
  };
}

/** Characters of some runs that an event says repeat what an AI had given. */
function repeatedIn({ kept, insertions }: Chronicle, put: readonly Span[]): number {
  let repeated = 0;
  for (const range of distinct(kept.repeats.flatMap(({ ranges }) => ranges))) {
    for (const run of distinct(put)) {
      const from = Math.max(range.serial, run.serial);
      const to = Math.min(range.serial + range.length, run.serial + run.length);
      if (to > from) repeated += insertions.characters(from, to - from);
    }
  }
  return repeated;
}

/** Characters of each hand in runs of serials. */
export function handsIn({ folding, insertions }: Chronicle, runs: readonly Span[]): HandCounts {
  const counts: HandCounts = {};
  for (const { serial, length, origin } of folding.origins.walk(runs)) {
    const hand = handOf(origin.kind);
    counts[hand] = (counts[hand] ?? 0) + insertions.characters(serial, length);
  }
  return counts;
}

function shown(text: string): string {
  const whole = text.replace(/^\n+|\s+$/g, '').toWellFormed();
  return whole.length <= longest ? whole : `${whole.slice(0, longest).toWellFormed()}…`;
}
