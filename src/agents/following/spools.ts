import { mkdir } from 'node:fs/promises';
import type { AgentRecords, Problem } from '../agent.ts';
import { type ClaimOptions, claimed, done, type Spooled, spoolOf, sweep, unsortedSpool } from '../hooks/hookSpool.ts';
import type { Progress } from './progress.ts';

export interface SpoolsOptions {
  /** The data folder, below which hooks leave what they heard. */
  readonly home: string;
  /** Recorded folders: their own spools are the caller's alone in this process. */
  readonly folders: readonly string[];
  readonly concerns: (records: AgentRecords) => boolean;
  /** Something is left in this folder now and then. */
  readonly follow: (spool: string) => Promise<void>;
  readonly disposed: () => boolean;
  /** Says which call is being read. */
  readonly progress?: Progress | undefined;
  /** Names of calls that have ended a thread twice. */
  readonly deadly: readonly string[];
  readonly heard: (records: AgentRecords) => Promise<void>;
  /** A call that cannot be read; and a spool that cannot. */
  readonly problem: (problem: Problem) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * What hooks left for the recorded folders. A file that was claimed stands until what it tells is committed: whoever
 * ends before leaves it to the next.
 */
export class Spools {
  readonly #options: SpoolsOptions;
  /** Claimed, and given. */
  #given: string[] = [];
  #swept = false;

  constructor(options: SpoolsOptions) {
    this.#options = options;
  }

  /** The folders' own spools are the caller's; of the unsorted one it takes what concerns them. `patience`: see `isFresh`. */
  async take(patience: number): Promise<void> {
    const { home, folders, concerns } = this.#options;
    const ripe = (records: AgentRecords, last: boolean) => !(last && isFresh(records, patience));
    for (const folder of folders) {
      const own = spoolOf(home, folder);
      // Where it is, a notice comes at once.
      await mkdir(own, { recursive: true, mode: 0o700 }).catch(error => this.#options.failed(error));
      await this.#spool(own, { taken: ripe, alone: true });
    }
    await this.#spool(unsortedSpool(home), { taken: concerns });
    this.#options.progress?.rest();
    if (this.#swept) return;
    this.#swept = true;
    await sweep(home, Date.now()).catch(error => this.#options.failed(error));
  }

  /** All that was given is in the journal. */
  async committed(): Promise<void> {
    for (const file of this.#given.splice(0)) await done(file);
  }

  async #spool(spool: string, options: ClaimOptions): Promise<void> {
    const { disposed, follow, progress, deadly } = this.#options;
    const opens = (file: string) => {
      progress?.begin(`hook ${file}`);
      return !deadly.includes(`hook ${file}`);
    };
    try {
      await follow(spool);
      for await (const one of claimed(spool, Date.now(), { ...options, opens })) {
        if (disposed()) return;
        if ('records' in one) await this.#heard(one);
        else this.#options.problem({ ...one, file: 'hook' });
      }
    } catch (error) {
      // What the file system does not let us is told; what the listener failed on is given again.
      if (!(error instanceof Error && 'syscall' in error)) throw error;
      this.#options.failed(error);
    }
  }

  async #heard({ file, records }: Spooled): Promise<void> {
    this.#given.push(file);
    await this.#options.heard(records);
  }
}

/** Nothing but a prompt that was asked less than `patience` (ms) ago: the log, which names the model, may tell of it still. */
function isFresh({ prompts, answers, edits, problems }: AgentRecords, patience: number): boolean {
  const others = answers.length + edits.length + problems.length;
  return others === 0 && prompts.every(({ time }) => Math.abs(Date.now() - time) < patience);
}
