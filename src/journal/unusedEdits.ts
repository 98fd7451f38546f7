import type { Journal } from './journal.ts';
import { NearEvents } from './nearEvents.ts';
import { recordKey } from './recordKey.ts';
import type { Of } from './replayed.ts';

/** An agent's edit as the journal has it. */
export type EditEvent = Of<'agentEdit'>;

export interface UnusedEditsRequest {
  /** Only edits that were recorded before this event. */
  readonly below: number;
  /** Only those that were recorded since (ms since 1970 UTC). */
  readonly since: number;
}

export interface UnusedEdits {
  /** Oldest first. */
  readonly edits: readonly EditEvent[];
  /** Ask again, below this event: there may be older ones. Absent where there are none. */
  readonly below?: number;
}

/** Edits that are read at once: each may lie in a segment of its own, and the worker has others to serve. */
const most = 64;
const prefix = recordKey({ kind: 'agentEdit', id: '' });

/**
 * The newest of agents' edits on which no resolution rests: what they did may only be seen now. Not those that were taken
 * in by hand (they explained what they could then), nor those of which words were taken out.
 */
export function unusedEdits({ replay, packs }: Journal, { below, since }: UnusedEditsRequest): UnusedEdits {
  const used = new Set<string>();
  const unused: { readonly id: string; readonly sequence: number }[] = [];
  for (const [key, record] of replay.records) {
    if (!key.startsWith(prefix)) continue;
    const id = key.slice(prefix.length);
    if (record.used) used.add(firstId(id));
    else if (record.sequence < below) unused.push({ id, sequence: record.sequence });
  }
  const redacted = new Set(replay.redactions.flatMap(({ events }) => events.map(({ sequence }) => sequence)));
  const open = unused.filter(({ id }) => !used.has(firstId(id))).sort((a, b) => a.sequence - b.sequence);
  const newest = open.slice(-most);
  const near = new NearEvents(packs);
  const edits = newest.flatMap(({ sequence }) => {
    const event = near.at(sequence);
    if (event?.kind !== 'agentEdit' || event.time < since || event.reconstructed || redacted.has(sequence)) return [];
    return [event];
  });
  const first = newest[0];
  const more = first !== undefined && newest.length < open.length && (near.at(first.sequence)?.time ?? 0) >= since;
  return { edits, ...(more && { below: first.sequence }) };
}

/** Both accounts of one edit have one name. */
function firstId(id: string): string {
  return id.replace(/~+$/, '');
}
