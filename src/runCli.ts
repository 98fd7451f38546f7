import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { Signer } from './journal/keys.ts';
import type { CliResult } from './ui/line.ts';

/**
 * Runs the command line in a worker thread, so that a report or a package is the same as the command line's
 * own. It asks for signatures over its port: the key stays on this thread.
 */
export function runCli(
  dist: vscode.Uri,
  folder: vscode.Uri | undefined,
  argv: readonly string[],
  signer: Signer,
  token?: vscode.CancellationToken,
): Promise<CliResult> {
  const worker = new Worker(vscode.Uri.joinPath(dist, 'cli.cjs').fsPath, {
    argv: [...argv],
    stdout: true,
    stderr: true,
    workerData: {
      signer: { keeper: signer.keeper, publicKey: signer.publicKey },
      ...(folder ? { cwd: folder.fsPath } : {}),
    },
  });
  const cancel = token?.onCancellationRequested(() => void worker.terminate());
  worker.on('message', ({ sign }: { sign?: Uint8Array }) => {
    if (sign) worker.postMessage({ signature: signer.sign(sign) });
  });
  return new Promise((resolve, reject) => {
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
  }).finally(() => cancel?.dispose()) as Promise<CliResult>;
}
