import { isBlank } from './blank.ts';
import { SEGMENT } from './chain.ts';
import type { JournalEvent } from './event.ts';
import { flagsOf, isRowOf } from './keptSalts.ts';
import type { Packs } from './packs.ts';
import type { Of } from './replayed.ts';
import { type SaltedPart, saltedParts } from './saltedParts.ts';
import { digestTaken } from './statedDigests.ts';

/** One redaction as a verification tells of it. */
export interface StatedRedaction {
  readonly sequence: number;
  readonly time: number;
  readonly zone: number;
  readonly by: 'person' | 'command';
  readonly reason: string;
  /** Words of texts, and digests of whole texts, that it took out of events. */
  readonly parts: number;
  readonly digests: number;
}

export function statedRedaction({ sequence, time, zone, by, events, texts }: Of<'redaction'>): StatedRedaction {
  const sum = (of: 'parts' | 'digests') => events.reduce((all, event) => all + event[of], 0);
  return { sequence, time, zone, by, reason: texts?.[0] ?? '', parts: sum('parts'), digests: sum('digests') };
}

/** How many salted parts redactions state to have taken out of each event. */
export function statedTaken(redactions: readonly Of<'redaction'>[]): Map<number, number> {
  const stated = new Map<number, number>();
  for (const { events } of redactions) {
    for (const { sequence, parts, digests } of events)
      stated.set(sequence, (stated.get(sequence) ?? 0) + parts + digests);
  }
  return stated;
}

/** How many salted parts of an event are taken out; undefined where one that is has something else than blanks. */
export function countTaken(event: JournalEvent, taken: readonly boolean[]): number | undefined {
  const parts = saltedParts(event);
  const blank = ({ text, run }: SaltedPart) => (text < 0 ? run === digestTaken : isBlank(run));
  if (parts.some((part, i) => taken[i] && !blank(part))) return undefined;
  return taken.filter(Boolean).length;
}

/**
 * Holds what is kept of salts against what redactions state: of every event exactly so many parts are taken out, and
 * stand there as blanks.
 */
export function verifyRedactions(
  packs: Packs,
  redactions: readonly Of<'redaction'>[],
  note: (sequence: number, what: 'redaction', detail: string) => void,
): void {
  const stated = statedTaken(redactions);
  const segments = new Set([...stated.keys()].map(sequence => Math.floor(sequence / SEGMENT)));
  for (const sequence of packs.keptSequences()) segments.add(Math.floor(sequence / SEGMENT));
  for (const segment of [...segments].sort((a, b) => a - b)) {
    const rows = new Map(packs.kept(segment).map(({ sequence, bytes }) => [sequence, bytes]));
    for (const event of packs.events(segment * SEGMENT)) {
      if (event.sequence >= (segment + 1) * SEGMENT) break;
      const row = rows.get(event.sequence);
      rows.delete(event.sequence);
      const count = row === undefined ? 0 : countTaken(event, flagsOf(row));
      if (row !== undefined && !isRowOf(row, saltedParts(event).length))
        note(event.sequence, 'redaction', 'the salts that were kept are of another event');
      else if (count !== (stated.get(event.sequence) ?? 0))
        note(
          event.sequence,
          'redaction',
          `taken out: ${count ?? 'what stands there'}, stated: ${stated.get(event.sequence) ?? 0}`,
        );
    }
    for (const sequence of rows.keys()) note(sequence, 'redaction', 'salts of no event');
  }
}
