import type { EventBody, JournalEvent } from './event.ts';
import type { Stamp } from './stamp.ts';

type Changed = Extract<EventBody, { kind: 'changed' }>;

/** Members of a `changed` body that `changedOf` writes down one by one. */
type Written =
  | 'kind'
  | 'document'
  | 'tracker'
  | 'version'
  | 'changes'
  | 'first'
  | 'placed'
  | 'placement'
  | 'findings'
  | 'actor'
  | 'observation';

/** No `changed` body fits this any more once it has another member: it has to be added here. */
type WhollyWritten = Changed & Record<Exclude<keyof Changed, Written>, never>;

/** The event that a body becomes at its place in the journal. */
export function eventOf(
  sequence: number,
  session: number,
  stamp: Stamp,
  body: EventBody,
  texts: readonly string[] | undefined,
): JournalEvent {
  if (body.kind === 'changed' && texts !== undefined) return changedOf(sequence, session, stamp, body, texts);
  return { sequence, session, ...stamp, ...body, ...(texts && { texts }) };
}

/** Nearly all events are of this kind; to copy an object whatever its members are costs several times as much. */
function changedOf(
  sequence: number,
  session: number,
  { time, monotonic, zone }: Stamp,
  body: WhollyWritten,
  texts: readonly string[],
): JournalEvent {
  const { kind, document, tracker, version, changes, first, placed, placement, findings, actor, observation } = body;
  // biome-ignore format: one object, made at once
  const event = {
    sequence, session, time, monotonic, zone, kind, document, tracker, version, changes, first, placement, findings,
    observation, texts,
  };
  if (placed === undefined && actor === undefined) return event;
  return { ...event, ...(placed !== undefined && { placed }), ...(actor !== undefined && { actor }) };
}
