import { canonicalJson } from '../journal/canonical.ts';
import { leafHash, SEGMENT } from '../journal/chain.ts';
import { toHex } from '../journal/digest.ts';
import type { JournalEvent } from '../journal/event.ts';
import { partsOf, type SaltSource, saltSource, textRoot, wellFormed } from '../journal/parts.ts';

/**
 * What a stranger needs beside an event to recompute its digest: the salts of its words. A segment that
 * the package holds whole gives its secret, from which all its salts follow. Of the last, unfinished
 * segment only the salts of the events that are here are given: its secret would also give away the
 * salts of later events, and with them words that the author may take out one day.
 */
export type SaltLine =
  | { readonly segment: number; readonly secret: string }
  | { readonly sequence: number; readonly salts: readonly string[] };

/** Lines for the events 0 … size - 1, given in order; `secret` gives a segment's 32 bytes. */
export function* saltLines(
  events: Iterable<JournalEvent>,
  size: number,
  secret: (segment: number) => Uint8Array,
): Generator<string, void, undefined> {
  const whole = Math.floor(size / SEGMENT);
  for (let segment = 0; segment < whole; segment++) yield line({ secret: toHex(secret(segment)), segment });
  if (size % SEGMENT === 0) return;
  const last = secret(whole);
  for (const event of events) {
    if (event.sequence < whole * SEGMENT || event.texts === undefined) continue;
    const salts = saltsOf(event.texts, saltSource(last, event.sequence));
    if (salts.length > 0) yield line({ salts, sequence: event.sequence });
  }
}

/** The digest of an event (RFC 6962 leaf) whose salts come from a source: see the journal's README. */
export function digestWith(event: JournalEvent, salts: SaltSource): Uint8Array {
  if (event.texts === undefined) return leafHash(canonicalJson(event));
  let next = 0;
  const texts = event.texts.map(text => {
    const { digest, parts } = textRoot(text, salts, next);
    next += parts;
    return { digest: toHex(digest), length: text.length, ...(wellFormed(text) ? {} : { utf16: true }) };
  });
  return leafHash(canonicalJson({ ...event, texts }));
}

/** Salts of the words of all texts, in order; white space has none. */
function saltsOf(texts: readonly string[], source: SaltSource): readonly string[] {
  return texts.flatMap(partsOf).flatMap((part, number) => (part.space ? [] : [toHex(source(number))]));
}

function line(salts: SaltLine): string {
  return `${canonicalJson(salts)}\n`;
}
