import { Worker } from 'node:worker_threads';
import type { AgentRecords } from './agents/agent.ts';
import { Progress } from './agents/following/progress.ts';
import type { FromWatch, ToWatch, WatchStart, WatchThreadStart } from './agents/following/watchThread.ts';

export interface AgentThreadOptions extends WatchStart {
  /** The thread's script: `dist/agents.cjs`, or `watchThread.ts` where the runtime takes it. */
  readonly script: string | URL;
  /** One batch at a time; one that it fails on is given again. */
  readonly onRecords: (records: AgentRecords) => void | Promise<void>;
  /** Resolves once all batches are kept for good; rejects where they are not. */
  readonly committed: () => Promise<void>;
  /** The thread ended, maybe at a record; another one begins in a while. Until then agents' records are not read. */
  readonly failed: (error: unknown, record: string | undefined) => void;
  /** Another one has read all that stood in the records meanwhile. */
  readonly again?: () => void;
  /** Instead of those below. */
  readonly patience?: readonly [first: number, most: number];
  readonly standstill?: number;
  readonly heap?: number;
}

/** Milliseconds until a thread that ended is followed by another, at first and at most. */
const patience = [5000, 300_000] as const;
/** Milliseconds that the thread is busy with one record without a sign, at least: longer is taken for no end at all. */
const standstill = 180_000;
/** The thread is looked at so many times in that: the time that a machine sleeps counts as one look. */
const looks = 6;
/** Ends of a thread at one record after which that record is left out. */
const most = 2;
/** Megabytes of the thread's heap: one record that needs more ends the thread and not the editor. */
const heap = 768;

/** Follows agents' records in a thread of its own: see `AgentWatch`. */
export class AgentThread {
  readonly #options: AgentThreadOptions;
  readonly #reads = new Map<number, () => void>();
  #worker: Worker | undefined;
  #next = 0;
  readonly #ends = new Map<string, number>();
  readonly #patience: readonly [number, number];
  #progress = new Progress();
  #looks: NodeJS.Timeout | undefined;
  #wait: number;
  #again: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: AgentThreadOptions) {
    this.#options = options;
    this.#patience = options.patience ?? patience;
    this.#wait = this.#patience[0];
    this.#begin();
  }

  /** Resolves when all that stood in the records at the call has been given, or the thread has ended. */
  read(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return Promise.resolve();
    const id = this.#next++;
    return new Promise(resolve => {
      this.#reads.set(id, resolve);
      worker.postMessage({ kind: 'read', id } satisfies ToWatch);
    });
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#again);
    const worker = this.#worker;
    this.#end();
    void worker?.terminate();
  }

  #begin(): void {
    const { script, off, folders, machine, since, hooks, remember, every, keepsSecrets, silences } = this.#options;
    this.#progress = new Progress();
    const deadly = [...this.#ends].flatMap(([record, ends]) => (ends < most ? [] : [record]));
    const workerData: WatchThreadStart = {
      off,
      folders,
      machine,
      since,
      hooks,
      remember,
      every,
      ...(keepsSecrets && { keepsSecrets }),
      ...(silences && { silences }),
      memory: this.#progress.memory,
      deadly,
    };
    const resourceLimits = { maxOldGenerationSizeMb: this.#options.heap ?? heap };
    const worker = new Worker(script, { workerData, resourceLimits, name: 'holograph agents' });
    this.#lookAfter(worker);
    this.#worker = worker;
    worker.on('message', (message: FromWatch) => this.#heard(worker, message));
    worker.on('error', error => this.#ended(worker, error));
    worker.on('exit', code => this.#ended(worker, new Error(`the thread ended with ${code}`)));
    worker.unref();
  }

  /** A record whose reading comes to no end would keep all tools from being read. */
  #lookAfter(worker: Worker): void {
    let [standing, same] = [this.#progress.standing, 0];
    const look = () => {
      const now = this.#progress.standing;
      same = now !== undefined && now === standing ? same + 1 : 0;
      standing = now;
      if (same < looks) return;
      this.#ended(worker, new Error('the thread went on no more'));
      void worker.terminate();
    };
    this.#looks = setInterval(look, (this.#options.standstill ?? standstill) / looks).unref();
  }

  #beginAgain(): void {
    this.#begin();
    const worker = this.#worker;
    void this.read().then(() => {
      if (worker !== undefined && worker === this.#worker) this.#options.again?.();
    });
  }

  #heard(worker: Worker, message: FromWatch): void {
    if (worker !== this.#worker) return;
    switch (message.kind) {
      case 'records':
        void this.#done(worker, 'took', () => this.#options.onRecords(message.records));
        break;
      case 'keep':
        void this.#done(worker, 'kept', () => this.#options.committed());
        break;
      case 'read':
        this.#wait = this.#patience[0];
        this.#reads.get(message.id)?.();
        this.#reads.delete(message.id);
    }
  }

  async #done(worker: Worker, kind: 'took' | 'kept', act: () => void | Promise<void>): Promise<void> {
    let reason: string | undefined;
    try {
      await act();
    } catch (error) {
      reason = error instanceof Error ? error.name : 'failed';
    }
    worker.postMessage({ kind, ...(reason !== undefined && { reason }) } satisfies ToWatch);
  }

  #ended(worker: Worker, error: unknown): void {
    if (worker !== this.#worker) return;
    this.#end();
    if (this.#disposed) return;
    const { record } = this.#progress;
    if (record !== undefined) this.#ends.set(record, (this.#ends.get(record) ?? 0) + 1);
    this.#options.failed(error, record);
    this.#again = setTimeout(() => this.#beginAgain(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, this.#patience[1]);
  }

  #end(): void {
    this.#worker = undefined;
    clearInterval(this.#looks);
    for (const read of this.#reads.values()) read();
    this.#reads.clear();
  }
}
