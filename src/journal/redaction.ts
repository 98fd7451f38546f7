import { randomBytes } from 'node:crypto';
import { platform } from 'node:process';
import type { Span } from '../provenance/span.ts';
import { blanked } from './blank.ts';
import { eventDigest } from './canonical.ts';
import { rootOf, SEGMENT } from './chain.ts';
import type { Head, JournalDatabase } from './database.ts';
import type { EventBody, JournalEvent, RedactedEvent } from './event.ts';
import { block } from './journal.ts';
import { KeptSalts, keptRow, type SegmentSecret, saltsIn, takenSalt } from './keptSalts.ts';
import { Packs, type TailRow } from './packs.ts';
import { type EventPlan, type Plan, planOf, type Target } from './redactionPlan.ts';
import { leavesOfParts, saltedParts, saltsOfParts } from './saltedParts.ts';
import { decode, encode, runningLink } from './segment.ts';
import { stampNow } from './stamp.ts';
import { digestTaken, replacedDigests } from './statedDigests.ts';

export interface Redaction {
  readonly targets: readonly Target[];
  /** Why, in the words of who asks; recorded. */
  readonly reason: string;
  readonly by: 'person' | 'command';
  readonly software: string;
}

/** What a redaction took out. */
export interface Redacted {
  readonly plan: Plan;
  /** Sequence of its event; undefined where there was nothing to take out. */
  readonly event: number | undefined;
}

/** Times that a plan is made without holding others up; the last one is made while they wait. */
const tries = 2;

/** What there is to take out of the first `size` events; changes nothing. Throws NoSuchTarget, JournalError. */
export function redactionPlan(
  database: JournalDatabase,
  targets: readonly Target[],
  size: number = database.head().size,
): Plan {
  const packs = new Packs(database);
  const secrets = new Map<number, SegmentSecret>();
  return planOf(
    () => upTo(packs.events(), size),
    targets,
    sequence => {
      const segment = Math.floor(sequence / SEGMENT);
      const secret = secrets.get(segment) ?? packs.secret(segment);
      secrets.set(segment, secret);
      return secret instanceof KeptSalts ? secret.taken(sequence) : undefined;
    },
  );
}

/**
 * Takes it out of all events, in one transaction with the event that says so: a kill leaves all or nothing. What pages
 * no longer in use, the log and the index still hold is removed by `purge`, here or at the next start. Throws
 * NoSuchTarget, JournalError.
 */
export function redact(database: JournalDatabase, redaction: Redaction): Redacted {
  database.guarded(() => database.connection.pragma('secure_delete = ON'));
  for (let i = 0; i < tries; i++) {
    const { size } = database.head();
    const plan = redactionPlan(database, redaction.targets, size);
    // What was appended meanwhile may have it too.
    const done = database.transaction(() =>
      database.head().size === size ? carriedOut(database, redaction, plan) : undefined,
    );
    if (done !== undefined) return done;
  }
  return database.transaction(() => carriedOut(database, redaction, redactionPlan(database, redaction.targets)));
}

function carriedOut(database: JournalDatabase, redaction: Redaction, plan: Plan): Redacted {
  const { connection } = database;
  if (plan.events.size === 0) return { plan, event: undefined };
  const head = database.head();
  const link = new Rewriting(database, plan).link(head);
  const events = [...plan.events].map(
    ([sequence, { parts, digests }]): RedactedEvent => ({ sequence, parts, digests }),
  );
  const event = appendRedaction(database, { ...head, link }, redaction, { events, serials: plan.serials });
  const tainted = connection.prepare('DELETE FROM outside WHERE before = ? OR after = ?');
  for (const digest of plan.digests) tainted.run(digest, digest);
  for (const table of ['keyframe', 'body', 'finding', 'found']) connection.exec(`DELETE FROM ${table}`);
  connection.prepare('INSERT INTO purge VALUES (?)').run(event);
  return { plan, event };
}

function* upTo(events: Iterable<JournalEvent>, size: number): Generator<JournalEvent, void, undefined> {
  for (const event of events) {
    if (event.sequence >= size) return;
    yield event;
  }
}

/** Appends the redaction in a session of its own; gives its sequence. Call inside a transaction. */
export function appendRedaction(
  database: JournalDatabase,
  head: Head,
  { by, reason, software }: Omit<Redaction, 'targets'>,
  { events, serials }: { readonly events: readonly RedactedEvent[]; readonly serials: readonly Span[] },
): number {
  const { session, size } = head;
  const leases = [head.block * block, (head.block + 1) * block] as const;
  const about = { software, editor: 'command line', platform, leases, channels: [], unreachable: [] };
  const bodies: { body: EventBody; texts?: readonly string[] }[] = [
    { body: { kind: 'session', ...about } },
    { body: { kind: 'redaction', by, events, ranges: serials }, texts: [reason] },
    { body: { kind: 'sessionEnd' } },
  ];
  const stamp = stampNow();
  const made = bodies.map(({ body, texts }, i): JournalEvent => {
    return { sequence: size + i, session, ...stamp, ...body, ...(texts && { texts }) };
  });
  const link = new Packs(database).append(made, size, head.link);
  database.setHead({ ...head, size: size + made.length, link, block: head.block + 2, session: session + 1 });
  return size + 1;
}

/** Writes the packs anew that hold what goes. */
class Rewriting {
  readonly #database: JournalDatabase;
  readonly #packs: Packs;
  readonly #plan: Plan;

  constructor(database: JournalDatabase, plan: Plan) {
    this.#database = database;
    this.#packs = new Packs(database);
    this.#plan = plan;
  }

  /** Rewrites, and gives the running link after the last pack. */
  link({ size, link }: Head): Uint8Array {
    const segments = new Set([...this.#plan.events.keys()].map(sequence => Math.floor(sequence / SEGMENT)));
    const unfinished = Math.floor(size / SEGMENT);
    for (const segment of segments) if (segment < unfinished) this.#segment(segment);
    return segments.has(unfinished) ? this.#tail(unfinished, link) : link;
  }

  #segment(number: number): void {
    const { connection } = this.#database;
    const row = this.#packs.segments(number).next().value;
    if (row === undefined) throw new RangeError(`no segment ${number}`);
    const events = this.#kept(decode(row.bytes), this.#packs.secret(number));
    connection.prepare('DELETE FROM secret WHERE segment = ?').run(number);
    const secret = this.#packs.secret(number);
    const root = rootOf(events.map(event => eventDigest(event, secret)));
    if (Buffer.compare(root, row.root) !== 0) throw new RangeError(`segment ${number} would have another root`);
    connection.prepare('UPDATE segment SET bytes = ? WHERE number = ?').run(encode(events, 'deflate'), number);
  }

  #tail(segment: number, last: Uint8Array): Uint8Array {
    const { connection } = this.#database;
    const rows = this.#packs.tail();
    const before = this.#packs.tree().root;
    const events = this.#kept(
      rows.flatMap(row => decode(row.bytes)),
      this.#packs.secret(segment),
    );
    connection.prepare('UPDATE secret SET bytes = ? WHERE segment = ?').run(randomBytes(32), segment);
    const put = connection.prepare('UPDATE tail SET bytes = ?, link = ? WHERE first = ?');
    let link = rows.length === 0 ? last : this.#packs.linkBefore(rows[0]!.first);
    for (const { first, count } of rows as readonly TailRow[]) {
      const bytes = encode(events.filter(({ sequence }) => sequence >= first && sequence < first + count));
      link = runningLink(link, bytes);
      put.run(bytes, link, first);
    }
    if (Buffer.compare(before, this.#packs.tree().root) !== 0) throw new RangeError('the tree would have another root');
    return link;
  }

  /** The events with blanks; what is left of their salts is kept. */
  #kept(events: readonly JournalEvent[], secret: SegmentSecret): JournalEvent[] {
    const keep = this.#database.connection.prepare('INSERT OR REPLACE INTO kept VALUES (?, ?)');
    return events.map(event => {
      const plan = this.#plan.events.get(event.sequence);
      const salts = saltsOfParts(event, saltsIn(secret, event.sequence));
      if (salts.length > 0) keep.run(event.sequence, keptRow(plan === undefined ? salts : leftOf(event, salts, plan)));
      return plan === undefined ? event : withBlanks(event, plan);
    });
  }
}

/** The salts that stay, and the leaves of what goes. */
export function leftOf(event: JournalEvent, salts: readonly Uint8Array[], { taken }: EventPlan): Uint8Array[] {
  const leaves = leavesOfParts(event, salts);
  return salts.map((salt, i) => (taken[i] ? takenSalt(leaves[i] as Uint8Array) : salt));
}

/** The event with blanks in place of what goes. */
export function withBlanks(event: JournalEvent, { taken }: EventPlan): JournalEvent {
  const parts = saltedParts(event);
  const texts = event.texts?.map((text, rank) => {
    const own = parts.filter((part, i) => part.text === rank && taken[i]);
    return own.reduce((left, { from, to }) => blanked(left, from, to), text);
  });
  let digest = parts.findIndex(({ text }) => text < 0);
  const rest = replacedDigests(event, stated => (taken[digest++] ? digestTaken : stated));
  return { ...rest, ...(texts && { texts }) };
}
