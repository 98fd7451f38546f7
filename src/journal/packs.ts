import { randomBytes } from 'node:crypto';
import { type Appended, AppendedQueue } from './appended.ts';
import { BinaryTree } from './binaryTree.ts';
import { eventDigest } from './canonical.ts';
import { emptyRoot, Frontier, SEGMENT, segmentHeight } from './chain.ts';
import type { JournalDatabase } from './database.ts';
import { bytesOfBinary } from './digest.ts';
import { Draft } from './draft.ts';
import type { JournalEvent } from './event.ts';
import { KeptSalts, type SegmentSecret } from './keptSalts.ts';
import { PackDigests } from './packDigests.ts';
import { JournalError } from './problem.ts';
import type { TreeSource } from './proof.ts';
import type { Statement } from './runtime.ts';
import { decode, encode, runningLink } from './segment.ts';
import { subtreesOf } from './subtrees.ts';
import { YoungPack } from './youngPack.ts';

/** Events in a pack of the tail, once it has grown: packs begin at multiples of it. */
export const pack = 256;

export interface TailRow {
  readonly first: number;
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly link: Uint8Array;
}

export interface SegmentRow {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly root: Uint8Array;
}

/** The events of a journal as they lie in its tables: sealed segments, then the tail's packs. */
export class Packs {
  readonly #database: JournalDatabase;
  readonly #segments: Statement;
  readonly #roots: Statement;
  readonly #tail: Statement;
  readonly #link: Statement;
  readonly #putTail: Statement;
  readonly #cutTail: Statement;
  readonly #putSegment: Statement;
  readonly #secret: Statement;
  readonly #kept: Statement;
  readonly #keptAll: Statement;
  readonly #putSecret: Statement;
  readonly #young = new YoungPack();
  readonly #digests = new PackDigests();

  constructor(database: JournalDatabase) {
    const { connection } = database;
    this.#database = database;
    this.#segments = connection.prepare('SELECT number, bytes, root FROM segment WHERE number >= ? ORDER BY number');
    this.#roots = connection.prepare('SELECT root FROM segment ORDER BY number').pluck();
    this.#tail = connection.prepare(
      'SELECT first, count, bytes, link FROM tail WHERE first + count > ? ORDER BY first',
    );
    this.#link = connection.prepare('SELECT link FROM tail WHERE first < ? ORDER BY first DESC LIMIT 1').pluck();
    this.#putTail = connection.prepare('INSERT INTO tail VALUES (?, ?, ?, ?)');
    this.#cutTail = connection.prepare('DELETE FROM tail WHERE first >= ? AND first < ?');
    this.#putSegment = connection.prepare('INSERT INTO segment VALUES (?, ?, ?)');
    this.#secret = connection.prepare('SELECT bytes FROM secret WHERE segment = ?').pluck();
    this.#kept = connection.prepare(
      'SELECT sequence, bytes FROM kept WHERE sequence BETWEEN ? AND ? ORDER BY sequence',
    );
    this.#keptAll = connection.prepare('SELECT sequence FROM kept').pluck();
    this.#putSecret = connection.prepare('INSERT INTO secret VALUES (?, ?)');
  }

  /** Events from a sequence on, oldest first. Throws JournalError or Fault where bytes are damaged. */
  *events(from = 0): Generator<JournalEvent, void, undefined> {
    for (const { number, bytes } of this.segments(Math.floor(from / SEGMENT))) {
      for (const event of decode(bytes)) if (event.sequence >= from) yield event;
      from = Math.max(from, (number + 1) * SEGMENT);
    }
    for (const row of this.tail(from)) {
      for (const event of decode(row.bytes)) if (event.sequence >= from) yield event;
    }
  }

  /** The packs that hold the events from a sequence on, oldest first, one at a time where they are sealed. */
  *bytes(from = 0): Generator<Uint8Array, void, undefined> {
    let next = from;
    for (const { number, bytes } of this.segments(Math.floor(from / SEGMENT))) {
      yield bytes;
      next = Math.max(next, (number + 1) * SEGMENT);
    }
    for (const { bytes } of this.tail(next)) yield bytes;
  }

  /** Sealed segments from a number on. Read one at a time, so memory does not grow with the journal. */
  *segments(from = 0): Generator<SegmentRow, void, undefined> {
    for (let number = from; ; number++) {
      const row = this.#database.guarded(() => this.#segments.get(number) as SegmentRow | undefined);
      if (row === undefined) return;
      if (row.number !== number) throw this.#damaged(`segment ${number} is missing`);
      yield row;
    }
  }

  /** The tail's packs that hold events from a sequence on. */
  tail(from = 0): TailRow[] {
    return this.#database.guarded(() => this.#tail.all(from) as TailRow[]);
  }

  /** Tree over the sealed segments, or over those that end within the first `size` events. */
  sealed(size = Number.MAX_SAFE_INTEGER): Frontier {
    const frontier = new Frontier();
    for (const root of this.#allRoots()) {
      if (frontier.size + SEGMENT > size) break;
      frontier.appendSubtree(root, segmentHeight);
    }
    return frontier;
  }

  /** Tree over all events, or over the first `size`. */
  tree(size = Number.MAX_SAFE_INTEGER): { readonly size: number; readonly root: Uint8Array } {
    const frontier = this.sealed(size);
    let secret: SegmentSecret | undefined;
    for (const event of this.events(frontier.size)) {
      if (event.sequence >= size) break;
      secret ??= this.secret(frontier.size / SEGMENT);
      frontier.append(eventDigest(event, secret));
    }
    return { size: frontier.size, root: frontier.root() };
  }

  /** Any subtree of the tree over all events; those of sealed segments are not computed again. */
  subtrees(): TreeSource {
    return subtreesOf(this.#allRoots(), segment => {
      const secret = this.secret(segment);
      const digests: Uint8Array[] = [];
      for (const event of this.events(segment * SEGMENT)) {
        if (event.sequence >= (segment + 1) * SEGMENT) break;
        digests.push(eventDigest(event, secret));
      }
      return digests;
    });
  }

  /** What the salts of a segment come from. */
  secret(segment: number): SegmentSecret {
    const secret = this.#database.guarded(() => this.#secret.get(segment) as Uint8Array | undefined);
    const kept = this.kept(segment);
    if (kept.length > 0) return new KeptSalts(new Map(kept.map(row => [row.sequence, row.bytes])), secret);
    if (secret === undefined) throw this.#damaged(`segment ${segment} has no secret`);
    return secret;
  }

  /**
   * Appends events, whose sequences go on from `size`, and gives the running link after them. Packs are
   * completed and full segments sealed as they come. Call inside a transaction.
   */
  append(events: readonly Appended[], size: number, link: Uint8Array): Uint8Array {
    const queue = new AppendedQueue(events);
    for (let first = size; queue.left > 0; ) {
      if (first % SEGMENT === 0) this.#putSecret.run(first / SEGMENT, randomBytes(32));
      const room = pack - (first % pack);
      const count = Math.min(room, queue.left);
      const some = queue.take(count);
      link = count === room ? this.#complete(first, some, link) : this.#begin(first, count, some, link);
      first += count;
    }
    return link;
  }

  /** Events of a pack that is not full yet: a row of their own. */
  #begin(first: number, count: number, events: readonly Appended[], link: Uint8Array): Uint8Array {
    const begins = first % pack === 0;
    const young = begins ? new Draft() : this.#young.take(first, link);
    young?.addAll(events);
    const bytes = begins && young !== undefined ? young.pack(first, 'raw') : draftOf(events).packed(first, 'raw');
    const next = this.#put(first, count, bytes, link);
    if (young !== undefined) this.#young.keep(young, first + count, next);
    return next;
  }

  /** The last events of a pack have come: its rows become one. */
  #complete(first: number, events: readonly Appended[], link: Uint8Array): Uint8Array {
    const begin = first - (first % pack);
    const before = this.linkBefore(begin);
    const draft = (first > begin ? this.#young.take(first, link) : new Draft()) ?? this.#draftOf(begin, before);
    draft.addAll(events);
    if (first > begin) this.#cutTail.run(begin, first);
    const next = this.#put(begin, pack, draft.packed(begin, 'raw'), before);
    return (begin + pack) % SEGMENT === 0 ? this.#seal(begin + pack - SEGMENT) : next;
  }

  #put(first: number, count: number, bytes: Uint8Array, before: Uint8Array): Uint8Array {
    const next = runningLink(before, bytes);
    this.#putTail.run(first, count, bytes, next);
    return next;
  }

  #draftOf(first: number, before: Uint8Array): Draft {
    const draft = new Draft();
    for (const row of this.#linked(first, before)) draft.addAll(decode(row.bytes));
    return draft;
  }

  /** The tail's packs from this event on, once their links are found to be theirs: what was changed is not packed anew. */
  #linked(first: number, before: Uint8Array): TailRow[] {
    const rows = this.tail(first);
    for (const row of rows) {
      before = runningLink(before, row.bytes);
      if (Buffer.compare(before, row.link) !== 0) throw this.#damaged(`the link after event ${row.first}`);
    }
    return rows;
  }

  /** Running link before the pack that begins here. */
  linkBefore(first: number): Uint8Array {
    return (this.#link.get(first) as Uint8Array | undefined) ?? this.#sealedRoot();
  }

  #sealedRoot(): Uint8Array {
    const sealed = this.sealed();
    return sealed.size === 0 ? emptyRoot : sealed.root();
  }

  /** The tail holds a whole segment, and nothing after it. */
  #seal(first: number): Uint8Array {
    const number = first / SEGMENT;
    const secret = this.secret(number);
    const tree = new BinaryTree();
    const events: JournalEvent[] = [];
    for (const { bytes } of this.#linked(first, this.linkBefore(first))) {
      for (const leaf of this.#digests.of(bytes, secret)) tree.append(leaf);
      for (const event of decode(bytes)) events.push(event);
    }
    this.#putSegment.run(number, encode(events, 'deflate'), bytesOfBinary(tree.root()));
    this.#cutTail.run(first, first + SEGMENT);
    return this.#sealedRoot();
  }

  /** Events of which salts are kept one by one. */
  keptSequences(): number[] {
    return this.#database.guarded(() => this.#keptAll.all() as number[]);
  }

  /** What is kept of the salts of a segment's events: see `KeptSalts`. */
  kept(segment: number): { readonly sequence: number; readonly bytes: Uint8Array }[] {
    const [from, to] = [segment * SEGMENT, (segment + 1) * SEGMENT - 1];
    return this.#database.guarded(() => this.#kept.all(from, to) as { sequence: number; bytes: Uint8Array }[]);
  }

  #allRoots(): Uint8Array[] {
    return this.#database.guarded(() => this.#roots.all() as Uint8Array[]);
  }

  #damaged(detail: string): JournalError {
    return new JournalError({ code: 'corrupt', path: this.#database.file, detail });
  }
}

function draftOf(events: readonly Appended[]): Draft {
  const draft = new Draft();
  draft.addAll(events);
  return draft;
}
