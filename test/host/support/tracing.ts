import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TraceEvent, TraceHead } from '../../../src/capture/trace.ts';
import type { Played } from '../../support/tracePlayer.ts';
import { mouse, page } from './driver.ts';
import { folder } from './scene.ts';
import { said } from './surface.ts';

/** The item in the status bar while a trace is recorded. */
export const traceItem = '[id*="holograph.trace"]';

/** Records a trace into a file beside the folder. A window that is tested shows no question; see tracesAsked. */
export async function recordTrace(name: string, scrambled: boolean): Promise<string> {
  const file = join(folder().uri.fsPath, '..', `${name}-${process.pid}.jsonl`);
  await vscode.commands.executeCommand('holograph.recordTrace', { file, scrambled });
  await page.waitFor(traceItem);
  return file;
}

export async function stopTrace(): Promise<void> {
  await mouse.click(traceItem);
  await page.waitFor(traceItem, { state: 'detached' });
  await said('The trace holds');
}

export function linesOf(file: string): [TraceHead, ...TraceEvent[]] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line)) as [TraceHead, ...TraceEvent[]];
}

/** Plays a trace to the product again, without VS Code, as `npm run trace` does. */
export function played(file: string): readonly Played[] {
  const extension = vscode.extensions.getExtension('holograph.holograph');
  const root = extension?.extensionPath ?? '';
  const script = ['--disable-warning=ExperimentalWarning', join(root, 'test/rig/trace.ts'), file, '--json'];
  // What steers the extension host would steer it too.
  const { HOLOGRAPH_HOME: _, ...env } = process.env;
  return JSON.parse(execFileSync(process.execPath, script, { cwd: root, encoding: 'utf8', env })) as Played[];
}
