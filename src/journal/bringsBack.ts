import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { JournalDatabase } from './database.ts';
import type { JournalEvent } from './event.ts';
import { Fault } from './fault.ts';
import { Packs } from './packs.ts';
import { JournalError } from './problem.ts';
import { beyondFile, recoveredFile } from './recovery.ts';
import type { Of } from './replayed.ts';

/**
 * How many redactions of the journals at `files` took something out that a backup still has, as far as these can be
 * read: damaged ones, and what was recovered of them, tell what they can. Throws JournalError at the backup itself.
 */
export function redactionsLacking(files: readonly string[], backup: string): number {
  const known = takenBy(redactionsAmong(eventsOf(backup)));
  const lacking = (events: Iterable<JournalEvent>) => {
    const redactions = redactionsAmong(events);
    const stated = takenBy(redactions);
    const gone = (sequence: number) => (stated.get(sequence) ?? 0) > (known.get(sequence) ?? 0);
    return redactions.filter(({ events }) => events.some(({ sequence }) => gone(sequence))).length;
  };
  // A file and what was recovered of it may state the same: each is held against the backup by itself.
  const counts = files.flatMap(file => [
    ...[file, recoveredFile(file)].map(one => lacking(readable(one))),
    lacking(linesOf(beyondFile(dirname(file)))),
  ]);
  return Math.max(0, ...counts);
}

/** How much they state to have taken out of each event. */
function takenBy(redactions: readonly Of<'redaction'>[]): Map<number, number> {
  const taken = new Map<number, number>();
  for (const { events } of redactions)
    for (const { sequence, parts, digests } of events)
      taken.set(sequence, (taken.get(sequence) ?? 0) + parts + digests);
  return taken;
}

function redactionsAmong(events: Iterable<JournalEvent>): Of<'redaction'>[] {
  const found: Of<'redaction'>[] = [];
  for (const event of events) if (event.kind === 'redaction') found.push(event);
  return found;
}

function* eventsOf(file: string): Generator<JournalEvent, void, undefined> {
  const database = JournalDatabase.open(file, { readonly: true });
  try {
    yield* new Packs(database).events();
  } finally {
    database.close();
  }
}

/** Up to the first event that cannot be read. */
function* readable(file: string): Generator<JournalEvent, void, undefined> {
  if (!existsSync(file)) return;
  try {
    yield* eventsOf(file);
  } catch (error) {
    const damaged = error instanceof JournalError || error instanceof Fault || error instanceof RangeError;
    if (!damaged) throw error;
  }
}

function linesOf(file: string): JournalEvent[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as JournalEvent);
}
