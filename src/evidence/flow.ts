import { type Hand, handOf, type Kind } from '../provenance/origin.ts';
import type { Chronicle } from './chronicle.ts';
import type { Moment } from './moment.ts';

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
  /** By `kind basis rule`. */
  readonly rules: ReadonlyMap<string, number>;
  /** By local minute: ms since 1970 of the local clock, counted in whole minutes. */
  readonly minutes: ReadonlyMap<number, { readonly zone: number; readonly hands: HandCounts }>;
  readonly firstHuman: Moment | undefined;
  readonly lastHuman: Moment | undefined;
}

/** Counts the insertions into the documents that `includes` names. */
export function flowOf(chronicle: Chronicle, includes: (document: number) => boolean): Flow {
  const documents = new Map<number, Entered>();
  const sessions = new Map<number, SessionFlow>();
  const prompts = new Map<string, number>();
  const rules = new Map<string, number>();
  const minutes = new Map<number, { zone: number; hands: HandCounts }>();
  let firstHuman: Moment | undefined;
  let lastHuman: Moment | undefined;
  const { insertions, folding } = chronicle;
  for (const { row, origin, characters } of insertions.walk(folding.origins)) {
    const insertion = insertions.at(row);
    if (!includes(insertion.document)) continue;
    const { kind } = origin;
    const hand = handOf(kind);
    const entered = got(documents, insertion.document, nothing);
    entered.kinds[kind] = (entered.kinds[kind] ?? 0) + characters;
    entered[insertion.entry] += characters;
    const rule = `${kind} ${origin.basis} ${origin.rule}`;
    rules.set(rule, (rules.get(rule) ?? 0) + characters);
    if (origin.prompt !== undefined) prompts.set(origin.prompt, (prompts.get(origin.prompt) ?? 0) + characters);
    if (insertion.entry === 'initial') continue;
    const minute = Math.floor((insertion.time + insertion.zone * 60_000) / 60_000);
    add(
      got(minutes, minute, (): { zone: number; hands: HandCounts } => ({ zone: insertion.zone, hands: {} })).hands,
      hand,
      characters,
    );
    const session = got(sessions, insertion.session, newSession);
    add(session.hands, hand, characters);
    if (hand !== 'human') continue;
    if (session.minute !== minute) session.humanMinutes++;
    session.minute = minute;
    const moment = { time: insertion.time, zone: insertion.zone };
    if (firstHuman === undefined || moment.time < firstHuman.time) firstHuman = moment;
    if (lastHuman === undefined || moment.time > lastHuman.time) lastHuman = moment;
  }
  return { documents, sessions, prompts, rules, minutes, firstHuman, lastHuman };
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

function got<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
