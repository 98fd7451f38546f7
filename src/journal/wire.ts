import { Worker } from 'node:worker_threads';
import type { Echoed } from './echoed.ts';
import { type Crossing, crossing, crossings } from './handed.ts';
import type { Ask, AskKind, Asks, FromWorker, QueuedEvent, ToWorker, WorkerReady } from './messages.ts';
import { firstOrdinal } from './messages.ts';
import { PlainShapes } from './plainShape.ts';
import { JournalError, type JournalProblem } from './problem.ts';
import { stampNow } from './stamp.ts';
import type { WorkerStart } from './workerStart.ts';

/** What the thread is told without having asked. */
export interface WireListener {
  committed(ordinal: number, sequence: number, count: number): void;
  problem(problem: JournalProblem): void;
  recording(recording: boolean): void;
  over(problem: JournalProblem): void;
  echoed(found: Echoed): void;
  prompts(): void;
}

interface Waiting {
  readonly ask: Ask;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly progress: ((done: number, total: number) => void) | undefined;
}

/**
 * The thread's end of the wire to its worker. Hands over in order, once per turn of the loop, and keeps
 * what is not committed: if the worker ends, another is started and gets it again, but not a third time in vain.
 */
export class Wire {
  readonly ready: WorkerReady;
  readonly #script: string | URL;
  readonly #start: WorkerStart;
  readonly #listener: WireListener;
  #worker: Worker;
  readonly #shapes = new PlainShapes();
  #queue: QueuedEvent[] = [];
  #posts = false;
  #next = firstOrdinal;
  /** Handed over and not committed yet, oldest first. */
  #sent: ToWorker[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #asks = 0;
  #restarts = 1;
  /** The worker is gone and the next has not begun. */
  #broken = false;
  #ended = false;

  private constructor(
    script: string | URL,
    start: WorkerStart,
    worker: Worker,
    ready: WorkerReady,
    listener: WireListener,
  ) {
    this.#script = script;
    this.#start = start;
    this.#worker = worker;
    this.#listener = listener;
    this.ready = ready;
    this.#attend();
  }

  /** Starts the worker. Rejects with JournalError. */
  static async open(script: string | URL, start: WorkerStart, listener: WireListener): Promise<Wire> {
    const { worker, ready } = await begin(script, start);
    return new Wire(script, start, worker, ready, listener);
  }

  /** Takes an event; gives its ordinal. Does no more than remember it: it is handed over when the turn ends. */
  append(event: QueuedEvent): number {
    this.#queue.push(event);
    if (!this.#posts) {
      this.#posts = true;
      setImmediate(this.#post);
    }
    return this.#next++;
  }

  ask<K extends AskKind>(
    kind: K,
    request: Asks[K]['request'],
    progress?: (done: number, total: number) => void,
  ): Promise<Asks[K]['answer']> {
    if (this.#ended) return Promise.reject(new JournalError({ code: 'worker', detail: 'the journal is closed' }));
    this.#post();
    const id = this.#asks++;
    const ordinal = takesOrdinal(kind) ? this.#next++ : this.#next;
    const ask = { kind, id, ordinal, stamp: stampNow(), request } as Ask;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { ask, resolve, reject, progress });
      this.#send({ kind: 'ask', ask });
    });
  }

  /** Ends the worker; what is not committed by then is not. */
  async end(): Promise<void> {
    this.#ended = true;
    await ending(this.#worker);
    this.#refuseAll({ code: 'worker', detail: 'the journal is closed' });
  }

  readonly #post = (): void => {
    this.#posts = false;
    if (this.#queue.length === 0) return;
    const events = this.#queue;
    this.#queue = [];
    for (const { message, crosses } of crossings(this.#next - events.length, events, this.#shapes))
      this.#send(message, crosses);
  };

  #send(message: ToWorker, crosses: Crossing = crossing(message)): void {
    this.#sent.push(message);
    this.#worker.postMessage(crosses);
  }

  #attend(): void {
    const worker = this.#worker;
    // A worker that is given up may still say something; only the one at work is heard.
    const current = (act: () => void) => (worker === this.#worker && !this.#ended && !this.#broken ? act() : undefined);
    worker.on('message', (message: FromWorker) => current(() => this.#hear(message)));
    worker.on('error', error => current(() => this.#lost(error.message)));
    worker.on('exit', code => current(() => this.#lost(`exit code ${code}`)));
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case 'committed':
        // What it died of is not what it is asked to do again.
        this.#restarts = 1;
        this.#forget(message.ordinal + message.count);
        this.#listener.committed(message.ordinal, message.sequence, message.count);
        return;
      case 'answer':
        this.#take(message.id)?.resolve(message.answer as never);
        return;
      case 'refused':
        this.#take(message.id)?.reject(new JournalError(message.problem));
        return;
      case 'progress':
        this.#waiting.get(message.id)?.progress?.(message.done, message.total);
        return;
      case 'problem':
      case 'failed':
        this.#listener.problem(message.problem);
        return;
      case 'over':
        this.#listener.over(message.problem);
        return;
      case 'echoed':
        this.#listener.echoed(message.found);
        return;
      case 'prompts':
        this.#listener.prompts();
        return;
      case 'recording':
        this.#listener.recording(message.recording);
        return;
      case 'ready':
        return;
    }
  }

  /** Everything below this ordinal is committed. */
  #forget(ordinal: number): void {
    const done = (message: ToWorker) =>
      message.kind === 'append'
        ? message.ordinal + message.events.length <= ordinal
        : !this.#waiting.has(message.ask.id) && message.ask.ordinal < ordinal;
    while (this.#sent.length > 0 && done(this.#sent[0]!)) this.#sent.shift();
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#sent = this.#sent.filter(message => message.kind !== 'ask' || message.ask.id !== id);
    return waiting;
  }

  #lost(detail: string): void {
    this.#broken = true;
    if (this.#restarts-- > 0) void this.#restart(detail);
    else this.#fail({ code: 'worker', detail });
  }

  async #restart(detail: string): Promise<void> {
    const { journal, session } = this.ready;
    try {
      const { worker, ready } = await begin(this.#script, { ...this.#start, resumes: { journal, session } });
      this.#worker = worker;
      this.#broken = false;
      this.#attend();
      this.#listener.problem({ code: 'worker', detail: `started again after: ${detail}` });
      this.#forget(ready.ordinal);
      for (const message of this.#sent) worker.postMessage(crossing(message));
    } catch (error) {
      this.#fail(JournalError.from(error, this.#start.folder).problem);
    }
  }

  #fail(problem: JournalProblem): void {
    this.#ended = true;
    this.#listener.problem(problem);
    this.#listener.over(problem);
    this.#refuseAll(problem);
  }

  #refuseAll(problem: JournalProblem): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(new JournalError(problem));
  }
}

const acts: readonly AskKind[] = ['open', 'cell', 'notebook', 'align', 'outside', 'renamed', 'deleted'];

function takesOrdinal(kind: AskKind): boolean {
  return acts.includes(kind);
}

/** Milliseconds that a worker has to end by itself. */
const lastPatience = 5000;

/** A worker that has closed ends by itself; one that does not is ended, at whatever it is. */
async function ending(worker: Worker): Promise<void> {
  if (worker.threadId < 0) return;
  const gone = new Promise(resolve => worker.once('exit', resolve));
  const timer = setTimeout(() => void worker.terminate(), lastPatience);
  await gone;
  clearTimeout(timer);
}

async function begin(script: string | URL, start: WorkerStart): Promise<{ worker: Worker; ready: WorkerReady }> {
  const worker = new Worker(script, { workerData: start, name: 'holograph journal' });
  try {
    return { worker, ready: await readiness(worker) };
  } catch (error) {
    await ending(worker);
    throw error instanceof JournalError ? error : new JournalError({ code: 'worker', detail: String(error) }, error);
  }
}

/** The worker's first word. */
function readiness(worker: Worker): Promise<WorkerReady> {
  return new Promise((resolve, reject) => {
    const heard = (message: FromWorker) => {
      quiet();
      if (message.kind === 'ready') resolve(message.ready);
      else if (message.kind === 'failed') reject(new JournalError(message.problem));
      else reject(new JournalError({ code: 'worker', detail: `said ${message.kind} first` }));
    };
    const failed = (error: Error) => {
      quiet();
      reject(error);
    };
    const exited = (code: number) => failed(new JournalError({ code: 'worker', detail: `exit code ${code}` }));
    const quiet = () => worker.off('message', heard).off('error', failed).off('exit', exited);
    worker.on('message', heard).on('error', failed).on('exit', exited);
  });
}
