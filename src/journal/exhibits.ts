import { hash } from 'node:crypto';
import { type Act, appendTo } from './append.ts';
import type { JournalDatabase } from './database.ts';
import type { JournalEvent } from './event.ts';
import { ExhibitBytes } from './exhibitBytes.ts';
import type { ExhibitBody } from './exhibitEvent.ts';
import { Journal } from './journal.ts';
import { digestTaken } from './statedDigests.ts';

type Of<K extends ExhibitBody['kind']> = Extract<JournalEvent, { kind: K }>;

/** Bytes of one exhibit at most. Verifying a package holds all of it in memory. */
export const largestExhibit = 32 * 2 ** 20;
/** Bytes of all exhibits of a journal at most. */
export const largestExhibits = 256 * 2 ** 20;

/** A file that was attached to the record, as its events leave it. */
export interface Exhibit {
  /** Its rank from 1, never given again. */
  readonly number: number;
  readonly event: Of<'exhibit'>;
  /** By which it is an exhibit no more. */
  readonly removed?: Of<'exhibitRemoved'>;
  /** Its bytes were deleted on purpose. */
  readonly purged: boolean;
}

/** `EX-01`, as packages name it. */
export function exhibitName(number: number): string {
  return `EX-${String(number).padStart(2, '0')}`;
}

/** The exhibits that events tell of, in their order. */
export function exhibitsOf(events: Iterable<JournalEvent>): Exhibit[] {
  const exhibits: Exhibit[] = [];
  const ranks = new Map<number, number>();
  for (const event of events) {
    if (event.kind === 'exhibit') {
      ranks.set(event.sequence, exhibits.length);
      exhibits.push({ number: exhibits.length + 1, event, purged: false });
    } else if (event.kind === 'exhibitRemoved') {
      const rank = ranks.get(event.exhibit);
      const before = rank === undefined ? undefined : exhibits[rank];
      if (rank === undefined || before === undefined) continue;
      exhibits[rank] = { ...before, removed: before.removed ?? event, purged: before.purged || event.purged === true };
    }
  }
  return exhibits;
}

export interface NewExhibit extends Omit<Extract<ExhibitBody, { kind: 'exhibit' }>, 'kind' | 'fileDigest' | 'size'> {
  readonly bytes: Uint8Array;
  readonly shows: string;
  readonly name: string;
}

/**
 * Attaches a file: its event and its bytes are there in one transaction, or neither. Gives its number. `full`: all
 * together would be larger than a journal takes. Throws JournalError.
 */
export function attachExhibit(file: string, software: string, added: NewExhibit): number | 'full' {
  const { bytes, shows, name, ...said } = added;
  if (bytes.length > largestExhibit) return 'full';
  return appending(file, journal => {
    const kept = new ExhibitBytes(journal.database);
    const fileDigest = hash('sha256', bytes, 'hex');
    if (!kept.has(fileDigest) && kept.total() + bytes.length > largestExhibits) return 'full';
    const body = { kind: 'exhibit', ...said, fileDigest, size: bytes.length } as const;
    const [sequence] = appendTo(journal, software, [{ body, texts: [shows, name] }], {
      within: () => void kept.put(bytes),
    });
    return exhibitsOf(journal.packs.events()).find(({ event }) => event.sequence === sequence)?.number ?? 0;
  });
}

const purged = { purged: true } as const;

/** Takes an exhibit out of those that are shown; `purge`: its bytes go for good, unless another exhibit has the same. */
export function removeExhibit(
  file: string,
  software: string,
  { event: { sequence } }: Exhibit,
  { by, purge }: { readonly by: 'person' | 'command'; readonly purge: boolean },
): void {
  appending(file, journal => {
    const body = { kind: 'exhibitRemoved', exhibit: sequence, ...(purge && purged), by } as const;
    const kept = new ExhibitBytes(journal.database);
    appendTo(journal, software, [{ body } satisfies Act]);
    if (purge) dropPurged(journal.database, kept, exhibitsOf(journal.packs.events()));
  });
}

/** The same in a journal's file that nobody has open. Throws JournalError. */
export function withoutPurged(file: string): void {
  appending(file, ({ database, packs }) => {
    dropPurged(database, new ExhibitBytes(database), exhibitsOf(packs.events()));
  });
}

/** Deletes the bytes of exhibits that were removed with them. */
function dropPurged(database: JournalDatabase, kept: ExhibitBytes, exhibits: readonly Exhibit[]): void {
  const wanted = new Set(exhibits.flatMap(({ event, purged }) => (purged ? [] : [event.fileDigest])));
  const gone = exhibits.filter(({ event, purged }) => purged && !wanted.has(event.fileDigest));
  const there = gone.filter(({ event }) => event.fileDigest !== digestTaken && kept.has(event.fileDigest));
  if (there.length === 0) return;
  // Pages that are free keep what stood in them.
  database.guarded(() => database.connection.pragma('secure_delete = ON'));
  database.durable(() => {
    for (const { event } of there) kept.remove(event.fileDigest);
  });
  database.guarded(() => database.connection.pragma('wal_checkpoint(TRUNCATE)'));
}

function appending<T>(file: string, work: (journal: Journal) => T): T {
  const journal = Journal.open(file);
  try {
    return work(journal);
  } finally {
    journal.close();
  }
}
