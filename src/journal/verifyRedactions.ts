import { isBlank } from './blank.ts';
import { SEGMENT } from './chain.ts';
import type { JournalEvent, RedactedEvent } from './event.ts';
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

/** How much of an event was taken out: words of its texts, and digests of whole texts. */
export type TakenCount = Pick<RedactedEvent, 'parts' | 'digests'>;

export const nothingTaken: TakenCount = { parts: 0, digests: 0 };

/** How much redactions state to have taken out of each event. */
export function statedTaken(redactions: readonly Of<'redaction'>[]): Map<number, TakenCount> {
  const stated = new Map<number, TakenCount>();
  for (const { events } of redactions) {
    for (const { sequence, parts, digests } of events) {
      const before = stated.get(sequence) ?? nothingTaken;
      stated.set(sequence, { parts: before.parts + parts, digests: before.digests + digests });
    }
  }
  return stated;
}

/** How much of an event is taken out; undefined where a part that is has something else than blanks. */
export function countTaken(event: JournalEvent, taken: readonly boolean[]): TakenCount | undefined {
  const gone = saltedParts(event).filter((_, i) => taken[i]);
  const blank = ({ text, run }: SaltedPart) => (text < 0 ? run === digestTaken : isBlank(run));
  if (!gone.every(blank)) return undefined;
  const parts = gone.filter(({ text }) => text >= 0).length;
  return { parts, digests: gone.length - parts };
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
      const count = row === undefined ? nothingTaken : countTaken(event, flagsOf(row));
      const said = stated.get(event.sequence) ?? nothingTaken;
      if (row !== undefined && !isRowOf(row, saltedParts(event).length))
        note(event.sequence, 'redaction', 'the salts that were kept are of another event');
      else if (count?.parts !== said.parts || count.digests !== said.digests)
        note(
          event.sequence,
          'redaction',
          `taken out: ${count ? told(count) : 'what stands there'}, stated: ${told(said)}`,
        );
    }
    for (const sequence of rows.keys()) note(sequence, 'redaction', 'salts of no event');
  }
}

function told({ parts, digests }: TakenCount): string {
  return `${parts} words and ${digests} digests`;
}
