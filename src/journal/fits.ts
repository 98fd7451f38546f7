import type { Actor } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { EventChange, Finding, JournalEvent } from './event.ts';
import { bound } from './layout.ts';

export type ChangedEvent = Extract<JournalEvent, { kind: 'changed' }>;

/**
 * Whether columns give back exactly this event: a `changed` one with a text for each change, whose numbers are
 * countable, and with no member that the columns do not know. All other events are written as rows. Takes any JSON,
 * whatever its type says: a verifier asks this of events that strangers wrote.
 */
export function fitsColumns(event: JournalEvent): event is ChangedEvent & { readonly texts: readonly string[] } {
  if (event.kind !== 'changed') return false;
  const { time, monotonic, zone, session, document, tracker, version, first, placed } = event;
  const { changes, texts, findings, placement, observation, actor } = event;
  return (
    memberCount(event) === 15 + (placed === undefined ? 0 : 1) + (actor === undefined ? 0 : 1) &&
    inBound(time) &&
    inBound(monotonic) &&
    inBound(zone) &&
    countable(session) &&
    countable(document) &&
    countable(tracker) &&
    countable(version) &&
    countable(first) &&
    (placed === undefined || countable(placed)) &&
    typeof placement === 'string' &&
    isObject(observation) &&
    (actor === undefined || fitsActor(actor)) &&
    Array.isArray(changes) &&
    all(changes, fitsChange) &&
    Array.isArray(texts) &&
    texts.length === changes.length &&
    all(texts, isString) &&
    Array.isArray(findings) &&
    all(findings, fitsFinding)
  );
}

function fitsChange(change: EventChange): boolean {
  if (!isObject(change)) return false;
  const { from, to, spans } = change;
  if (!countable(from) || !countable(to) || to < from) return false;
  return spans === undefined ? memberCount(change) === 2 : memberCount(change) === 3 && fitsSpans(spans);
}

function fitsSpans(spans: readonly Span[]): boolean {
  return (
    Array.isArray(spans) &&
    spans.every(span => isObject(span) && memberCount(span) === 2 && countable(span.length) && countable(span.serial))
  );
}

export function fitsActor(actor: Actor): boolean {
  if (!isObject(actor)) return false;
  const { kind, basis, rule } = actor;
  return isString(kind) && isString(basis) && isString(rule) && memberCount(actor) === 3;
}

export function fitsFinding(finding: Finding): boolean {
  if (!isObject(finding)) return false;
  const { length, kind, basis, rule, prompt } = finding;
  return (
    countable(length) &&
    isString(kind) &&
    isString(basis) &&
    isString(rule) &&
    (prompt === undefined || isString(prompt)) &&
    memberCount(finding) === (prompt === undefined ? 4 : 5)
  );
}

/** As `every`, but of a hole too: it fits nothing. */
function all<T>(values: readonly T[], fits: (value: T) => boolean): boolean {
  for (let i = 0; i < values.length; i++) if (!fits(values[i] as T)) return false;
  return true;
}

export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

export function countable(value: number): boolean {
  // The kind of value comes first: what a stranger wrote may not even be comparable.
  return inBound(value) && value >= 0;
}

export function inBound(value: number): boolean {
  return Number.isInteger(value) && value < bound && value > -bound;
}

export function memberCount(value: object): number {
  let count = 0;
  for (const _ in value) count++;
  return count;
}
