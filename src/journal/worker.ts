import { parentPort, workerData } from 'node:worker_threads';
import { type Crossing, received } from './handed.ts';
import type { FromWorker } from './messages.ts';
import { PlainShapes } from './plainShape.ts';
import { JournalError } from './problem.ts';
import { Scribe } from './scribe.ts';
import type { WorkerStart } from './workerStart.ts';

/** The worker thread's entry: a scribe on the other end of the port. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('this script runs as a worker');
  const start = workerData as WorkerStart;
  // What is met while opening is said after `ready`, which is what the other end waits for.
  const early: FromWorker[] = [];
  let ready = false;
  const post = (message: FromWorker): void => {
    if (ready) port.postMessage(message);
    else early.push(message);
  };
  try {
    // With the port closed nothing keeps the thread: it ends by itself, and no native code is cut off at work.
    const scribe = new Scribe(start, post, () => port.close());
    port.postMessage({ kind: 'ready', ready: scribe.ready } satisfies FromWorker);
    ready = true;
    early.forEach(post);
    const shapes = new PlainShapes();
    port.on('message', (message: Crossing) => scribe.receive(received(message, shapes)));
  } catch (error) {
    port.postMessage({ kind: 'failed', problem: JournalError.from(error, start.folder).problem } satisfies FromWorker);
  }
}

main();
