import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { folder } from './scene.ts';

/** Runs the product's command line for the window's folder, with the window's data folder; gives what it prints. */
export function cli(...args: readonly string[]): string {
  const extension = vscode.extensions.getExtension('holograph.holograph');
  if (!extension) throw new Error('the product is not installed in this window');
  const script = join(extension.extensionPath, 'dist/cli.cjs');
  return execFileSync(process.execPath, [script, ...args, '--folder', folder().uri.fsPath], { encoding: 'utf8' });
}
