import { formatCheckpoint, originOf, parseCheckpoint, signCheckpoint } from '../../src/journal/checkpoint.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { keyBody } from '../../src/journal/keyEvent.ts';
import type { Signer } from '../../src/journal/keys.ts';
import { signerFrom } from './journalByHand.ts';
import { eventsOf, readTables, rechained, rootAt, type Tables, writeTables } from './journalTables.ts';
import type { Manipulation } from './manipulations.ts';
import type { Seeded } from './seeded.ts';

/** An event as a forger sees it: JSON that may be changed. */
interface Event extends Record<string, unknown> {
  kind: string;
  sequence: number;
  time: number;
  monotonic: number;
  zone: number;
  session: number;
  texts?: readonly string[];
}
type Edit = (events: Event[], random: Seeded, other: readonly Event[]) => void;

const attackers = ['a', 'b', 'c'].map(name => signerFrom(`attacker ${name}`));

/** Each leaves a record that fits: what one changes who knows the format. */
const edits: Record<string, Edit> = {
  'machine text made typed': (events, random) => {
    const event = one(events, random, ({ findings }) => Array.isArray(findings) && findings.length > 0);
    if (event)
      event.findings = (event.findings as object[]).map(finding => ({ ...finding, kind: 'typed', prompt: undefined }));
  },
  'a text changed': (events, random) => {
    const event = one(events, random, ({ texts }) => (texts?.length ?? 0) > 0 && texts![0] !== '');
    if (event) event.texts = [`${event.texts![0]!.slice(1)}§`, ...event.texts!.slice(1)];
  },
  'a time changed': (events, random) => {
    const event = one(events, random);
    if (event) event.time += random.below(10_000_000) - 5_000_000;
  },
  'an observation changed': (events, random) => {
    const event = one(events, random, ({ kind }) => kind === 'changed');
    if (event) event.observation = { by: 'editor', selection: 'keyboard', forged: random.below(100) };
  },
  'any member of an event': (events, random) => {
    const event = one(events, random);
    if (event) disturb(event, random);
  },
  'an event removed': (events, random) =>
    renumbered(events, () => events.splice(1 + random.below(events.length - 1), 1)),
  'an event repeated': (events, random) => {
    const at = random.below(events.length);
    renumbered(events, () => events.splice(at, 0, { ...events[at]! }));
  },
  'two events swapped': (events, random) => {
    const [a, b] = [random.below(events.length), random.below(events.length)];
    renumbered(events, () => ([events[a], events[b]] = [events[b]!, events[a]!]));
  },
  'an event put in': (events, random) => {
    const at = 1 + random.below(events.length);
    const { time, monotonic, zone, session } = events[at - 1]!;
    const event = { kind: 'paused', by: 'person', sequence: 0, time, monotonic, zone, session } as unknown as Event;
    renumbered(events, () => events.splice(at, 0, event));
  },
  'the end cut off': (events, random) => void events.splice(1 + random.below(events.length)),
  'the end of another journal': (events, random, other) => {
    const at = 1 + random.below(Math.min(events.length, other.length) - 1);
    renumbered(events, () => events.splice(at, events.length, ...other.slice(at).map(event => ({ ...event }))));
  },
  'another journal': (events, _, other) => void events.splice(0, events.length, ...other.map(event => ({ ...event }))),
  nothing: () => undefined,
};

type Rewrite = (tables: Tables, events: Event[], random: Seeded, signers: readonly Signer[]) => Tables;

/** What is done about sums and signatures after the edit. */
const rewrites: Record<string, Rewrite> = {
  're-chained': (tables, events, random) => rechained(tables, asEvents(events), 1 + random.below(300)),
  're-chained, the checkpoints that tell dropped': (tables, events) => {
    const made = rechained(tables, asEvents(events));
    const fits = ({ size, note }: { size: number; note: string }) =>
      size <= events.length && Buffer.compare(parseCheckpoint(note).root, rootAt(made, asEvents(events), size)) === 0;
    return { ...made, checkpoint: tables.checkpoint.filter(fits) };
  },
  're-signed with another key in the place of the author’s': (tables, events, random) => {
    const attacker = attackers[random.below(attackers.length)]!;
    for (const [i, event] of events.entries())
      if (event.kind === 'key')
        events[i] = { ...event, counter: undefined, ...keyBody(idOf(events), attacker) } as Event;
    return signed(tables, events, attacker);
  },
  're-signed with another key beside the author’s': (tables, events, random) => {
    const attacker = attackers[random.below(attackers.length)]!;
    const key = events.findIndex(event => event.kind === 'key');
    if (key >= 0) {
      const { time, monotonic, zone, session } = events[key]!;
      const own = { sequence: 0, time, monotonic, zone, session, ...keyBody(idOf(events), attacker) } as Event;
      renumbered(events, () => events.splice(key + 1, 0, own));
    }
    return signed(tables, events, attacker);
  },
  're-signed, said to be countersigned': (tables, events, random, [author]) => {
    const attacker = attackers[random.below(attackers.length)]!;
    const last = events.at(-1)!;
    const { time, monotonic, zone, session } = last;
    const body = keyBody(idOf(events), attacker, attackers[(random.below(2) + 1) % attackers.length]);
    const counter = { ...body.counter!, fingerprint: author?.fingerprint ?? attacker.fingerprint };
    events.push({ ...body, counter, sequence: last.sequence + 1, time, monotonic, zone, session } as unknown as Event);
    return signed(tables, events, attacker, 1);
  },
};

/** Every edit with every way to cover it up. */
export const forgeries: Readonly<Record<string, Manipulation>> = Object.fromEntries(
  Object.entries(edits).flatMap(([what, edit]) =>
    Object.entries(rewrites).map(([how, rewrite]): [string, Manipulation] => [
      `${what}; ${how}`,
      ({ file, of, other, random }) => {
        const tables = readTables(file);
        const events = eventsOf(tables) as unknown as Event[];
        edit(events, random, eventsOf(readTables(other.file)) as unknown as Event[]);
        const made = packable(() => rewrite(tables, events, random, of.signers));
        if (made !== undefined) writeTables(file, made);
        return made !== undefined;
      },
    ]),
  ),
);

/** Checkpoints at the author's sizes (as far as events reach), and one at the end, by this key alone. */
function signed(tables: Tables, events: readonly Event[], signer: Signer, newest = Number.POSITIVE_INFINITY): Tables {
  const made = rechained(tables, asEvents(events));
  const origin = originOf(idOf(events));
  const sizes = [...new Set([...tables.checkpoint.map(({ size }) => size), events.length])].slice(-newest);
  const notes = sizes
    .filter(size => size > 0 && size <= events.length)
    .map(size => ({
      size,
      note: signCheckpoint(formatCheckpoint({ origin, size, root: rootAt(made, asEvents(events), size) }), signer),
    }));
  const kept = newest === Number.POSITIVE_INFINITY ? [] : tables.checkpoint.filter(({ size }) => size < events.length);
  return { ...made, checkpoint: [...kept, ...notes] };
}

/** Some of what is no event cannot even be written as one. */
function packable(make: () => Tables): Tables | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function asEvents(events: readonly Event[]): readonly JournalEvent[] {
  return events as unknown as readonly JournalEvent[];
}

function idOf(events: readonly Event[]): string {
  return String(events[0]?.journal ?? '');
}

function one(events: Event[], random: Seeded, fits: (event: Event) => boolean = () => true): Event | undefined {
  const at = random.below(events.length);
  const found = [...events.keys()].map(i => (at + i) % events.length).find(i => fits(events[i]!));
  if (found === undefined) return undefined;
  events[found] = { ...events[found]! };
  return events[found];
}

/** Somewhere inside an event something else of the same type stands, or nothing. */
function disturb(value: Record<string, unknown>, random: Seeded): void {
  const names = Object.keys(value);
  const name = names[random.below(names.length)];
  if (name === undefined) return;
  const inner = value[name];
  if (typeof inner === 'object' && inner !== null && random.below(4) > 0) {
    value[name] = structuredClone(inner);
    disturb(value[name] as Record<string, unknown>, random);
  } else if (random.below(5) === 0) delete value[name];
  else {
    const fitting = odd.filter(other => typeof other === typeof inner && Array.isArray(other) === Array.isArray(inner));
    value[name] = fitting[random.below(fitting.length)];
  }
}

const odd = [0, 1, -1, 7, 2 ** 33, 2 ** 53 - 1, '', 'typed', '\ud800', 'ab'.repeat(32), true, false, [], {}];

function renumbered(events: Event[], change: () => unknown): void {
  change();
  for (const [sequence, event] of events.entries()) events[sequence] = { ...event, sequence };
}
