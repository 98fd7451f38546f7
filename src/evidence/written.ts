import { type Hand, handOf } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Chronicle, EventOf } from './chronicle.ts';
import type { Draft } from './drafts.ts';
import { add, type HandCounts } from './flow.ts';
import { stamp } from './moment.ts';

/**
 * Where a prompt was written, as far as the record tells: text equal to it, to the letter, stood in a recorded document,
 * made of characters that were put in before it was asked.
 */
export interface Written {
  /** Path of the document; null for a text that never became a file. */
  readonly file: string | null;
  /** When the last of its characters was put in. */
  readonly at: string;
  /** Its characters (code points) by whose they are. */
  readonly hands: HandCounts;
}

/**
 * Null: it is not known; it may have been written elsewhere, or there and changed since. Where several places hold it,
 * the one with the fewest characters of a person's, and of those the one that stood there last.
 */
export function writtenOf(chronicle: Chronicle, { id, asked }: EventOf<'prompt'>): Written | null {
  let found: (Found & { readonly document: number }) | undefined;
  for (const draft of chronicle.trail.drafts.get(id) ?? []) {
    const one = foundIn(chronicle, draft, asked);
    if (one === undefined) continue;
    const [mine, other] = [one.hands.human ?? 0, found?.hands.human ?? 0];
    if (found === undefined || mine < other || (mine === other && one.time > found.time))
      found = { ...one, document: draft.document };
  }
  if (found === undefined) return null;
  const { document, hands, time, zone } = found;
  return { file: chronicle.folding.documents.get(document)?.path ?? null, at: stamp({ time, zone }), hands };
}

interface Found {
  readonly hands: HandCounts;
  readonly time: number;
  readonly zone: number;
}

/** Undefined where a character of it came later, or nobody knows when. */
function foundIn(chronicle: Chronicle, { spans }: Draft, asked: number): Found | undefined {
  const { folding, insertions } = chronicle;
  const hands: Partial<Record<Hand, number>> = {};
  let last: { time: number; zone: number } | undefined;
  for (const part of partsOf(chronicle, spans)) {
    const made = insertions.lastMade(part.serial, part.length);
    if (made === undefined || made.time > asked) return undefined;
    if (last === undefined || made.time > last.time) last = made;
    const hand = handOf(folding.origins.runAt(part.serial).origin.kind);
    add(hands, hand, insertions.characters(part.serial, part.length));
  }
  return last && { hands, ...last };
}

/** The spans, cut where what is known of them changes. */
function* partsOf({ folding }: Chronicle, spans: readonly Span[]): Generator<Span> {
  for (const span of spans) {
    const end = span.serial + span.length;
    for (let serial = span.serial; serial < end; ) {
      const until = Math.min(folding.origins.runAt(serial).until, end);
      yield { serial, length: until - serial };
      serial = until;
    }
  }
}
