import { sliceSpans } from '../provenance/spans.ts';
import { SEGMENT } from './chain.ts';
import type { JournalDatabase } from './database.ts';
import type { RedactedEvent } from './event.ts';
import { hasSerials, spansOf } from './eventSpans.ts';
import { KeptSalts } from './keptSalts.ts';
import { Packs } from './packs.ts';
import { appendRedaction } from './redaction.ts';
import { saltedParts } from './saltedParts.ts';
import { SerialSet } from './serialSet.ts';

const reason = 'taken out before: the redaction that said so stands in what could not be recovered';

/**
 * Where a recovered journal ends before a redaction of which it has the blanks, it gets an event of its own that states
 * them: nothing is missing that no event tells of. Call inside a transaction.
 */
export function stateTaken(database: JournalDatabase): void {
  const packs = new Packs(database);
  const flags = flagsIn(packs);
  if (flags.size === 0) return;
  const open = new Map<number, RedactedEvent>();
  const serials = new SerialSet();
  const add = (sequence: number, parts: number, digests: number) => {
    const before = open.get(sequence) ?? { parts: 0, digests: 0 };
    open.set(sequence, { sequence, parts: before.parts + parts, digests: before.digests + digests });
  };
  for (const event of packs.events()) {
    if (event.kind === 'redaction')
      for (const { sequence, parts, digests } of event.events) add(sequence, -parts, -digests);
    const taken = flags.get(event.sequence);
    if (taken === undefined) continue;
    const own = saltedParts(event).filter((_, i) => taken[i]);
    const words = own.filter(({ text }) => text >= 0);
    add(event.sequence, words.length, own.length - words.length);
    const spans = hasSerials(event) ? spansOf(event) : [];
    for (const { text, from, to } of words)
      for (const { serial, length } of sliceSpans(spans[text] ?? [], from, to)) serials.add(serial, length);
  }
  const events = [...open.values()].filter(({ parts, digests }) => parts + digests > 0);
  if (events.length === 0) return;
  const request = { by: 'command', reason, software: 'holograph' } as const;
  appendRedaction(database, database.head(), request, { events, serials: serials.spans() });
}

function flagsIn(packs: Packs): Map<number, readonly boolean[]> {
  const flags = new Map<number, readonly boolean[]>();
  for (const segment of new Set(packs.keptSequences().map(sequence => Math.floor(sequence / SEGMENT)))) {
    const salts = packs.secret(segment);
    if (salts instanceof KeptSalts) for (const [sequence, taken] of salts.allTaken()) flags.set(sequence, taken);
  }
  return flags;
}
