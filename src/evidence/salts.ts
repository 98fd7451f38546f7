import { canonicalJson } from '../journal/canonical.ts';
import { SEGMENT } from '../journal/chain.ts';
import { toHex } from '../journal/digest.ts';
import type { JournalEvent } from '../journal/event.ts';
import { type SegmentSecret, saltsIn } from '../journal/keptSalts.ts';
import { saltsOfParts } from '../journal/saltedParts.ts';

/**
 * What a stranger needs beside an event to recompute its digest: the salts of its words and digests, and in place of
 * the salt of one that was taken out, its leaf. A segment that the package holds whole, and of which nothing was taken
 * out, gives its secret, from which all its salts follow. Of the last, unfinished segment only the salts of the events
 * that are here are given: its secret would also give away the salts of later events, and with them words that the
 * author may take out one day.
 */
export type SaltLine =
  | { readonly segment: number; readonly secret: string }
  | { readonly sequence: number; readonly salts: readonly PackagedSalt[] };

/** 64 hexadecimal digits. */
export type PackagedSalt = string | { readonly leaf: string };

/** Lines for the events 0 … size - 1, given in order; `secret` gives what a segment's salts come from. */
export function* saltLines(
  events: Iterable<JournalEvent>,
  size: number,
  secret: (segment: number) => SegmentSecret,
): Generator<string, void, undefined> {
  const whole = Math.floor(size / SEGMENT);
  const apart = new Map<number, SegmentSecret>();
  for (let segment = 0; segment * SEGMENT < size; segment++) {
    const own = secret(segment);
    if (segment < whole && own instanceof Uint8Array) yield line({ secret: toHex(own), segment });
    else apart.set(segment, own);
  }
  if (apart.size === 0) return;
  for (const event of events) {
    const own = apart.get(Math.floor(event.sequence / SEGMENT));
    if (own === undefined) continue;
    const salts = saltsOfParts(event, saltsIn(own, event.sequence));
    if (salts.length > 0) yield line({ salts: salts.map(packaged), sequence: event.sequence });
  }
}

function packaged(salt: Uint8Array): PackagedSalt {
  return salt.length === 32 ? toHex(salt) : { leaf: toHex(salt.subarray(1)) };
}

function line(salts: SaltLine): string {
  return `${canonicalJson(salts)}\n`;
}
