import type { SegmentCursor } from './cursor.ts';
import type { EventChange, Finding, JournalEvent } from './event.ts';
import { Fault } from './fault.ts';

/** The `changed` event that the cursor stands at, as an object; clocks must have been read. */
export function changedEvent(cursor: SegmentCursor): JournalEvent {
  const { document, first, monotonic, observation, placement, sequence, session, time, tracker, version, zone } =
    cursor;
  const changes: EventChange[] = [];
  const texts: string[] = [];
  for (let k = cursor.change; k < cursor.changeEnd; k++) {
    const [from, to, spans] = [cursor.from[k]!, cursor.to[k]!, cursor.spansOf(k)];
    changes.push(spans === undefined ? { from, to } : { from, spans, to });
    texts.push(cursor.textOf(k));
  }
  const findings = cursor.origins.map(({ basis, kind, prompt, rule }, i): Finding => {
    const length = cursor.found[cursor.finding + i]!;
    return prompt === undefined ? { basis, kind, length, rule } : { basis, kind, length, prompt, rule };
  });
  const { actor, placed, shape } = cursor;
  const common = {
    ...(actor && { actor: { basis: actor.basis, kind: actor.kind, rule: actor.rule } }),
    changes,
    document,
    findings,
    first,
    kind: 'changed',
    monotonic,
    observation,
    placement,
    sequence,
    session,
    texts,
    time,
    tracker,
    version,
    zone,
  } as const;
  return shape.placed ? { ...common, placed } : common;
}

/** The event that a row states. Throws Fault `corrupt`. */
export function rowEvent(row: string, sequence: number, texts: readonly string[] | undefined): JournalEvent {
  return { ...parsed(row), sequence, ...(texts === undefined ? {} : { texts }) } as unknown as JournalEvent;
}

function parsed(row: string): object {
  try {
    const value: unknown = JSON.parse(row);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (cause) {
    throw new Fault('corrupt', 'a row', { cause });
  }
  throw new Fault('corrupt', 'a row');
}
