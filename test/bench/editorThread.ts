import { type MessagePort, parentPort, Worker } from 'node:worker_threads';
import { type Crossing, crossings } from '../../src/journal/handed.ts';
import { PlainShapes } from '../../src/journal/plainShape.ts';
import { coauthorEvents } from './coauthor.ts';
import { Stopwatch } from './measure.ts';
import { handedOver } from './written.ts';

/** What a window hands over: as many real events a turn, up to so many in all, of this many sessions of the trace. */
export interface Handing {
  readonly sessions: number;
  readonly events: number;
  readonly turn: number;
  /** First of the thread's ordinals, and of its serials. */
  readonly ordinal: number;
  readonly serials: number;
}

/** What crosses; `turn` counts from 0. */
export interface Handed {
  readonly turn: number;
  readonly crosses: Crossing;
}

/** A thread that stands for the editor's, so that its garbage is its own. All has crossed when `hand` resolves. */
export class EditorThread {
  readonly #worker = new Worker(new URL(import.meta.url));

  /** Hands over by the port; gives what that cost the thread, and how many events it were. */
  hand(handing: Handing, port: MessagePort): Promise<Stopwatch> {
    return new Promise((resolve, reject) => {
      this.#worker.once('message', told => resolve(Object.assign(new Stopwatch(), told)));
      this.#worker.once('error', reject);
      this.#worker.postMessage({ handing, port }, [port]);
    });
  }

  end(): Promise<number> {
    return this.#worker.terminate();
  }
}

parentPort?.on('message', ({ handing, port }: { handing: Handing; port: MessagePort }) => {
  const { sessions, events, ordinal, serials } = handing;
  const queue = handedOver((coauthorEvents(sessions) ?? []).slice(0, events), serials);
  const watch = new Stopwatch();
  const shapes = new PlainShapes();
  for (let turn = 0; turn * handing.turn < queue.length; turn++) {
    const at = turn * handing.turn;
    // As the editor's thread has them: the objects of each are its own, and were made just now.
    const some = structuredClone(queue.slice(at, at + handing.turn));
    watch.add(some.length, () => {
      for (const { crosses } of crossings(ordinal + at, some, shapes))
        port.postMessage({ turn, crosses } satisfies Handed);
    });
  }
  parentPort?.postMessage({ ...watch });
});
