import type { EventChange, Finding, JournalEvent } from './event.ts';
import { bound } from './layout.ts';

export type ChangedEvent = Extract<JournalEvent, { kind: 'changed' }>;

/**
 * Whether columns give back exactly this event: a `changed` one with a text for each change, whose numbers are
 * countable, and with no member that the columns do not know. All other events are written as rows.
 */
export function fitsColumns(event: JournalEvent): event is ChangedEvent & { readonly texts: readonly string[] } {
  if (event.kind !== 'changed' || event.texts?.length !== event.changes.length) return false;
  const { time, monotonic, zone, session, document, tracker, version, first, placed } = event;
  return (
    memberCount(event) === (placed === undefined ? 15 : 16) &&
    inBound(time) &&
    inBound(monotonic) &&
    inBound(zone) &&
    countable(session) &&
    countable(document) &&
    countable(tracker) &&
    countable(version) &&
    countable(first) &&
    (placed === undefined || countable(placed)) &&
    event.changes.every(fitsChange) &&
    event.findings.every(fitsFinding)
  );
}

function fitsChange(change: EventChange): boolean {
  const { from, to, spans } = change;
  if (!countable(from) || !countable(to) || to < from) return false;
  if (spans === undefined) return memberCount(change) === 2;
  return (
    memberCount(change) === 3 &&
    spans.every(span => memberCount(span) === 2 && countable(span.length) && countable(span.serial))
  );
}

function fitsFinding(finding: Finding): boolean {
  const { length, kind, basis, rule, prompt } = finding;
  return (
    countable(length) &&
    typeof kind === 'string' &&
    typeof basis === 'string' &&
    typeof rule === 'string' &&
    (prompt === undefined || typeof prompt === 'string') &&
    memberCount(finding) === (prompt === undefined ? 4 : 5)
  );
}

function countable(value: number): boolean {
  return value >= 0 && inBound(value);
}

function inBound(value: number): boolean {
  return Number.isInteger(value) && value < bound && value > -bound;
}

function memberCount(value: object): number {
  let count = 0;
  for (const _ in value) count++;
  return count;
}
