import type { Span } from '../provenance/span.ts';
import type { JournalEvent } from './event.ts';
import { stepOf } from './step.ts';

/** An event whose characters have serials. */
export type Serialled = Extract<JournalEvent, { kind: 'changed' | 'baseline' }>;

/** Whether the characters of its texts have serials. */
export function hasSerials(event: JournalEvent): event is Serialled {
  return event.kind === 'changed' || event.kind === 'baseline';
}

/** Serials of each of its texts. Throws RangeError where texts and changes do not pair. */
export function spansOf(event: Serialled): (readonly Span[])[] {
  if (event.kind === 'changed') return stepOf(event, event.texts ?? []).changes.map(({ spans }) => spans);
  return [[{ serial: event.first, length: event.texts?.[0]?.length ?? 0 }]];
}
