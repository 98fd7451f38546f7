import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import type { Signer } from '../journal/keys.ts';
import { boundMemory } from './memory.ts';
import { run } from './run.ts';
import { type LentKey, threadSigner } from './threadSigner.ts';

/**
 * The command line as a program, or as a thread of the editor: then `workerData` may hold `signer`, which
 * signs over the parent port, and `cwd`, since a thread has no current folder of its own.
 */
interface ThreadData {
  readonly signer?: LentKey;
  readonly cwd?: string;
}

const thread = isMainThread ? undefined : (workerData as ThreadData | null);
if (isMainThread) boundMemory();
process.stdout.on('error', endQuietly);
run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: thread?.cwd ?? process.cwd(),
  signer: lentSigner(),
  stage: thread ? stage => parentPort?.postMessage({ stage }) : undefined,
}).then(code => {
  process.exitCode = code;
});

function lentSigner(): Signer | undefined {
  return thread?.signer && parentPort ? threadSigner(thread.signer, parentPort) : undefined;
}

/** Who reads our output may have read enough (`| head`). */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}
