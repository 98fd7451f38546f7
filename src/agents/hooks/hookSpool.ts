import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { AgentRecords, Problem } from '../agent.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { isMissing } from '../reading/missing.ts';
import { reasonOf } from '../reading/reason.ts';

/** What nobody has claimed in so many milliseconds is deleted: 30 days. */
const kept = 30 * 24 * 3600 * 1000;
/** A claim older than this (ms) counts as left behind, whoever made it: another process may have its number by now. */
const held = 5 * 60_000;
/** Why a file is set aside that is not to be looked into. */
const deadly = 'left out: reading it ended the reader twice';
/** Bytes of a file that is read. */
const longest = 64 * 1024 * 1024;

/** One call of a hook that waits to be taken into a record. */
export interface Spooled {
  /** The claimed file: `done` deletes it, once the journal has what it tells; until then it is not lost. */
  readonly file: string;
  readonly records: AgentRecords;
}

/** Where hooks leave what they heard, below the data folder: a folder for each recorded folder, readable by its owner alone. */
export function spoolOf(home: string, folder: string): string {
  return join(home, 'hooks', createHash('sha256').update(folder).digest('hex').slice(0, 16));
}

/** Where they leave it when the catalogue could not be read; each window takes what concerns it. */
export function unsortedSpool(home: string): string {
  return join(home, 'hooks', 'unsorted');
}

/**
 * Leaves records in a spool: whole or not at all, under a name that sorts by `time` (ms, with their fractions: a tool may
 * call twice in one). Throws what the file system throws.
 */
export function leave(spool: string, records: AgentRecords, time: number): void {
  mkdirSync(spool, { recursive: true, mode: 0o700 });
  const name = `${String(Math.round(time * 1000)).padStart(18, '0')}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const part = join(spool, `${name}.part`);
  try {
    writeFileSync(part, JSON.stringify({ version: 1, records }), { mode: 0o600 });
    renameSync(part, join(spool, `${name}.json`));
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

export interface ClaimOptions {
  /** Whether the caller takes records now, of which `last` are the newest there; else they are left, for later or for another. */
  readonly taken?: (records: AgentRecords, last: boolean) => boolean;
  /** No other thread of this process claims in this spool: a claim of one is of one that has ended. */
  readonly alone?: boolean;
  /** A file is looked into next, by its path without its ending, which changes; false: it is not to be, and is set aside. */
  readonly opens?: (file: string) => boolean;
}

/**
 * Claims what waits in a spool, oldest first, each file by a rename that only one process can win, and gives it; what it
 * cannot read comes as a problem once and is set aside (`.bad`) until it is too old. What was claimed by who is gone now
 * is claimed again: it may be in the journal already, under the same ids.
 */
export async function* claimed(
  spool: string,
  now: number,
  options: ClaimOptions = {},
): AsyncGenerator<Spooled | Problem> {
  const { taken = () => true, alone = false, opens = () => true } = options;
  const names = (await namesIn(spool)).toSorted();
  const last = names.findLast(name => name.endsWith('.json'));
  for (const name of names) {
    const file = join(spool, name);
    if (await tooOld(file, now)) await rm(file, { force: true });
    else if (name.endsWith('.json') || (name.endsWith('.taken') && (await isLeft(file, now, alone)))) {
      const stem = join(spool, name.split('.')[0]!);
      const safe = opens(stem);
      const waiting = safe ? await recordsIn(file) : deadly;
      if (typeof waiting !== 'string' && !taken(waiting, name === last)) continue;
      const own = `${stem}.${process.pid}-${threadId}-${randomBytes(3).toString('hex')}.taken`;
      if (!(await won(file, own))) continue;
      const records = safe ? await recordsIn(own) : deadly;
      if (typeof records !== 'string') yield { file: own, records };
      else {
        await rename(own, `${stem}.bad`);
        yield { file: spool, line: 0, message: `hook: ${records}` };
      }
    }
  }
}

/** Deletes what nobody claimed in 30 days in any spool: its folder may never be opened here again. */
export async function sweep(home: string, now: number): Promise<void> {
  const all = join(home, 'hooks');
  for (const spool of await namesIn(all)) {
    const state = await stat(join(all, spool)).catch(() => undefined);
    if (!state?.isDirectory()) continue;
    for (const name of await namesIn(join(all, spool))) {
      const file = join(all, spool, name);
      if (await tooOld(file, now)) await rm(file, { force: true });
    }
  }
}

/** What was taken is in the record now. */
export async function done(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** The records in a file, or why there are none. */
async function recordsIn(file: string): Promise<AgentRecords | string> {
  try {
    if ((await stat(file)).size > longest) return 'too long';
    const value = fields(JSON.parse(await readFile(file, 'utf8')));
    if (value?.version !== 1) return 'unknown version';
    return wellFormed(fields(value.records)) ?? 'unknown form';
  } catch (error) {
    return reasonOf(error);
  }
}

/** Any program of the person's may write here: every field is looked at before it is believed. */
function wellFormed(records: Fields | undefined): AgentRecords | undefined {
  const { prompts, answers, edits, decisions, problems } = records ?? {};
  const whole =
    [prompts, answers, edits, decisions, problems].every(Array.isArray) &&
    list(prompts).every(one => isAct(one, ['text'], ['model', 'folder'])) &&
    list(answers).every(one => isAct(one, ['text'], ['model', 'prompt'])) &&
    list(edits).every(one => isAct(one, ['file'], ['model', 'prompt', 'after']) && isEdit(fields(one))) &&
    list(problems).every(one => isOf(one, ['file', 'message'], ['line'])) &&
    list(decisions).length === 0;
  return whole ? (records as unknown as AgentRecords) : undefined;
}

function isAct(value: unknown, texts: readonly string[], optional: readonly string[]): boolean {
  const id = text(fields(value)?.id) ?? '';
  const { withheld = 0 } = fields(value) ?? {};
  if (!Number.isSafeInteger(withheld) || (withheld as number) < 0) return false;
  return isOf(value, ['id', 'agent', 'conversation', ...texts], ['time'], optional) && /^[^:]+:.*:[^:]+$/s.test(id);
}

function isOf(value: unknown, texts: readonly string[], numbers: readonly string[], optional: readonly string[] = []) {
  const own = fields(value);
  return (
    own !== undefined &&
    texts.every(name => typeof own[name] === 'string') &&
    numbers.every(name => Number.isSafeInteger(own[name]) && (own[name] as number) >= 0) &&
    optional.every(name => own[name] === undefined || typeof own[name] === 'string')
  );
}

/** What only who reads can tell of an edit is nothing that a hook has left: where else its text stands, and which other it is. */
function isEdit(edit: Fields | undefined): boolean {
  const {
    id: _,
    agent: _a,
    conversation: _c,
    time: _t,
    file: _f,
    prompt: _p,
    model: _m,
    after: _n,
    ...told
  } = edit ?? {};
  const { before, replaced, completion, unchecked, ...others } = told;
  const place = replaced === undefined || (isOf(replaced, ['old', 'new'], []) && isTruth(fields(replaced)?.all));
  const whole = before === undefined || before === null || typeof before === 'string';
  const marks = [completion, unchecked].every(mark => mark === undefined || mark === true);
  return place && whole && marks && Object.keys(others).length === 0;
}

function isTruth(value: unknown): boolean {
  return typeof value === 'boolean';
}

async function namesIn(spool: string): Promise<readonly string[]> {
  try {
    return await readdir(spool);
  } catch (error) {
    // Nothing was ever left here.
    if (isMissing(error)) return [];
    throw error;
  }
}

async function won(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    // Another window was quicker.
    if (isMissing(error)) return false;
    throw error;
  }
}

async function tooOld(file: string, now: number): Promise<boolean> {
  const state = await stat(file).catch(() => undefined);
  return state !== undefined && now - state.mtimeMs > kept;
}

/** Whether who claimed the file is gone. A rename leaves a file's time and changes its inode's. */
async function isLeft(file: string, now: number, alone: boolean): Promise<boolean> {
  const [, pid, thread] = /\.(\d+)-(\d+)-[0-9a-f]+\.taken$/.exec(file) ?? [];
  if (!isRunning(Number(pid)) || (alone && Number(pid) === process.pid && Number(thread) !== threadId)) return true;
  const state = await stat(file).catch(() => undefined);
  return state !== undefined && now - state.ctimeMs > held;
}

/** Whether there is such a process on this machine. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another person's: it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
