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

/** Edits that are given at once: each may lie in a segment of its own, and the worker has others to serve. */
const most = 64;
/** Edits that are looked at for them: an import leaves very many that are none. */
const looked = 1024;
/** Events in a row that are unpacked as one. */
const row = 384;
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
  const near = new NearEvents(packs);
  const edits: EditEvent[] = [];
  let [rest, last] = [open.length, Number.POSITIVE_INFINITY];
  while (rest > 0 && last >= since && edits.length < most && open.length - rest < looked) {
    const end = rest;
    rest = Math.max(0, end - most);
    while (rest > 0 && open[rest - 1]!.sequence > open[end - 1]!.sequence - row) rest--;
    const some = open.slice(rest, end).map(({ sequence }) => near.at(sequence));
    last = some[0]?.time ?? 0;
    edits.unshift(...some.filter(event => event?.kind === 'agentEdit').filter(isOpen));
  }
  return { edits, ...(rest > 0 && last >= since && { below: open[rest]!.sequence }) };

  function isOpen({ time, reconstructed, sequence }: EditEvent): boolean {
    return time >= since && !reconstructed && !redacted.has(sequence);
  }
}

/** Both accounts of one edit have one name. */
function firstId(id: string): string {
  return id.replace(/~+$/, '');
}
