import { rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { youngMegabytes } from './cli/memory.ts';
import type { LentKey } from './cli/threadSigner.ts';
import type { Stage } from './evidence/stage.ts';
import type { Signer } from './journal/keys.ts';
import type { CliResult, CliWatch } from './ui/line.ts';

/** What the thread learns of the editor's keys: never the private ones. */
function lentKey({ keeper, publicKey, former = [] }: Signer): LentKey {
  return { keeper, publicKey, former: former.map(one => one.publicKey) };
}

/** What the thread says: bytes to be signed, by which key; what it is doing; a file that it writes before it renames it. */
interface Told {
  readonly sign?: Uint8Array;
  readonly by?: string;
  readonly stage?: Stage;
  readonly part?: string;
}

/**
 * Runs the command line in a worker thread, so that a report or a package is the same as the command line's
 * own. It asks for signatures over its port: the key stays on this thread.
 */
export function runCli(
  dist: vscode.Uri,
  folder: vscode.Uri | undefined,
  argv: readonly string[],
  signer: Signer,
  { token, onStage }: CliWatch = {},
): Promise<CliResult> {
  const worker = new Worker(vscode.Uri.joinPath(dist, 'cli.cjs').fsPath, {
    argv: [...argv],
    stdout: true,
    stderr: true,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    workerData: {
      signer: lentKey(signer),
      ...(folder ? { cwd: folder.fsPath } : {}),
    },
  });
  const cancel = token?.onCancellationRequested(() => void worker.terminate());
  const parts: string[] = [];
  worker.on('message', ({ sign, by, stage, part }: Told) => {
    if (stage) onStage?.(stage);
    if (part) parts.push(part);
    const key = [signer, ...(signer.former ?? [])].find(({ publicKey }) => publicKey === by);
    if (sign && key) worker.postMessage({ signature: key.sign(sign) });
    else if (sign) worker.postMessage({ refused: true });
  });
  const ended = new Promise<CliResult>((resolve, reject) => {
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      worker[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
      });
    }
    worker.on('error', reject);
    worker.on('exit', code => {
      // What was written last may arrive after the end.
      setImmediate(() => resolve({ code: token?.isCancellationRequested ? 2 : code, ...said }));
    });
  });
  return ended.finally(async () => {
    cancel?.dispose();
    for (const part of parts) await rm(part, { force: true });
  });
}
