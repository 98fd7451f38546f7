import { readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { type Fields, fields, list, text } from '../reading/json.ts';
import type { Mark } from './doubles.ts';
import type { TwinMark } from './editTwins.ts';
import { type RecordState, sameState } from './recordFiles.ts';
import type { ToldProblem } from './toldProblems.ts';

/**
 * Milliseconds for which a record is read again at each start, though it has not changed: what it explains may only
 * be seen later (a worktree that is merged, a file that changed while no window was open).
 */
const young = 3 * 24 * 3600 * 1000;
/** Milliseconds for which what a hook told waits for the log's account in another session. */
const awaited = 24 * 3600 * 1000;
/** Milliseconds between two writings. */
const pause = 15_000;
/** Entries of each kind that are kept; the oldest go first. */
const most = 20_000;

/** What of what was told must be known later, too. */
export interface Told {
  /** Key of an id to the id under which it was given. */
  readonly renamed: readonly (readonly [string, string])[];
  readonly marks: readonly Mark[];
  readonly twins: readonly TwinMark[];
  readonly problems: readonly ToldProblem[];
  /** Ids of what is never given. */
  readonly leftOut: readonly string[];
  /** Since when tools whose records tell no times are listened to (ms since 1970 UTC), and which of those were there then. */
  readonly begun: readonly (readonly [agent: string, since: number])[];
  readonly old: readonly string[];
}

export const nothingTold: Told = {
  renamed: [],
  marks: [],
  twins: [],
  problems: [],
  leftOut: [],
  begun: [],
  old: [],
};

/**
 * What the watch remembers from session to session, in a file beside the journal: no evidence, and made anew where it is
 * lost (then every record is read again, and what is in the journal stays in it once). Holds no text.
 */
export class Remembered {
  readonly #file: string | undefined;
  readonly #now: () => number;
  readonly #before = new Map<string, RecordState>();
  readonly #records = new Map<string, RecordState>();
  readonly #deadly = new Map<string, RecordState>();
  readonly told: Told;
  #written = '';
  #due = 0;

  /** Without a file nothing is remembered. */
  constructor(file: string | undefined, now: () => number = Date.now) {
    this.#file = file;
    this.#now = now;
    const kept = file === undefined ? undefined : readKept(file);
    for (const state of list(kept?.records).map(stateIn)) if (state) this.#before.set(state.file, state);
    for (const [name, state] of list(kept?.deadly).flatMap(namedIn)) this.#deadly.set(name, state);
    this.told = {
      renamed: list(kept?.renamed).flatMap(pairIn),
      marks: list(kept?.marks).flatMap(markIn),
      twins: list(kept?.twins).flatMap(twinIn),
      problems: list(kept?.problems).flatMap(datedIn),
      leftOut: list(kept?.leftOut).flatMap(id => text(id) ?? []),
      begun: list(kept?.begun).flatMap(datedIn),
      old: list(kept?.old).flatMap(name => text(name) ?? []),
    };
  }

  /** Whether an earlier session read the record whole as it is, and long enough after it had changed. */
  has(state: RecordState): boolean {
    if (!sameState(this.#before.get(state.file), state)) return false;
    this.#records.set(state.file, state);
    return this.#now() - state.changed > young;
  }

  /** The record has been read whole. */
  read(state: RecordState): void {
    this.#records.delete(state.file);
    this.#records.set(state.file, state);
  }

  /** Whether the record ended the thread that read it, as it is. */
  isDeadly(name: string, state: RecordState): boolean {
    return sameState(this.#deadly.get(name), state);
  }

  deadly(name: string, state: RecordState): void {
    this.#deadly.set(name, state);
  }

  /**
   * Writes what is remembered, if it is not what stands there; false: that was done just now, and is to be done later.
   * What cannot be written is read again next time.
   */
  async save(told: () => Told): Promise<boolean> {
    if (this.#file === undefined) return true;
    if (this.#now() < this.#due) return false;
    this.#due = this.#now() + pause;
    const { renamed, marks, ...rest } = told();
    const waiting = marks.filter(({ time, paired }) => !paired && this.#now() - time < awaited);
    const records = [...this.#records.values()].slice(-most).map(({ made: _, ...state }) => state);
    const kept = {
      records,
      renamed: renamed.slice(-most),
      marks: waiting.slice(-most),
      ...rest,
      deadly: [...this.#deadly],
    };
    const next = JSON.stringify({ version: 1, ...kept });
    if (next === this.#written) return true;
    const part = `${this.#file}.${process.pid}.part`;
    try {
      await writeFile(part, next, { mode: 0o600 });
      await rename(part, this.#file);
      this.#written = next;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await rm(part, { force: true });
    }
    return true;
  }
}

function readKept(file: string): Fields | undefined {
  try {
    const kept = fields(JSON.parse(readFileSync(file, 'utf8')));
    return kept?.version === 1 ? kept : undefined;
  } catch (error) {
    // Not there, or half: it is made anew.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function stateIn(value: unknown): RecordState | undefined {
  const { file, size, changed, inode } = fields(value) ?? {};
  if (typeof size !== 'number' || typeof changed !== 'number' || typeof inode !== 'number') return undefined;
  return typeof file === 'string' ? { file, size, changed, inode } : undefined;
}

function pairIn(value: unknown): [string, string][] {
  const [key, id] = list(value).map(text);
  return key === undefined || id === undefined ? [] : [[key, id]];
}

function markIn(value: unknown): Mark[] {
  const { like, id, time, from } = fields(value) ?? {};
  if (typeof like !== 'string' || typeof id !== 'string' || typeof time !== 'number') return [];
  return from === 'hook' || from === 'log' ? [{ like, id, time, from }] : [];
}

function twinIn(value: unknown): TwinMark[] {
  const { like, id, time, prompt, step, paired } = fields(value) ?? {};
  if (typeof like !== 'string' || typeof id !== 'string' || typeof time !== 'number') return [];
  if (typeof step !== 'boolean' || typeof paired !== 'boolean') return [];
  return [{ like, id, time, ...(typeof prompt === 'string' && { prompt }), step, paired }];
}

function namedIn(value: unknown): [string, RecordState][] {
  const [name, state] = list(value);
  const whole = stateIn(state);
  return typeof name === 'string' && whole ? [[name, whole]] : [];
}

function datedIn(value: unknown): (readonly [string, number])[] {
  const [name, time] = list(value);
  return typeof name === 'string' && typeof time === 'number' ? [[name, time]] : [];
}
