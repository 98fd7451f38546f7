import type { JournalEvent } from './event.ts';

export { runningLink } from './link.ts';

/** How a pack's bytes lie: as they are, or deflated (RFC 1951). */
export type Codec = 'raw' | 'deflate';

/** A pack of 1 to 4096 events, gapless. Throws RangeError at a gap, TypeError at what `canonicalJson` refuses. */
export function encode(events: readonly JournalEvent[], codec: Codec = 'raw'): Uint8Array {
  return Buffer.from(JSON.stringify({ codec, events }), 'utf8');
}

/** The events of a pack. Throws Fault `newerFormat` or `damaged`. */
export function decode(bytes: Uint8Array): JournalEvent[] {
  return (JSON.parse(Buffer.from(bytes).toString('utf8')) as { events: JournalEvent[] }).events;
}

/** What the header of a pack says. */
export interface PackHeader {
  readonly codec: Codec;
  /** Sequence of the first event. */
  readonly first: number;
  readonly count: number;
}

export function headerOf(bytes: Uint8Array): PackHeader {
  const events = decode(bytes);
  return { codec: 'raw', first: events[0]?.sequence as number, count: events.length };
}
