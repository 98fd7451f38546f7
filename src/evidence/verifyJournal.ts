import { basename, dirname } from 'node:path';
import { toHex } from '../journal/digest.ts';
import type { JournalEvent } from '../journal/event.ts';
import { isOfExhibits } from '../journal/eventKinds.ts';
import { Fault } from '../journal/fault.ts';
import { type KeyEvent, Keyring } from '../journal/keyring.ts';
import { fingerprintOf } from '../journal/keys.ts';
import { isLeftHead } from '../journal/leftHead.ts';
import { JournalError } from '../journal/problem.ts';
import { type JournalReader, openJournal } from '../journal/reader.ts';
import { statedRedaction } from '../journal/verifyRedactions.ts';
import type { EventOf } from './chronicle.ts';
import { leftOutOf } from './exhibitMembers.ts';
import { exhibitEntries } from './exhibits.ts';
import { anchorIn, heldSizes } from './held.ts';
import { placedTimeStamps, recordedIn } from './timeStamps/kept.ts';
import { verifyTimeStamps } from './timeStamps/verified.ts';
import {
  type AtHand,
  type NotChecked,
  otherKey,
  redactedNote,
  type Verification,
  type Vouched,
  verificationOf,
  type Wrong,
} from './verification.ts';

/**
 * The check of a journal by its own file: all digests, links, keys and checkpoints, and every event
 * replayed. The key counts as known when it, or one that it countersigned, signed the newest checkpoint.
 * A journal too damaged to be read is an answer; for all else that hinders it throws JournalError.
 */
export function verifyJournal(file: string, vouched: Vouched = {}, atHand: AtHand = {}): Verification {
  let reader: JournalReader | undefined;
  try {
    reader = openJournal(file);
    return verificationOfReader(reader, vouched, atHand);
  } catch (error) {
    const detail = damageIn(error);
    if (detail === undefined) throw error;
    return verificationOf({
      subject: { form: 'journal' },
      wrong: [{ member: '', what: 'journal', detail }],
      notChecked: [{ member: '', why: 'events' }],
      keyKnown: false,
      anchoredTo: null,
    });
  } finally {
    reader?.close();
  }
}

/** What is damaged, if that is what an error says. */
function damageIn(error: unknown): string | undefined {
  if (!(error instanceof JournalError)) return isOfShape(error) ? error.message : undefined;
  const { code, detail } = error.problem;
  // A newer program's journal says so in its head: a pack that says so alone is damaged.
  const damaged = code === 'corrupt' || error.cause instanceof Fault || isOfShape(error.cause);
  return damaged ? (detail ?? error.message) : undefined;
}

/** Where a row or an event should stand, a file that was changed may have anything. */
function isOfShape(error: unknown): error is TypeError | RangeError {
  return error instanceof TypeError || error instanceof RangeError;
}

function verificationOfReader(reader: JournalReader, { key, ...held }: Vouched, atHand: AtHand): Verification {
  const { size, root, wrong: things } = reader.verify();
  const wrong = things.map((thing): Wrong => {
    return { member: '', what: 'journal', detail: `event ${thing.sequence}: ${thing.what}: ${thing.detail}` };
  });
  const subject = { form: 'journal', journal: reader.id, size, root: toHex(root) } as const;
  // What is signed, and by whom, has no meaning in a journal that is damaged.
  if (wrong.length > 0) return verificationOf({ subject, wrong, notChecked: [], keyKnown: false, anchoredTo: null });
  const { keys, follows, redactions, exhibits } = readHeads(reader);
  const kept = reader.checkpoints();
  const signed = kept.at(-1)?.size ?? 0;
  const signers = kept.filter(({ size }) => size === signed).flatMap(({ note }) => signerIn(keys, note, signed));
  const known = signers.find(({ publicKey }) => key !== undefined && keys.standsFor(key, publicKey));
  const keyKnown = known !== undefined;
  const signer = known ?? signers[0];
  if (key !== undefined && !keyKnown) wrong.push(otherKey('', key, signer && fingerprintOf(signer.publicKey)));
  const notes = kept.map(({ note }) => note);
  const stamped = verifyTimeStamps(placedTimeStamps(reader.tokens(), notes), notes, held, recordedIn(reader));
  wrong.push(...stamped.wrong);
  const since = stamped.since ?? held.since;
  const anchor = since === undefined ? null : anchorOf(reader, size, keys, since);
  if (anchor !== null && 'what' in anchor) wrong.push(anchor);
  const notChecked: NotChecked[] = [...stamped.notChecked];
  if (follows !== undefined) notChecked.push(earlierOf(follows, atHand));
  notChecked.push(...redactions.map(event => redactedNote('', statedRedaction(event))));
  notChecked.push(...missingExhibits(reader, exhibits));
  if (size > signed) notChecked.push({ member: '', why: 'unsigned', detail: String(size - signed) });
  return verificationOf({
    subject: { ...subject, ...(signer && { key: fingerprintOf(signer.publicKey) }) },
    wrong,
    notChecked,
    keyKnown,
    anchoredTo: anchor !== null && 'what' in anchor ? null : anchor,
    anchoredAt: stamped.anchoredAt,
    timeStamps: stamped.timeStamps,
  });
}

/** Exhibits that stand and whose bytes are not kept: their events say which they were. */
function missingExhibits(reader: JournalReader, events: readonly JournalEvent[]): NotChecked[] {
  const kept = (digest: string) => reader.exhibit(digest);
  return leftOutOf(exhibitEntries(reader.id, events), new Set(), kept).map(
    ({ exhibit }): NotChecked => ({ member: '', why: 'exhibitMissing', detail: exhibit }),
  );
}

/** The damaged journal that this one follows: whether it is the one that is at hand. */
function earlierOf(follows: string, { journals = [] }: AtHand): NotChecked {
  const here = journals.find(file => isLeftHead(file, follows));
  if (here === undefined) return { member: '', why: 'earlierJournal', detail: follows };
  return { member: '', why: 'earlierHere', detail: basename(dirname(here)) };
}

function signerIn(keys: Keyring, note: string, size: number): readonly KeyEvent[] {
  const signer = keys.signerOf(note, size);
  return typeof signer === 'object' ? [signer] : [];
}

function readHeads(reader: JournalReader) {
  const keys: EventOf<'key'>[] = [];
  const redactions: EventOf<'redaction'>[] = [];
  const exhibits: JournalEvent[] = [];
  let follows: string | undefined;
  for (const pack of reader.packs()) {
    while (pack.next()) {
      // All others are of the kind `changed`.
      if (pack.changed) continue;
      const event = pack.event();
      if (event.kind === 'key') keys.push(event);
      else if (event.kind === 'redaction') redactions.push(event);
      else if (event.kind === 'started') follows = event.follows;
      else if (isOfExhibits(event)) exhibits.push(event);
    }
  }
  return { keys: new Keyring(reader.id, keys), follows, redactions, exhibits };
}

function anchorOf(reader: JournalReader, size: number, keys: Keyring, since: string) {
  const roots = new Map<number, string>();
  for (const asked of heldSizes(since)) if (asked <= size) roots.set(asked, toHex(reader.root(asked)));
  return anchorIn(since, { id: reader.id, size, keys, roots });
}
