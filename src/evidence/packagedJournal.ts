import { digestWith } from '../journal/canonical.ts';
import { Frontier } from '../journal/chain.ts';
import { toHex } from '../journal/digest.ts';
import type { JournalEvent } from '../journal/event.ts';
import { Keyring } from '../journal/keyring.ts';
import type { SaltSource } from '../journal/parts.ts';
import type { EventOf } from './chronicle.ts';
import type { SealedSource } from './integrity.ts';
import type { Moment } from './moment.ts';
import { canonicalValue, linesOf, PackagedSalts } from './packagedSalts.ts';
import { eventsMember, saltsMember } from './packageSource.ts';
import type { Wrong } from './verification.ts';

/** A journal as a package holds it, with every digest recomputed. */
export interface PackagedJournal extends Omit<SealedSource, 'checkpoints'> {
  readonly keys: Keyring;
  /** Head of the damaged journal that this one follows. */
  readonly follows: string | undefined;
  /** Root (hex) over the first `size` events, for each size that was asked for. */
  readonly roots: ReadonlyMap<number, string>;
  /** When the last of so many events happened, for each size that was asked for. */
  readonly moments: ReadonlyMap<number, Moment>;
}

/**
 * Reads the events and recomputes digests and roots. `sizes`: where a root is wanted. Stops at the
 * first event that is wrong: what follows it has no meaning.
 */
export function readPackagedJournal(
  events: Uint8Array,
  salts: Uint8Array,
  sizes: ReadonlySet<number>,
): PackagedJournal | Wrong {
  const lines = linesOf(events);
  if (lines === undefined) return { member: eventsMember, what: 'eventMalformed' };
  const packagedSalts = PackagedSalts.read(salts);
  if (packagedSalts === undefined) return { member: saltsMember, what: 'saltsMalformed' };
  const tree = new Frontier();
  const keys: EventOf<'key'>[] = [];
  const roots = new Map<number, string>();
  const moments = new Map<number, Moment>();
  let id: string | undefined;
  let follows: string | undefined;
  const note = () => {
    if (sizes.has(tree.size)) roots.set(tree.size, toHex(tree.root()));
  };
  note();
  for (const line of lines) {
    const wrong = (what: Wrong['what'], member = eventsMember): Wrong => ({
      member,
      what,
      detail: `event ${tree.size}`,
    });
    const event = eventOf(line);
    if (event === undefined) return wrong('eventMalformed');
    if (event.sequence !== tree.size || (event.kind === 'started') !== (tree.size === 0)) return wrong('eventOrder');
    if (event.kind === 'started') {
      ({ journal: id, follows } = event);
      if (typeof id !== 'string' || !['undefined', 'string'].includes(typeof follows)) return wrong('eventMalformed');
    }
    if (event.kind === 'key') keys.push(event);
    const digest = packagedSalts.for(event, source => digestOf(event, source));
    if (digest === undefined) return wrong('saltsMalformed', saltsMember);
    tree.append(digest);
    note();
    if (sizes.has(tree.size)) moments.set(tree.size, { time: event.time, zone: event.zone });
  }
  if (id === undefined) return { member: eventsMember, what: 'eventOrder', detail: 'no events' };
  const ring = new Keyring(id, keys);
  const [wrongKey] = ring.wrong;
  if (wrongKey !== undefined)
    return { member: eventsMember, what: 'keyEvent', detail: `event ${wrongKey.sequence}: ${wrongKey.detail}` };
  if (!packagedSalts.usedUp(tree.size)) return { member: saltsMember, what: 'saltsMalformed' };
  return {
    id,
    size: tree.size,
    root: toHex(tree.root()),
    keys: ring,
    follows,
    roots,
    moments,
    taken: packagedSalts.taken,
    events: () => eventsOf(lines),
  };
}

/** Undefined where a digest that has its salt is stated as taken out. */
function digestOf(event: JournalEvent, salts: SaltSource): Uint8Array | undefined {
  try {
    return digestWith(event, salts);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Only after every line was read once and found good. */
function* eventsOf(lines: Iterable<string>): Generator<JournalEvent, void, undefined> {
  for (const line of lines) yield JSON.parse(line) as JournalEvent;
}

/** What every event has is looked at here; what its kind has, where it is replayed. */
function eventOf(line: string): JournalEvent | undefined {
  const value = canonicalValue(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { sequence, time, monotonic, zone, session, kind, texts } = value as Partial<Record<string, unknown>>;
  const numbers = [sequence, time, monotonic, zone, session].every(n => typeof n === 'number');
  const lists = texts === undefined || (Array.isArray(texts) && texts.every(text => typeof text === 'string'));
  return numbers && lists && typeof kind === 'string' ? (value as JournalEvent) : undefined;
}
