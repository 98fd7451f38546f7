import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { detailOf, Refusal } from './command.ts';

/** Writes a file whole or not at all. Throws Refusal `error.unwritable`. */
export function writeWhole(file: string, content: string | Uint8Array, mode = 0o666): void {
  const part = `${file}.${process.pid}.part`;
  // A thread that is ended while it writes takes nothing away any more: whoever ends it does.
  parentPort?.postMessage({ part });
  try {
    writeFileSync(part, content, { mode });
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw new Refusal('error.unwritable', { file, detail: detailOf(error) }, error);
  }
}
