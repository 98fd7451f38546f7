import { emptyRoot, SEGMENT } from './chain.ts';
import { originOf, parseCheckpoint } from './checkpoint.ts';
import type { JournalDatabase } from './database.ts';
import { ExhibitBytes } from './exhibitBytes.ts';
import { exhibitName, exhibitsOf } from './exhibits.ts';
import { Fault } from './fault.ts';
import { Keyring } from './keyring.ts';
import { PackCheck } from './packCheck.ts';
import type { Packs, TailRow } from './packs.ts';
import { JournalError } from './problem.ts';
import type { Replay } from './replay.ts';
import { runningLink } from './segment.ts';
import { verifyRedactions } from './verifyRedactions.ts';

/** One thing that does not agree with what the journal states. */
export interface WrongThing {
  /** The first event that it touches. */
  readonly sequence: number;
  readonly what:
    | 'segment'
    | 'link'
    | 'pack'
    | 'event'
    | 'key'
    | 'checkpoint'
    | 'size'
    | 'secret'
    | 'redaction'
    | 'exhibit';
  /** For experts: technical, English. */
  readonly detail: string;
}

export interface Verified {
  readonly consistent: boolean;
  readonly size: number;
  readonly root: Uint8Array;
  readonly wrong: readonly WrongThing[];
}

/**
 * Recomputes segments' roots, the tail's links, texts' digests, keys and checkpoints, and replays every event.
 * Goes on after what is wrong as far as there is something to read. Memory does not grow with the journal.
 */
export function verifyTables(database: JournalDatabase, packs: Packs, size: number): Verified {
  const wrong: WrongThing[] = [];
  const note = (sequence: number, what: WrongThing['what'], detail: string) => wrong.push({ sequence, what, detail });
  const head = database.head();
  const notes = keptNotes(database, size < head.size ? size : Number.MAX_SAFE_INTEGER);
  // Who reads up to an earlier size sees no more; behind the journal's own end nothing may stand.
  const until = size < head.size ? size : Number.POSITIVE_INFINITY;
  const check = new PackCheck(notes.keys(), until);
  const { replay } = check;
  const take = () => {
    const folds = check.misfit === undefined;
    check.take();
    if (folds && check.misfit !== undefined) note(check.misfit.sequence, 'event', check.misfit.message);
  };

  guarded(
    note,
    () => check.size,
    () => {
      for (const { number, bytes, root } of packs.segments()) {
        const opened = check.open(bytes, packs.secret(number));
        if (opened.count !== SEGMENT || !same(opened.root, root))
          note(number * SEGMENT, 'segment', `segment ${number}`);
        take();
      }
      const sealed = check.size - (check.size % SEGMENT);
      let link = sealed === 0 ? emptyRoot : packs.sealed().root();
      for (const row of packs.tail(everyRow)) {
        if (row.first !== check.size && check.size < until)
          note(check.size, 'pack', `pack ${row.first} stands where event ${check.size} should`);
        const { first, count } = check.open(row.bytes, packs.secret(Math.floor(row.first / SEGMENT)));
        link = runningLink(link, row.bytes);
        if (!same(link, row.link)) note(row.first, 'link', `the link after pack ${row.first}`);
        if (first !== row.first || count !== row.count || reachesOver(row))
          note(row.first, 'pack', `pack ${row.first}`);
        take();
      }
      if (!same(link, head.link)) note(check.size, 'link', 'the link in the head');
    },
  );
  if (check.misfit === undefined && wrong.length === 0 && size === head.size)
    verifyRedactions(packs, replay.redactions, note);
  if (check.size !== size) note(check.size, 'size', `${check.size} of ${size} events`);
  verifyNotes(replay, notes, check.roots, note);
  if (hasStrangeNotes(database)) note(0, 'checkpoint', 'what stands among the checkpoints is none');
  guarded(
    note,
    () => check.size,
    () => verifyExhibits(database, packs, note),
  );
  return { consistent: wrong.length === 0, size: check.size, root: check.root, wrong };
}

/** What stands in the place of an exhibit is it, or it is named. */
function verifyExhibits(database: JournalDatabase, packs: Packs, note: Note): void {
  const wrong = new Set(new ExhibitBytes(database).wrong());
  if (wrong.size === 0) return;
  const of = exhibitsOf(packs.events()).filter(({ event }) => wrong.has(event.fileDigest));
  for (const { number, event } of of) {
    wrong.delete(event.fileDigest);
    note(event.sequence, 'exhibit', `${exhibitName(number)} has other bytes`);
  }
  for (const digest of wrong) note(0, 'exhibit', `other bytes stand for ${digest}`);
}

/** Also rows that say they stand before the journal's beginning. */
const everyRow = Number.MIN_SAFE_INTEGER;

function reachesOver({ first, count }: TailRow): boolean {
  return Math.floor(first / SEGMENT) !== Math.floor((first + count - 1) / SEGMENT);
}

type Note = (sequence: number, what: WrongThing['what'], detail: string) => void;

function verifyNotes(
  replay: Replay,
  notes: ReadonlyMap<number, string[]>,
  roots: ReadonlyMap<number, Uint8Array>,
  note: Note,
) {
  const journal = replay.started?.journal ?? '';
  const ring = new Keyring(journal, replay.keys);
  for (const { sequence, detail } of ring.wrong) note(sequence, 'key', detail);
  const origin = originOf(journal);
  for (const [size, texts] of notes) {
    for (const text of texts) {
      try {
        const checkpoint = parseCheckpoint(text);
        const root = roots.get(size);
        const agrees = checkpoint.origin === origin && checkpoint.size === size && root !== undefined;
        if (!agrees || !same(checkpoint.root, root))
          note(size, 'checkpoint', `the checkpoint at ${size} is of another tree`);
        else noteSigner(ring.signerOf(text, size), size, note);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        note(size, 'checkpoint', error.message);
      }
    }
  }
}

function noteSigner(signer: ReturnType<Keyring['signerOf']>, size: number, note: Note): void {
  if (signer === undefined)
    note(size, 'checkpoint', `no key that was in the journal by then signed the checkpoint at ${size}`);
  if (signer === 'replaced')
    note(size, 'checkpoint', `the checkpoint at ${size} is signed by a key that was replaced before`);
}

function guarded(note: Note, at: () => number, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) note(at(), 'pack', error.detail);
    // A stranger's event, or secret, may be of any shape.
    else if (error instanceof RangeError || error instanceof TypeError) note(at(), 'event', error.message);
    else if (error instanceof JournalError) note(at(), 'pack', error.message);
    else throw error;
  }
}

function keptNotes(database: JournalDatabase, size: number): Map<number, string[]> {
  const rows = database.guarded(
    () =>
      database.connection.prepare('SELECT size, note FROM checkpoint WHERE size <= ? ORDER BY size').all(size) as {
        size: number;
        note: string;
      }[],
  );
  const notes = new Map<number, string[]>();
  for (const row of rows) notes.set(row.size, [...(notes.get(row.size) ?? []), row.note]);
  return notes;
}

/** Pages that changed places may give rows of another table: their sizes are no numbers, and nobody would ask for them. */
function hasStrangeNotes(database: JournalDatabase): boolean {
  const strange = "SELECT count(*) FROM checkpoint WHERE typeof(size) <> 'integer' OR typeof(note) <> 'text'";
  return database.guarded(() => database.connection.prepare(strange).pluck().get() !== 0);
}

function same(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0;
}
