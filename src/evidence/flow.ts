import { type Hand, handOf, type Kind, type Origin } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { Chronicle } from './chronicle.ts';
import { minuteOf } from './insertions.ts';
import type { Moment } from './moment.ts';
import { distinct } from './retained.ts';

/** Characters (code points) that entered, by kind, and by how they reached the journal. */
export interface Entered {
  readonly kinds: Partial<Record<Kind, number>>;
  live: number;
  unseen: number;
  initial: number;
}

export type HandCounts = Partial<Record<Hand, number>>;

/** What entered the texts of one journal, counted in one pass by all that the report asks. */
export interface Flow {
  readonly documents: ReadonlyMap<number, Entered>;
  /** By number of the session. `initial` text counts for no session: it was not written in one. */
  readonly sessions: ReadonlyMap<number, { readonly hands: HandCounts; readonly humanMinutes: number }>;
  readonly prompts: ReadonlyMap<string, number>;
  readonly commits: ReadonlyMap<string, number>;
  /** By `kind basis rule`. */
  readonly rules: ReadonlyMap<string, number>;
  /** By local minute: ms since 1970 of the local clock, counted in whole minutes. */
  readonly minutes: ReadonlyMap<number, { readonly zone: number; readonly hands: HandCounts }>;
  /** What AI systems put in, as it came. */
  readonly machine: readonly MachinePart[];
  readonly firstHuman: Moment | undefined;
  readonly lastHuman: Moment | undefined;
}

/** Characters that an AI system put in at one time. */
export interface MachinePart extends Span, Moment {
  readonly session: number;
  readonly document: number;
  readonly origin: Origin;
}

/** Counts the insertions into the documents that `includes` names. */
export function flowOf(chronicle: Chronicle, includes: (document: number) => boolean): Flow {
  const documents = new Cells<number, Entered & { readonly included: boolean }>(document => ({
    ...nothing(),
    included: includes(document),
  }));
  const sessions = new Cells<number, SessionFlow>(newSession);
  const minutes = new Cells<number, MinuteFlow>(() => ({ zone: 0, hands: {} }));
  // Origins are one object for each finding, so this asks no string of each character.
  const origins = new Cells<Origin, { characters: number }>(() => ({ characters: 0 }));
  let first: Moment | undefined;
  let last: Moment | undefined;
  const machine: MachinePart[] = [];
  for (const {
    time,
    until,
    zone,
    session,
    document,
    entry,
    origin,
    characters,
    serial,
    length,
  } of chronicle.insertions.walk(
    chronicle.folding.origins,
    distinct(chronicle.kept.resolution.flatMap(({ ranges }) => ranges)),
  )) {
    const entered = documents.at(document);
    if (!entered.included) continue;
    const { kind } = origin;
    const hand = handOf(kind);
    entered.kinds[kind] = (entered.kinds[kind] ?? 0) + characters;
    entered[entry] += characters;
    origins.at(origin).characters += characters;
    if (entry === 'initial') continue;
    const minute = minuteOf(time, zone);
    const within = minutes.at(minute);
    within.zone = zone;
    add(within.hands, hand, characters);
    const own = sessions.at(session);
    add(own.hands, hand, characters);
    if (hand === 'machine') machine.push({ serial, length, time, zone, session, document, origin });
    if (hand !== 'human') continue;
    if (own.minute !== minute) own.humanMinutes++;
    own.minute = minute;
    if (first === undefined || time < first.time) first = { time, zone };
    if (last === undefined || until > last.time) last = { time: until, zone };
  }
  const prompts = new Map<string, number>();
  const commits = new Map<string, number>();
  const rules = new Map<string, number>();
  for (const [{ kind, basis, rule, prompt, commit }, { characters }] of origins.map) {
    const key = `${kind} ${basis} ${rule}`;
    rules.set(key, (rules.get(key) ?? 0) + characters);
    if (prompt !== undefined) prompts.set(prompt, (prompts.get(prompt) ?? 0) + characters);
    if (commit !== undefined) commits.set(commit, (commits.get(commit) ?? 0) + characters);
  }
  return {
    documents: new Map([...documents.map].filter(([, entered]) => entered.included)),
    sessions: sessions.map,
    prompts,
    commits,
    rules,
    minutes: minutes.map,
    machine,
    firstHuman: first,
    lastHuman: last,
  };
}

/** A map that makes what it lacks, and remembers the last answer: neighbours mostly ask for the same. */
class Cells<K, V> {
  readonly map = new Map<K, V>();
  readonly #make: (key: K) => V;
  #key: K | undefined;
  #value: V | undefined;

  constructor(make: (key: K) => V) {
    this.#make = make;
  }

  at(key: K): V {
    if (this.#value !== undefined && this.#key === key) return this.#value;
    let value = this.map.get(key);
    if (value === undefined) {
      value = this.#make(key);
      this.map.set(key, value);
    }
    this.#key = key;
    this.#value = value;
    return value;
  }
}

interface MinuteFlow {
  zone: number;
  readonly hands: HandCounts;
}

interface SessionFlow {
  readonly hands: HandCounts;
  humanMinutes: number;
  /** Last minute with typing. */
  minute: number;
}

function newSession(): SessionFlow {
  return { hands: {}, humanMinutes: 0, minute: Number.NaN };
}

function nothing(): Entered {
  return { kinds: {}, live: 0, unseen: 0, initial: 0 };
}

export function add(counts: HandCounts, hand: Hand, n: number): void {
  counts[hand] = (counts[hand] ?? 0) + n;
}
