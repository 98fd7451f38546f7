import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renameForGood } from './home.ts';
import type { ToWorker } from './messages.ts';
import { mayRun, type ProcessName, thisProcess } from './processes.ts';

/** Acts of a session that could not be committed: written when its worker ends, claimed by the next one. */
export interface Spooled {
  readonly session: number;
  /** First free serial of the worker's block. */
  readonly serial: number;
  readonly messages: readonly ToWorker[];
}

/**
 * A file of the spool. `waiting`: nobody has claimed it, or the process that did is gone. `claimed`: another
 * process takes it in just now. `unreadable`: no act can be read from it; `unplaced`: its session had ended.
 */
export interface SpoolFile {
  readonly path: string;
  readonly session: number;
  readonly state: 'waiting' | 'claimed' | 'unreadable' | 'unplaced';
}

/** What became of the acts of one file: `ended` where their session takes none any more. */
export type Taken = 'taken' | 'ended';

const ending = '.acts.json';
let spooledHere = 0;

export function spoolFolder(journalFile: string): string {
  return join(dirname(journalFile), 'spool');
}

/**
 * Writes a spool file beside the journal: under another name first, so that no half of one is ever claimed. The name
 * puts the files of a session into the order of their acts, whatever the clock does.
 */
export function spool(journalFile: string, spooled: Spooled): void {
  const folder = spoolFolder(journalFile);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const first = spooled.messages[0];
  const ordinal = first === undefined ? 0 : first.kind === 'append' ? first.ordinal : first.ask.ordinal;
  const rank = `${`${ordinal}`.padStart(16, '0')}-${`${spooledHere++}`.padStart(6, '0')}`;
  const path = join(folder, `${spooled.session}-${rank}-${randomUUID().slice(0, 8)}${ending}`);
  writeFileSync(`${path}.part`, JSON.stringify(spooled), { mode: 0o600, flush: true });
  renameForGood(`${path}.part`, path);
}

/** What lies in the spool of a journal, in the order in which it is to be taken in. */
export function spooled(journalFile: string): SpoolFile[] {
  const folder = spoolFolder(journalFile);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const [, session = '', left = ''] = /^(\d+)-.*\.acts\.json(.*)$/.exec(name) ?? [];
      if (session === '' || left === '.part') return [];
      return [{ path: join(folder, name), session: Number(session), state: stateOf(left) }];
    });
}

/** Runs `work` while no other process claims files of this spool. */
export type Alone = <T>(work: () => T) => T;

/**
 * Gives each file that waits to `take` and removes it after, a session's files in their order: none is taken while
 * another process has an earlier one in hand. Claimed by rename, `alone`; what a process had claimed that is gone, the
 * next one takes. A file that cannot be read, or that `take` has no place for, is kept under a name that says so, and
 * given to `kept`. If `take` throws, the file waits again.
 */
export function claimSpooled(
  journalFile: string,
  alone: Alone,
  take: (spooled: Spooled) => Taken,
  kept: (path: string, why: 'unreadable' | 'unplaced') => void,
): void {
  if (!existsSync(spoolFolder(journalFile))) return;
  for (;;) {
    const claimed = alone(() => claimNext(journalFile));
    if (claimed === undefined) return;
    const plain = plainName(claimed);
    const spooled = readSpooled(claimed);
    let taken: Taken | 'unreadable';
    try {
      taken = spooled === undefined ? 'unreadable' : take(spooled);
    } catch (error) {
      renameSync(claimed, plain);
      throw error;
    }
    if (taken === 'taken') {
      rmSync(claimed);
      continue;
    }
    const why = taken === 'ended' ? 'unplaced' : 'unreadable';
    renameSync(claimed, `${plain}.${why}`);
    kept(`${plain}.${why}`, why);
  }
}

/** Files that may be taken in now, first the first. */
export function claimable(files: readonly SpoolFile[]): SpoolFile[] {
  const inHand = new Set(files.filter(({ state }) => state === 'claimed').map(({ session }) => session));
  return files.filter(({ state, session }) => state === 'waiting' && !inHand.has(session));
}

function claimNext(journalFile: string): string | undefined {
  const [next] = claimable(spooled(journalFile));
  if (next === undefined) return undefined;
  const claimed = `${plainName(next.path)}.claimed-${nameOf(thisProcess())}`;
  renameSync(next.path, claimed);
  return claimed;
}

function plainName(path: string): string {
  return path.slice(0, path.lastIndexOf(ending) + ending.length);
}

function stateOf(left: string): SpoolFile['state'] {
  if (left === '') return 'waiting';
  if (left === '.unreadable' || left === '.unplaced') return left.slice(1) as 'unreadable' | 'unplaced';
  return mayClaim(left.slice('.claimed-'.length)) ? 'claimed' : 'waiting';
}

/** Whether the process that claimed a file may still take it in. */
function mayClaim(name: string): boolean {
  const claimer = parsed<ProcessName>(Buffer.from(name, 'base64url').toString());
  return claimer !== undefined && mayRun(claimer);
}

function nameOf(process: ProcessName): string {
  return Buffer.from(JSON.stringify(process)).toString('base64url');
}

function readSpooled(path: string): Spooled | undefined {
  const read = parsed<Partial<Spooled>>(readFileSync(path, 'utf8'));
  const whole = Number.isInteger(read?.session) && Number.isInteger(read?.serial) && Array.isArray(read?.messages);
  return whole ? (read as Spooled) : undefined;
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    // A disk may have kept the file's name and not its bytes.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
