import { parentPort, workerData } from 'node:worker_threads';
import type { AgentRecords } from '../agent.ts';
import { agents } from '../agents.ts';
import type { Machine } from '../reading/machine.ts';
import { reasonOf } from '../reading/reason.ts';
import { pieces } from './pieces.ts';
import { Progress } from './progress.ts';
import type { Silence } from './silences.ts';
import { AgentWatch } from './watch.ts';

/** What the thread is started with. */
export interface WatchStart {
  /** Names of tools whose records are not read. */
  readonly off: readonly string[];
  readonly folders: readonly string[];
  readonly machine: Machine;
  readonly since: number;
  readonly hooks: string;
  readonly remember: string;
  readonly every: number;
  readonly keepsSecrets?: boolean;
  readonly silences?: readonly Silence[];
}

/** What it is told of those before it. */
export interface WatchThreadStart extends WatchStart {
  /** Of a `Progress`. */
  readonly memory: SharedArrayBuffer;
  readonly deadly: readonly string[];
}

export type ToWatch =
  /** All that is there is to be given; answered by `read` with the same number. */
  | { readonly kind: 'read'; readonly id: number }
  /** The batch was taken, or, with a reason, was not: it is given again. */
  | { readonly kind: 'took'; readonly reason?: string }
  /** All that was given is kept for good; with a reason, it is not. */
  | { readonly kind: 'kept'; readonly reason?: string };

export type FromWatch =
  /** The next batch follows when this one is taken. */
  | { readonly kind: 'records'; readonly records: AgentRecords }
  /** To be answered by `kept`; one at a time. */
  | { readonly kind: 'keep' }
  | { readonly kind: 'read'; readonly id: number; readonly reason?: string };

/** Milliseconds between two signs that the thread is not stuck. */
const beat = 1000;

/** What the editor's thread says to one question; the next is asked when it has. */
class Answer {
  #came: ((reason: string | undefined) => void) | undefined;

  after(ask: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#came = reason => (reason === undefined ? resolve() : reject(new Error(reason)));
      ask();
    });
  }

  came(reason: string | undefined): void {
    this.#came?.(reason);
  }
}

/**
 * The watch in a thread of its own: reading other tools' logs and databases never takes the editor's time. One batch at a
 * time is on its way, so that no more waits in memory than the editor takes.
 */
if (parentPort) {
  const port = parentPort;
  const { off, memory, ...start } = workerData as WatchThreadStart;
  const progress = new Progress(memory);
  setInterval(() => progress.beat(), beat).unref();
  const say = (message: FromWatch) => port.postMessage(message);
  const [took, kept] = [new Answer(), new Answer()];
  const watch = new AgentWatch({
    ...start,
    progress,
    agents: agents.filter(({ name }) => !off.includes(name)),
    onRecords: async records => {
      for (const piece of pieces(records))
        await progress.waiting(took.after(() => say({ kind: 'records', records: piece })));
    },
    committed: () => progress.waiting(kept.after(() => say({ kind: 'keep' }))),
  });
  port.on('message', (message: ToWatch) => {
    switch (message.kind) {
      case 'took':
        took.came(message.reason);
        break;
      case 'kept':
        kept.came(message.reason);
        break;
      case 'read':
        watch.read().then(
          () => say({ kind: 'read', id: message.id }),
          error => say({ kind: 'read', id: message.id, reason: reasonOf(error) }),
        );
    }
  });
}
