import type { Signer } from './keys.ts';
import type { WorkerStart } from './workerStart.ts';

export interface WriterOptions extends Omit<WorkerStart, 'resumes'> {
  /** The worker's script: `dist/worker.cjs`, or `worker.ts` where the runtime takes it. */
  readonly worker: string | URL;
  /** Signs checkpoints; its key enters the journal if it is new there. */
  readonly signer?: Signer;
}
