import { type Basis, bases, type Origin } from '../provenance/origin.ts';
import type { Origins } from '../provenance/origins.ts';
import type { AlignedChange, PlacedSpan, Span } from '../provenance/span.ts';
import type { JournalDatabase } from './database.ts';
import type { EventBody, JournalEvent } from './event.ts';
import type { Outsiders } from './messages.ts';
import { plainTextDigest } from './parts.ts';
import type { Replay } from './replay.ts';
import type { Statement } from './runtime.ts';
import { type Step, stepOf } from './step.ts';

/** A change that came from outside the editor, for the matcher of agents' edits. */
export interface OutsideChange {
  readonly sequence: number;
  readonly document: number;
  /** Path of the document at that time, relative to the folder; undefined for an untitled text. */
  readonly path: string | undefined;
  /** SHA-256 (hex) of the whole text before and after. */
  readonly before: string;
  readonly after: string;
  /** The new characters, a span a run, in the order of the text. */
  readonly fresh: readonly PlacedSpan[];
  /** When it was seen, ms since 1970 UTC; absent for one that an older program noted. */
  readonly time?: number;
  /** It came at some time after this, at which nobody was looking: see `unseenSince`. */
  readonly since?: number;
  /** It is none, but steps of the editor's, by nobody known, up to this sequence; their texts are to be asked for. */
  readonly stray?: KeptStray;
}

/** Steps of a session by nobody known; `time` of the last, ms since 1970 UTC. */
export interface KeptStray {
  readonly session: number;
  readonly tracker: number;
  readonly first: number;
  readonly time: number;
  readonly ranges: readonly Span[];
}

/** Of those the newest only are given: the text around each costs a replay, from the start where no keyframe is so old. */
const mostStrays = 200;

/** Index of the changes that came from outside; made again from the events when it is lost. */
export class OutsideIndex {
  readonly #put: Statement;
  readonly #since: Statement;
  readonly #with: Statement;

  constructor(database: JournalDatabase) {
    const { connection } = database;
    this.#put = connection.prepare('INSERT OR REPLACE INTO outside VALUES (?, ?, ?, ?, ?, ?)');
    this.#since = connection.prepare('SELECT * FROM outside WHERE sequence >= ? ORDER BY sequence');
    this.#with = connection.prepare(
      'SELECT * FROM outside WHERE after = ? UNION SELECT * FROM outside WHERE before = ? ORDER BY sequence LIMIT 1',
    );
  }

  /** `replay` is the state after the event. */
  put(event: JournalEvent, replay: Pick<Replay, 'documents' | 'sessions'>): void {
    if (event.kind === 'baseline' && event.finding.kind !== 'initial') {
      const { before, after, fresh } = broughtBy(event);
      this.#note(event, { before, after }, fresh, unseenSince(replay, event.session), replay);
    }
    if (event.kind !== 'changed') return;
    const { before, after } = event.observation;
    if (before === undefined || after === undefined) return;
    const { changes, fresh } = stepOf(event, event.texts ?? []);
    const { by } = event.observation;
    const since = by === 'start' || by === 'open' ? unseenSince(replay, event.session) : undefined;
    this.#note(event, { before, after }, freshOf(changes, fresh), since, replay);
  }

  /** Not made again when the index is lost. */
  putStray(last: number, document: number, path: string, stray: KeptStray): void {
    this.#put.run(last, document, path, '', '', JSON.stringify(stray));
  }

  #note(
    { sequence, document, time }: JournalEvent & { readonly document: number },
    { before, after }: { readonly before: string; readonly after: string },
    fresh: readonly PlacedSpan[],
    since: number | undefined,
    { documents }: Pick<Replay, 'documents'>,
  ): void {
    const noted: Noted = { time, ...(since !== undefined && { since }), fresh };
    const path = documents.get(document)?.path ?? null;
    this.#put.run(sequence, document, path, before, after, JSON.stringify(noted));
  }

  since(sequence: number): OutsideChange[] {
    const all = this.#since.all(sequence).map(toChange);
    const strays = all.filter(({ stray }) => stray !== undefined);
    const old = new Set(strays.slice(0, -mostStrays));
    return old.size === 0 ? all : all.filter(change => !old.has(change));
  }

  /** A change whose text before or after has this digest. */
  withText(digest: string): OutsideChange | undefined {
    const row = this.#with.get(digest, digest);
    return row === undefined ? undefined : toChange(row);
  }
}

type Noted = Pick<OutsideChange, 'time' | 'since' | 'fresh'>;

/** The last moment (ms since 1970 UTC) of which another window's session tells; undefined in a journal's first. */
export function unseenSince({ sessions }: Pick<Replay, 'sessions'>, session: number): number | undefined {
  let last: number | undefined;
  for (const { number, opened, last: own } of sessions.values())
    if (number !== session && opened.editor !== 'command line') last = Math.max(last ?? 0, own);
  return last;
}

/** A file that was not there before, as a change from no text. */
export function broughtBy({ first, finding, textDigest }: Omit<Extract<EventBody, { kind: 'baseline' }>, 'path'>) {
  const fresh: PlacedSpan[] = finding.length === 0 ? [] : [{ serial: first, length: finding.length, at: 0 }];
  return { before: nothing, after: textDigest, fresh };
}

/** Those of these of which no more is known than that they came from outside: no agent's record tells of them. */
export function unexplained(
  { origins, actors }: Pick<Replay, 'origins' | 'actors'>,
  { ranges, acts, by }: Outsiders,
): Outsiders {
  const open = [...origins.walk(ranges)].filter(({ origin }) => isUnknown(origin) || (by && mayTell(by, origin)));
  return {
    ranges: open.map(({ length, serial }) => ({ length, serial })),
    acts: acts.filter(act => !actors.get(act)?.kind.startsWith('ai.')),
  };
}

function isUnknown({ kind }: Origin): boolean {
  return kind === 'external.disk' || kind === 'unknown';
}

/** What is typed, pasted, a tool's or earlier stays that, whatever an agent's record has; an AI's may be told more surely. */
function mayTell(by: Basis, { kind, basis }: Origin): boolean {
  return kind === 'external.git' || (kind.startsWith('ai.') && bases.indexOf(by) <= bases.indexOf(basis));
}

/** Whether an agent's record may still say more of the change than was first found, or than git knows. */
export function isOpen({ sequence, fresh, stray }: OutsideChange, origins: Origins): boolean {
  if (stray) return [...origins.walk(stray.ranges)].some(({ origin: { kind } }) => kind === 'unknown');
  return [...origins.walk(fresh)].some(({ foundBy, origin }) => foundBy === sequence || origin.kind === 'external.git');
}

/** The digest of no text. */
export const nothing = plainTextDigest('');

/** The new characters of a step, a span a run, with their places in the text after. */
export function freshOf(changes: readonly AlignedChange[], { first, count }: Step['fresh']): PlacedSpan[] {
  const out: PlacedSpan[] = [];
  let shift = 0;
  for (const { from, to, insert, spans } of changes) {
    let at = from + shift;
    for (const { length, serial } of spans) {
      const start = Math.max(serial, first);
      const end = Math.min(serial + length, first + count);
      if (end > start) out.push({ length: end - start, serial: start, at: at + start - serial });
      at += length;
    }
    shift += insert.length - (to - from);
  }
  return out;
}

function toChange(row: unknown): OutsideChange {
  const { path, fresh, ...rest } = row as Omit<OutsideChange, 'fresh'> & { path: string | null; fresh: string };
  const found = JSON.parse(fresh) as PlacedSpan[] | Noted | KeptStray;
  const known = { ...rest, path: path ?? undefined };
  if (Array.isArray(found)) return { ...known, fresh: found };
  return 'session' in found ? { ...known, fresh: [], stray: found } : { ...known, ...found };
}
