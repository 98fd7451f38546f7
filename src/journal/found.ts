import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { JournalEvent } from './event.ts';
import type { FoundRange } from './foundPage.ts';
import { recordKey } from './recordKey.ts';
import { addRecord, grow, type Of, placing, type Resolved, type Standing } from './replayed.ts';

/** What some events add to a replay's state beside texts and what made each character. */
export interface FoundPart {
  /** Prompts without their texts: the events have them. */
  readonly events: (
    | Of<'prompt'>
    | Of<'commit'>
    | Of<'key'>
    | Resolved
    | Of<'skipped'>
    | Of<'repeats'>
    | Of<'redaction'>
  )[];
  /** `recordKey` of what agents' records say beside prompts. */
  readonly records: (readonly [key: string, sequence: number])[];
  readonly placings: (readonly [serial: number, placement: Of<'changed'>['placement'], act: number])[];
}

export function noPart(): FoundPart {
  return { events: [], records: [], placings: [] };
}

/** Adds what the next event says. */
export function gather(part: FoundPart, event: JournalEvent): void {
  switch (event.kind) {
    case 'changed':
      if (event.placed !== undefined) part.placings.push([event.placed, event.placement, event.sequence]);
      return;
    case 'answer':
    case 'agentEdit':
    case 'decision':
      part.records.push([recordKey(event), event.sequence]);
      return;
    case 'prompt': {
      const { texts: _texts, ...prompt } = event;
      part.events.push(prompt);
      return;
    }
    case 'resolution': {
      const { kind, sequence, ranges, origin, acts, edits } = event;
      part.events.push({ kind, sequence, ranges, origin, ...(acts && { acts }), ...(edits && { edits }) });
      return;
    }
    case 'commit':
    case 'key':
    case 'redaction':
    case 'repeats':
    case 'skipped':
      part.events.push(event);
      return;
    case 'started':
    case 'consent':
    case 'session':
    case 'sessionEnd':
    case 'paused':
    case 'resumed':
    case 'attached':
    case 'promptNote':
    case 'exhibit':
    case 'exhibitRemoved':
    case 'milestone':
    case 'review':
    case 'restriction':
    case 'notice':
    case 'label':
    case 'exported':
    case 'baseline':
    case 'renamed':
    case 'deleted':
    case 'opened':
    case 'saved':
    case 'closed':
    case 'gap':
      return;
  }
}

/** The parts of events that follow each other as one. */
export function joined(a: FoundPart, b: FoundPart): FoundPart {
  return {
    events: [...a.events, ...b.events],
    records: [...a.records, ...b.records],
    placings: [...a.placings, ...b.placings],
  };
}

export function partBytes(part: FoundPart): Uint8Array {
  return deflateRawSync(JSON.stringify(part));
}

/** Throws where the bytes are not of `partBytes`. */
export function partOf(bytes: Uint8Array): FoundPart {
  const part = JSON.parse(inflateRawSync(bytes).toString('utf8')) as FoundPart;
  if (!Array.isArray(part.records)) throw new RangeError('a part of another form');
  return part;
}

/** Adds to a state what the part has of events before this one. */
export function addFound(to: Standing, { events, records, placings }: FoundPart, before: number): void {
  for (const [serial, placement, act] of placings) if (act < before) to.placings.set(serial, { placement, act });
  for (const [key, sequence] of records) if (sequence < before) addRecord(to, key, sequence);
  for (const event of events) if (event.sequence < before) grow(to, event);
}

/** What an event says made each of its new characters. */
export function rangesOf(event: JournalEvent): FoundRange[] {
  if (event.kind === 'baseline') {
    const { first, finding, sequence: act } = event;
    return finding.length === 0 ? [] : [{ first, until: first + finding.length, origin: finding, act }];
  }
  if (event.kind !== 'changed') return [];
  const { placed, findings, sequence: act } = event;
  const ranges: FoundRange[] = placed === undefined ? [] : [{ first: placed, until: placed + 1, origin: placing, act }];
  let first = placed === undefined ? event.first : event.first + 1;
  for (const finding of findings) {
    if (finding.length > 0) ranges.push({ first, until: first + finding.length, origin: finding, act });
    first += finding.length;
  }
  return ranges;
}
