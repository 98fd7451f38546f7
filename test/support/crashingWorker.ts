import { existsSync, writeFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * The real worker in a thread that ends itself, once or `always`: when it is handed the text `end here`, after (`late`)
 * or before the worker has seen it. The marker file tells that it has happened.
 */
const { crash } = workerData as { crash: { marker: string; late: boolean; always?: boolean } };

const listen = () =>
  parentPort?.on('message', (message: unknown) => {
    if ((existsSync(crash.marker) && !crash.always) || !JSON.stringify(message).includes('end here')) return;
    writeFileSync(crash.marker, '');
    process.exit(7);
  });

if (!crash.late) listen();
await import('../../src/journal/worker.ts');
if (crash.late) listen();
