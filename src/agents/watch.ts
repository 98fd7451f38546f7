import { type FSWatcher, watch } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Agent, type AgentReader, type AgentRecords, noRecords } from './agent.ts';
import type { Machine } from './machine.ts';
import { reasonOf } from './reason.ts';
import { Relevance } from './relevance.ts';

export interface WatchOptions {
  readonly agents: readonly Agent[];
  /** Recorded folders (absolute). */
  readonly folders: readonly string[];
  readonly machine: Machine;
  /** Records made before (ms since 1970) are not taken: when recording began. */
  readonly since: number;
  /** Ids of prompts and edits that the journal has already. */
  readonly known?: Iterable<string>;
  /** Time between two looks at all places (ms), for what the file system does not tell of. */
  readonly every?: number;
  /** Called with one batch at a time, prompts before the edits they led to; the next waits for it. */
  readonly onRecords: (records: AgentRecords) => void | Promise<void>;
}

interface Seen {
  readonly reader: AgentReader;
  size: number;
  changed: number;
}

/**
 * Follows agents' records about work in the folders: what is there, what is added, and files and folders
 * that appear later. Reads asynchronously, in small pieces, one file at a time; never writes. Each prompt
 * and edit is given once. What cannot be read becomes a problem in a batch.
 */
export class AgentWatch {
  readonly #options: WatchOptions;
  readonly #relevance: Relevance;
  readonly #files = new Map<string, Seen>();
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #batches: AgentRecords[] = [];
  readonly #failed = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #turn: Promise<void>;
  #waiting = false;
  #disposed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#relevance = new Relevance(options.folders, options.since, options.known ?? []);
    this.#turn = Promise.resolve();
    this.#lookSoon();
    this.#timer = setInterval(() => this.#lookSoon(), options.every ?? 10_000);
    this.#timer.unref();
  }

  /** Resolves when all that stood in the records at the call has been given. */
  async read(): Promise<void> {
    const turn = this.#turn.then(() => this.#look());
    this.#turn = turn.catch(error => this.#problem('', error));
    return turn;
  }

  dispose(): void {
    this.#disposed = true;
    clearInterval(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** Many notices in a row make one look. */
  #lookSoon(): void {
    if (this.#waiting || this.#disposed) return;
    this.#waiting = true;
    this.#turn = this.#turn.then(() => {
      this.#waiting = false;
      return this.#look();
    });
    this.#turn = this.#turn.catch(error => this.#problem('', error));
  }

  async #look(): Promise<void> {
    for (const agent of this.#options.agents) {
      for (const place of await this.#places(agent)) {
        if (this.#disposed) return;
        await this.#follow(place, agent.shallow !== true);
        for (const file of await this.#records(agent, place)) await this.#readOn(agent, file);
      }
    }
    await this.#give(noRecords);
  }

  /** A tool writes down a folder as the system names it, which may not be how it was opened. */
  async #places(agent: Agent): Promise<ReadonlySet<string>> {
    const places = new Set<string>();
    for (const folder of this.#options.folders) {
      const real = await realpath(folder).catch(() => folder);
      this.#relevance.alias(real, folder);
      for (const name of new Set([folder, real])) {
        for (const place of agent.places(name, this.#options.machine)) places.add(place);
      }
    }
    return places;
  }

  /** Record files of a place, oldest first, that have changed since they were read. */
  async #records(agent: Agent, place: string): Promise<readonly string[]> {
    const found: { file: string; changed: number }[] = [];
    for (const name of await this.#namesIn(place, agent.shallow !== true)) {
      if (!agent.isRecord(name)) continue;
      const file = join(place, name);
      const state = await stateOf(file);
      if (!state || state.mtimeMs < this.#options.since) continue;
      const seen = this.#files.get(file);
      if (seen && seen.size === state.size && seen.changed === state.mtimeMs) continue;
      if (seen) Object.assign(seen, { size: state.size, changed: state.mtimeMs });
      else this.#files.set(file, { reader: agent.reader(file), size: state.size, changed: state.mtimeMs });
      found.push({ file, changed: state.mtimeMs });
    }
    return found.sort((a, b) => a.changed - b.changed).map(({ file }) => file);
  }

  async #namesIn(place: string, recursive: boolean): Promise<readonly string[]> {
    try {
      return await readdir(place, { recursive });
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!missing) this.#problem(place, error);
      return [];
    }
  }

  async #readOn(agent: Agent, file: string): Promise<void> {
    const reader = this.#files.get(file)?.reader;
    for (let more = reader !== undefined; more && !this.#disposed; ) {
      const records = await reader!.read();
      await this.#give(this.#relevance.of(agent, records));
      more = records.more === true;
    }
  }

  /** A batch that the listener failed on is given again. */
  async #give(records: AgentRecords): Promise<void> {
    if (hasAny(records)) this.#batches.push(records);
    while (!this.#disposed && this.#batches[0]) {
      await this.#options.onRecords(this.#batches[0]);
      this.#batches.shift();
    }
  }

  /** Hears of changes at once: in the place, or, while it does not exist, where it will appear. */
  async #follow(place: string, recursive: boolean): Promise<void> {
    if (this.#watchers.has(place)) return;
    const at = await nearest(place);
    if (at === undefined || this.#watchers.has(at)) return;
    try {
      const watcher = watch(at, { recursive: recursive && at === place, persistent: false }, () => this.#lookSoon());
      watcher.on('error', () => this.#unfollow(at));
      this.#watchers.set(at, watcher);
    } catch (error) {
      // Without notices the regular look finds the changes.
      this.#problem(at, error);
    }
  }

  /** The place went away; the next look follows it again if it is back. */
  #unfollow(place: string): void {
    this.#watchers.get(place)?.close();
    this.#watchers.delete(place);
  }

  #problem(file: string, error: unknown): void {
    const message = reasonOf(error);
    const failed = `${file}\n${message}`;
    if (this.#failed.has(failed)) return;
    this.#failed.add(failed);
    this.#batches.push({ ...noRecords, problems: [{ file, line: 0, message }] });
  }
}

function hasAny({ prompts, answers, edits, decisions, problems }: AgentRecords): boolean {
  return [prompts, answers, edits, decisions, problems].some(list => list.length > 0);
}

/** Size and time of last change; what a database writes first stands in a file beside it. Undefined: it is no file. */
async function stateOf(file: string): Promise<{ size: number; mtimeMs: number } | undefined> {
  // A file that has just gone is as one that was never there.
  const state = await stat(file).catch(() => undefined);
  if (!state?.isFile()) return undefined;
  const log = /\.(db|sqlite3?|vscdb)$/.test(file) ? await stat(`${file}-wal`).catch(() => undefined) : undefined;
  return { size: state.size + (log?.size ?? 0), mtimeMs: Math.max(state.mtimeMs, log?.mtimeMs ?? 0) };
}

/** The place, or the folder up to two above it that exists. */
async function nearest(place: string): Promise<string | undefined> {
  for (const at of [place, dirname(place), dirname(dirname(place))]) {
    const state = await stat(at).catch(() => undefined);
    if (state?.isDirectory()) return at;
  }
  return undefined;
}
