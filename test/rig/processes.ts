import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Invocation {
  readonly cwd?: string;
  /** Added to this process's own environment; `undefined` takes a name out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onLine?: (line: string) => void;
  /** Milliseconds after which the process group is killed. */
  readonly limit?: number;
}

export interface Outcome {
  /** Exit code; 1 where a signal ended it. */
  readonly code: number;
  /** Standard output and error, interleaved as they came. */
  readonly output: string;
  readonly stdout: string;
  readonly timedOut: boolean;
}

const children = new Set<ChildProcess>();
const folders = new Set<string>();

/** Starts a process in a group of its own, so that its children end with it. */
export function launch(command: string, args: readonly string[], how: Invocation = {}): ChildProcess {
  const child = spawn(command, args, {
    cwd: how.cwd,
    env: { ...process.env, ...how.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  for (const stream of [child.stdout, child.stderr]) {
    if (stream && how.onLine) createInterface({ input: stream }).on('line', how.onLine);
  }
  return child;
}

/** Runs a process to its end. Throws only if it cannot be started. */
export async function run(command: string, args: readonly string[], how: Invocation = {}): Promise<Outcome> {
  const child = launch(command, args, how);
  const output: Buffer[] = [];
  const stdout: Buffer[] = [];
  let timedOut = false;
  child.stdout?.on('data', (data: Buffer) => {
    output.push(data);
    stdout.push(data);
  });
  child.stderr?.on('data', (data: Buffer) => output.push(data));
  const timer =
    how.limit === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          signal(child, 'SIGKILL');
        }, how.limit);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? 1, output: textOf(output), stdout: textOf(stdout), timedOut };
  } finally {
    clearTimeout(timer);
  }
}

function textOf(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString();
}

/** Asks the process group to end, and ends it after two seconds. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    // The leader is gone; what it left behind in its group goes too.
    signal(child, 'SIGKILL');
    return;
  }
  const closed = once(child, 'exit');
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), 2_000);
  await closed;
  clearTimeout(timer);
  signal(child, 'SIGKILL');
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch (error) {
    // The group may be gone already; anything else is a mistake of ours.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A fresh folder under the system's temporary folder, removed by `cleanUp`. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `holograph-${name}-`));
  folders.add(folder);
  return folder;
}

export async function cleanUp(): Promise<void> {
  await Promise.all([...children].map(end));
  removeFolders();
}

function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.clear();
}

for (const [name, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(name, () => {
    for (const child of children) signal(child, 'SIGKILL');
    removeFolders();
    process.exit(code);
  });
}
