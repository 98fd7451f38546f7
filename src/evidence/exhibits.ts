import type { JournalEvent } from '../journal/event.ts';
import type { ExhibitKind } from '../journal/exhibitEvent.ts';
import { type Exhibit, exhibitName, exhibitsOf } from '../journal/exhibits.ts';
import { digestTaken } from '../journal/statedDigests.ts';
import { stamp } from './moment.ts';

/** A file that the author attached to the record. */
export interface ExhibitEntry {
  /** `EX-01`: its place among the journal's exhibits, never given again. */
  readonly name: string;
  readonly what: ExhibitKind;
  /** What it shows, in the author's words. */
  readonly shows: string;
  /** Name of the file that was attached. */
  readonly file: string;
  /** Its own date, as the author states it. */
  readonly dated: string | null;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal; null where it was taken out of the record. */
  readonly sha256: string | null;
  readonly attached: string;
  readonly event: string;
  /** The git commit that it was taken from. */
  readonly commit: string | null;
  /** When the author took it back; null: it stands. */
  readonly removed: string | null;
  /** Its bytes were deleted with it. */
  readonly purged: boolean;
}

/** A point that the author marked: the work stood then as the events up to this one leave it. */
export interface Milestone {
  readonly text: string;
  readonly at: string;
  readonly event: string;
  readonly commit: string | null;
}

/** The exhibits that a journal's events tell of, removed ones included. */
export function exhibitEntries(journal: string, events: Iterable<JournalEvent>): ExhibitEntry[] {
  return exhibitsOf(events).map(exhibit => entryOf(journal, exhibit));
}

/** `M-01`: its rank among the journal's milestones, from 1. */
export function milestoneName(rank: number): string {
  return `M-${String(rank).padStart(2, '0')}`;
}

export function milestonesOf(journal: string, events: Iterable<JournalEvent>): Milestone[] {
  const milestones: Milestone[] = [];
  for (const event of events) {
    if (event.kind !== 'milestone') continue;
    const { sequence, texts = [], commit = null } = event;
    milestones.push({ text: texts[0] ?? '', at: stamp(event), event: `${journal}:${sequence}`, commit });
  }
  return milestones;
}

function entryOf(journal: string, { number, event, removed, purged }: Exhibit): ExhibitEntry {
  const { what, texts = [], dated = null, size, fileDigest, commit = null, sequence } = event;
  return {
    name: exhibitName(number),
    what,
    shows: texts[0] ?? '',
    file: texts[1] ?? '',
    dated,
    size,
    sha256: fileDigest === digestTaken ? null : fileDigest,
    attached: stamp(event),
    event: `${journal}:${sequence}`,
    commit,
    removed: removed === undefined ? null : stamp(removed),
    purged,
  };
}
