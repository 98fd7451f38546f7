import { canonicalJson, eventDigest } from '../journal/canonical.ts';
import { Frontier, SEGMENT } from '../journal/chain.ts';
import { originOf, parseCheckpoint, verifyCheckpoint } from '../journal/checkpoint.ts';
import { toHex } from '../journal/digest.ts';
import type { JournalEvent } from '../journal/event.ts';
import type { SegmentSecret } from '../journal/keptSalts.ts';
import type { JournalReader } from '../journal/reader.ts';
import { linesMember, type Member, textMember } from './bag.ts';
import type { SealedSource } from './integrity.ts';
import { saltLines } from './salts.ts';
import { takenFrom } from './takenOut.ts';
import { keptTimeStamps, recordedIn } from './timeStamps/kept.ts';

/**
 * A journal up to one checkpoint, with what its digests need: what a package is made from. The last of
 * `checkpoints` covers exactly `size` events.
 */
export interface PackageSource extends SealedSource {
  /** What the salts of segment n, the events 4096 n … 4096 n + 4095, come from. */
  secret(segment: number): SegmentSecret;
  /** Bytes of an exhibit, by their SHA-256; undefined where they are not kept. */
  exhibit?(digest: string): Uint8Array | undefined;
}

export const eventsMember = 'data/journal/events.ndjson';
export const saltsMember = 'data/journal/salts.ndjson';

/** The record itself: each event as RFC 8785 JSON with its texts, and what its digest needs beside it. */
export function journalMembers(source: PackageSource): readonly Member[] {
  return [
    linesMember(eventsMember, eventLines(source.events())),
    linesMember(
      saltsMember,
      saltLines(source.events(), source.size, segment => source.secret(segment)),
    ),
  ];
}

/** `seal/checkpoints/0001.txt` and so on, oldest first. */
export function checkpointMembers(checkpoints: readonly string[]): readonly Member[] {
  return checkpoints.map((note, i) => textMember(`seal/checkpoints/${String(i + 1).padStart(4, '0')}.txt`, note));
}

/** Which checkpoint a package is made at. */
export interface SourceChoice {
  /** A checkpoint of the journal: its signed note, or its size in decimal digits. Absent: the newest. */
  readonly at?: string | undefined;
  /** Of several notes at one size, the one by this key (PEM) is taken. */
  readonly publicKey?: string | undefined;
}

/**
 * A journal up to one of its checkpoints. What was appended later, checkpoints included, has no part in
 * it. Throws Unsealable `noCheckpoint` or, where `at` names none of its checkpoints, `otherCheckpoint`.
 */
export function packageSourceOf(reader: JournalReader, { at, publicKey }: SourceChoice = {}): PackageSource {
  const kept = reader.checkpoints();
  const sizes = kept.map(({ size }) => size);
  const asked = at === undefined ? Math.max(...sizes) : /^\d+$/.test(at.trim()) ? Number(at) : undefined;
  const named = kept.filter(({ size, note }) => (asked === undefined ? note === at : size === asked));
  const byKey = publicKey === undefined ? undefined : named.find(({ note }) => verifyCheckpoint(note, publicKey));
  const chosen = byKey ?? named[0];
  if (chosen === undefined) throw new Unsealable(kept.length === 0 ? 'noCheckpoint' : 'otherCheckpoint');
  const { size, note } = chosen;
  const checkpoints = [...kept.filter(one => one.size < size).map(one => one.note), note];
  return {
    id: reader.id,
    size,
    root: toHex(reader.root(size)),
    checkpoints,
    timeStamps: keptTimeStamps(reader.tokens(), checkpoints, recordedIn(reader)),
    events: () => reader.events(0, size),
    packs: () => reader.packs(0, size),
    secret: segment => reader.secret(segment),
    exhibit: digest => reader.exhibit(digest),
    taken: takenFrom(size, segment => reader.secret(segment)),
  };
}

/** Throws Unsealable unless the events are exactly what the last checkpoint covers. */
export function demandSealable(source: PackageSource): void {
  const last = source.checkpoints.at(-1);
  if (last === undefined) throw new Unsealable('noCheckpoint');
  const checkpoint = parseCheckpoint(last);
  const frontier = new Frontier();
  let secret: SegmentSecret = new Uint8Array(0);
  for (const event of source.events()) {
    if (event.sequence % SEGMENT === 0) secret = source.secret(event.sequence / SEGMENT);
    frontier.append(eventDigest(event, secret));
  }
  const same = checkpoint.origin === originOf(source.id) && checkpoint.size === source.size;
  if (!same || frontier.size !== source.size) throw new Unsealable('otherCheckpoint');
  const root = toHex(frontier.root());
  if (root !== toHex(checkpoint.root) || root !== source.root) throw new Unsealable('otherRoot');
}

/** Why a journal cannot be sealed as it is. */
export class Unsealable extends Error {
  readonly code: 'noCheckpoint' | 'otherCheckpoint' | 'otherRoot' | 'keyNotInJournal';

  constructor(code: Unsealable['code']) {
    super(`The journal cannot be sealed: ${code}`);
    this.code = code;
  }
}

function* eventLines(events: Iterable<JournalEvent>): Generator<string, void, undefined> {
  for (const event of events) yield `${canonicalJson(event)}\n`;
}
