import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Agent, type AgentReader, type AgentRecords, noRecords } from '../agent.ts';
import type { Machine } from '../reading/machine.ts';
import { reasonOf } from '../reading/reason.ts';
import { withoutSecrets } from '../withoutSecrets.ts';
import { Hearing } from './hearing.ts';
import { Notices } from './notices.ts';
import { OpenReaders } from './openReaders.ts';
import type { Progress } from './progress.ts';
import { isDeep, type RecordState, recordName } from './recordFiles.ts';
import { Relevance } from './relevance.ts';
import { Remembered } from './remembered.ts';
import type { Silence } from './silences.ts';
import { Spools } from './spools.ts';
import { Unread } from './unread.ts';
import { otherWorktrees } from './worktrees.ts';

export interface WatchOptions {
  readonly agents: readonly Agent[];
  /** Recorded folders (absolute). */
  readonly folders: readonly string[];
  readonly machine: Machine;
  /** Records made before (ms since 1970) are not taken: when recording began. */
  readonly since: number;
  /** When tools were not to be listened to: nothing of then is taken. */
  readonly silences?: readonly Silence[];
  /** Says which record is being read. */
  readonly progress?: Progress;
  /** Names (see `recordName`) of records that have ended the thread of such a watch twice: they are not read. */
  readonly deadly?: readonly string[];
  /** Ids of prompts and edits that the journal has already. */
  readonly known?: Iterable<string>;
  /** The data folder in whose spool hooks leave what they heard; absent: hooks are not listened to. */
  readonly hooks?: string;
  /** A file of our own that remembers, from session to session, what was read whole; absent: all is read again. */
  readonly remember?: string;
  /** Milliseconds for which a prompt that only a hook has told waits for the log's account, which names the model. */
  readonly patience?: number;
  /** Keys, tokens and passwords in what was asked and answered are given too: the person wants them kept. */
  readonly keepsSecrets?: boolean;
  /** Time between two looks at all places (ms), for what the file system does not tell of. */
  readonly every?: number;
  /** Called with one batch at a time, prompts before the edits they led to; the next waits for it. */
  readonly onRecords: (records: AgentRecords) => void | Promise<void>;
  /**
   * Resolves once all that was given is kept for good, and rejects where it is not: only then is it remembered, and what
   * hooks left taken away. Absent: what was given is kept.
   */
  readonly committed?: () => Promise<void>;
}

/** A look may take this share of the time: the next waits so many times as long as the last one took. */
const rest = 20;
/** Where nothing has come for long, looks are so many times rarer: notices and hooks tell of what comes at once. */
const rarer = 5;
/** Looks without news after which they are rarer by as much again. */
const quiet = 10;
/** The same share for looks that notices ask for. */
const soon = 4;
/** Milliseconds since its last change in which the folder of a record is listened to. */
const lively = 24 * 3600 * 1000;

/**
 * Follows agents' records about work in the folders: what is there, what is added, and files and folders
 * that appear later; and what their hooks leave in the spool. Reads asynchronously, in small pieces, one file at a time;
 * writes to none of them. Each prompt and edit is given once. What cannot be read becomes a problem in a batch.
 */
export class AgentWatch {
  readonly #options: WatchOptions;
  readonly #relevance: Relevance;
  readonly #remembered: Remembered;
  readonly #unread: Unread;
  readonly #hearing: Hearing;
  readonly #readers: OpenReaders;
  readonly #notices = new Notices(() => this.#lookSoon());
  readonly #batches: AgentRecords[] = [];
  readonly #failed = new Set<string>();
  readonly #spools: Spools | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #lasted = 0;
  #news = false;
  /** Something was given that is not known to be kept. */
  #given = false;
  /** Looks in a row that found nothing. */
  #quiet = 0;
  #turn: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    const { since, deadly = [], silences = [] } = options;
    this.#remembered = new Remembered(options.remember);
    const failed = (place: string, error: unknown) => this.#problem(place, error);
    this.#unread = new Unread({ since, deadly, remembered: this.#remembered, failed });
    this.#readers = new OpenReaders(options.machine);
    this.#hearing = new Hearing(silences, since, this.#remembered.told);
    this.#relevance = new Relevance(options.folders, since, options.known ?? [], this.#remembered.told);
    this.#spools = options.hooks === undefined ? undefined : this.#spoolsOf(options.hooks);
    this.#lookSoon();
  }

  /** Resolves when all that stood in the records at the call has been given. */
  async read(): Promise<void> {
    const turn = this.#turn.then(() => this.#look(0));
    this.#turn = turn.catch(error => this.#problem('', error));
    return turn;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    this.#notices.dispose();
  }

  /** Many notices in a row make one look, and looks leave others their time. */
  #lookSoon(): void {
    if (this.#soon || this.#disposed) return;
    this.#soon = setTimeout(() => {
      this.#turn = this.#turn.then(() => {
        this.#soon = undefined;
        return this.#look(this.#options.patience ?? 8000);
      });
      this.#turn = this.#turn.catch(error => this.#problem('', error));
    }, soon * this.#lasted).unref();
  }

  /** The logs come first: where they tell of an act already, its hook has nothing to add. */
  async #look(patience: number): Promise<void> {
    const began = Date.now();
    clearTimeout(this.#timer);
    this.#quiet++;
    try {
      const names = await this.#names();
      for (const agent of this.#options.agents) await this.#lookAt(agent, names);
      if (!this.#disposed) await this.#spools?.take(patience);
      await this.#give(noRecords);
      await this.#keep();
    } finally {
      this.#lasted = Date.now() - began;
      clearTimeout(this.#timer);
      const wait = Math.max(this.#options.every ?? 10_000, rest * this.#lasted);
      const times = Math.min(rarer, 1 + Math.floor(this.#quiet / quiet));
      if (!this.#disposed) this.#timer = setTimeout(() => this.#lookSoon(), times * wait).unref();
    }
  }

  async #lookAt(agent: Agent, names: ReadonlySet<string>): Promise<void> {
    const { machine } = this.#options;
    const places = new Set([...names].flatMap(name => agent.places(name, machine)));
    if (this.#hearing.begins(agent)) await this.#begin(agent, places);
    for (const place of places) {
      if (this.#disposed) return;
      await this.#notices.follow(place, isDeep(agent, place));
      for (const state of await this.#unread.in(agent, place)) await this.#readOn(agent, state);
    }
  }

  /** What is remembered, and what is no more in a spool, the journal has: a process may end at any moment. */
  async #keep(): Promise<void> {
    if (this.#disposed) return;
    if (this.#given) {
      try {
        await this.#options.committed?.();
      } catch (error) {
        // The journal takes nothing now: all is read again by whoever follows.
        if (error instanceof Error) return;
        throw error;
      }
      if (this.#disposed) return;
      this.#given = false;
      await this.#spools?.committed();
    }
    if (this.#news)
      this.#news = !(await this.#remembered.save(() => ({ ...this.#relevance.told, ...this.#hearing.told })));
  }

  /** What a tool has asked before it is listened to is not taken: of a record without times that is all it has. */
  async #begin(agent: Agent, places: ReadonlySet<string>): Promise<void> {
    const there: RecordState[] = [];
    for (const place of places) there.push(...(await this.#unread.all(agent, place)));
    this.#news = true;
    for (const state of this.#hearing.begin(agent, there)) if (!this.#disposed) await this.#readOn(agent, state);
  }

  #spoolsOf(home: string): Spools {
    return new Spools({
      home,
      folders: this.#options.folders,
      concerns: records => this.#relevance.concerns(records),
      follow: spool => this.#notices.follow(spool, false),
      disposed: () => this.#disposed,
      progress: this.#options.progress,
      deadly: this.#options.deadly ?? [],
      heard: records => this.#heard(records),
      problem: problem => void this.#batches.push({ ...noRecords, problems: [problem] }),
      failed: error => this.#problem('hook', error),
    });
  }

  async #heard(records: AgentRecords): Promise<void> {
    this.#given = true;
    await this.#give(this.#relevance.ofHook(this.#hearing.ofHook(records, this.#options.agents)));
  }

  /** A tool writes down a folder as the system names it, which may not be how it was opened. */
  async #names(): Promise<ReadonlySet<string>> {
    const names = new Set<string>();
    for (const folder of this.#options.folders) {
      const real = await realpath(folder).catch(() => folder);
      this.#relevance.alias(real, folder);
      // What an agent writes in another worktree is brought here later.
      const others = await otherWorktrees(real);
      for (const other of others) this.#relevance.alias(other, folder, true);
      for (const name of [folder, real, ...others]) names.add(name);
    }
    return names;
  }

  async #readOn(agent: Agent, state: RecordState): Promise<void> {
    const { file } = state;
    if (this.#unread.isDeadly(agent, state)) {
      this.#unread.seen(agent, state);
      await this.#leave(agent, file, 'left out: reading it ended the reader twice');
      return;
    }
    if (Date.now() - state.changed < lively) await this.#notices.follow(dirname(file), false);
    const { progress } = this.#options;
    progress?.begin(recordName(agent, file));
    try {
      const foreign = (await agent.foreign?.(file)) === true;
      if (foreign) await this.#leave(agent, file, "left out: git has it, so it may be another person's");
      await this.#readWhole(agent, state, foreign || this.#hearing.isOld(agent, file));
    } finally {
      progress?.rest();
    }
  }

  /** `leave`: nothing of it is given, now or later. */
  async #readWhole(agent: Agent, state: RecordState, leave: boolean): Promise<void> {
    const { file } = state;
    const reader = this.#readers.of(agent, file);
    for (let more = true; more && !this.#disposed; ) {
      const records = this.#hearing.of(agent, await this.#readBy(reader, agent, file), leave);
      const problems = records.problems.map(one => ({ ...one, agent: agent.name }));
      await this.#give(this.#relevance.of(agent, { ...records, problems }));
      this.#options.progress?.step();
      more = records.more === true;
    }
    if (this.#disposed) return;
    this.#unread.seen(agent, state);
    this.#remembered.read(state);
    this.#news = true;
  }

  #leave({ name }: Agent, file: string, message: string): Promise<void> {
    const problems = [{ file, line: 0, message, agent: name }];
    return this.#give(this.#relevance.of({ name, checked: 'samples' }, { ...noRecords, problems }));
  }

  /** A fault of one reader is a problem of its record, and of no other tool's. */
  async #readBy(reader: AgentReader, agent: Agent, file: string): Promise<AgentRecords> {
    try {
      return await reader.read();
    } catch (error) {
      this.#readers.drop(agent, file);
      this.#problem(file, error);
      return noRecords;
    }
  }

  /** A batch that the listener failed on is given again. */
  async #give(records: AgentRecords): Promise<void> {
    if (hasAny(records)) this.#batches.push(this.#options.keepsSecrets ? records : withoutSecrets(records));
    if (this.#batches.length > 0) {
      this.#news = this.#given = true;
      this.#quiet = 0;
    }
    while (!this.#disposed && this.#batches[0]) {
      await this.#options.onRecords(this.#batches[0]);
      this.#batches.shift();
    }
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
