import { Worker } from 'node:worker_threads';
import type { AgentRecords } from './agents/agent.ts';
import type { FromWatch, ToWatch, WatchStart } from './agents/following/watchThread.ts';

export interface AgentThreadOptions extends WatchStart {
  /** The thread's script: `dist/agents.cjs`, or `watchThread.ts` where the runtime takes it. */
  readonly script: string | URL;
  /** One batch at a time; one that it fails on is given again. */
  readonly onRecords: (records: AgentRecords) => void | Promise<void>;
  /** Resolves once all batches are kept for good; rejects where they are not. */
  readonly committed: () => Promise<void>;
  /** The thread ended; another one begins in a while. Until then agents' records are not read. */
  readonly failed: (error: unknown) => void;
  /** Another one has read all that stood in the records meanwhile. */
  readonly again?: () => void;
}

/** Milliseconds until a thread that ended is followed by another, at first and at most. */
const patience = [5000, 300_000] as const;
/** Megabytes of the thread's heap: one record that needs more ends the thread and not the editor. */
const heap = 768;

/** Follows agents' records in a thread of its own: see `AgentWatch`. */
export class AgentThread {
  readonly #options: AgentThreadOptions;
  readonly #reads = new Map<number, () => void>();
  #worker: Worker | undefined;
  #next = 0;
  #wait: number = patience[0];
  #again: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: AgentThreadOptions) {
    this.#options = options;
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
    const { script, off, folders, machine, since, hooks, remember, every, keepsSecrets } = this.#options;
    const workerData: WatchStart = {
      off,
      folders,
      machine,
      since,
      hooks,
      remember,
      every,
      ...(keepsSecrets && { keepsSecrets }),
    };
    const resourceLimits = { maxOldGenerationSizeMb: heap };
    const worker = new Worker(script, { workerData, resourceLimits, name: 'holograph agents' });
    this.#worker = worker;
    worker.on('message', (message: FromWatch) => this.#heard(worker, message));
    worker.on('error', error => this.#ended(worker, error));
    worker.on('exit', code => this.#ended(worker, new Error(`the thread ended with ${code}`)));
    worker.unref();
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
        this.#wait = patience[0];
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
    this.#options.failed(error);
    this.#again = setTimeout(() => this.#beginAgain(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, patience[1]);
  }

  #end(): void {
    this.#worker = undefined;
    for (const read of this.#reads.values()) read();
    this.#reads.clear();
  }
}
