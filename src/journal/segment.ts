import { SEGMENT } from './chain.ts';
import { SegmentCursor } from './cursor.ts';
import { Draft } from './draft.ts';
import type { JournalEvent } from './event.ts';
import type { Codec } from './pack.ts';

export { SegmentCursor } from './cursor.ts';
export { runningLink } from './link.ts';
export { type Codec, headerOf, recode } from './pack.ts';

/**
 * A pack: 1 to 4096 gapless events, as columns and texts. Law: `decode(encode(events))` equals `events`, but for members
 * that are `undefined`. Throws RangeError at a gap or another count, TypeError at what `canonicalJson` refuses.
 */
export function encode(events: readonly JournalEvent[], codec: Codec = 'raw'): Uint8Array {
  const first = events[0]?.sequence;
  if (first === undefined || events.length > SEGMENT) throw new RangeError(`a pack of ${events.length} events`);
  if (!Number.isSafeInteger(first) || first < 0) throw new RangeError(`no sequence: ${first}`);
  const draft = new Draft();
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!;
    if (event.sequence !== first + i) throw new RangeError(`event ${event.sequence} in place of ${first + i}`);
    draft.add(event);
  }
  return draft.packed(first, codec);
}

/** The events of a pack. Throws Fault `newer` or `corrupt`. Events may share observations: do not change them. */
export function decode(bytes: Uint8Array): JournalEvent[] {
  const cursor = new SegmentCursor(bytes);
  const events: JournalEvent[] = [];
  while (cursor.next()) events.push(cursor.event());
  return events;
}
