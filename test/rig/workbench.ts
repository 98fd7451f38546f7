import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Failure } from './progress.ts';
import type { Server } from './server.ts';

export interface WorkbenchOptions {
  /** Absolute path of the folder to open; one that has a `rig.code-workspace` is opened as that workspace of several. */
  readonly folder: string;
  /** A file to show. */
  readonly file?: string;
  /** Folder of the one extension under development; VS Code in the browser takes no second. */
  readonly extensionDevelopmentPath?: string;
  /** A CommonJS module whose `run()` the extension host calls; the window then ends through `exit`. */
  readonly extensionTestsPath?: string;
  readonly onLog?: (type: string, args: readonly unknown[]) => void;
}

export interface Workbench {
  readonly page: Page;
  /** Resolves with the code by which the suite in the extension host ended. */
  readonly exit: Promise<number>;
}

const patience = 90_000;

/** The address of a folder in the server's VS Code, with its connection token. */
export function address(server: Server, options: WorkbenchOptions): string {
  const url = new URL(`http://127.0.0.1:${server.port}/`);
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${server.port}${encodeURI(path)}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  const developed = options.extensionDevelopmentPath;
  if (developed !== undefined) payload.push(['extensionDevelopmentPath', remote(developed)]);
  if (options.extensionTestsPath !== undefined)
    payload.push(['extensionTestsPath', remote(options.extensionTestsPath)]);
  if (options.file !== undefined) payload.push(['openFile', remote(options.file)]);
  if (server.token !== undefined) url.searchParams.set('tkn', server.token);
  const several = join(options.folder, 'rig.code-workspace');
  if (existsSync(several)) url.searchParams.set('workspace', several);
  else url.searchParams.set('folder', options.folder);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** Opens VS Code in the page and resolves when its workbench stands. */
export async function openWorkbench(page: Page, server: Server, options: WorkbenchOptions): Promise<Workbench> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  let finish: (code: number) => void = () => undefined;
  const exit = new Promise<number>(resolve => {
    finish = resolve;
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => finish(code));
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => options.onLog?.(type, args));
  page.once('crash', () => finish(1));
  await page.goto(address(server, options));
  try {
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: patience });
  } catch {
    throw new Failure(
      `VS Code did not appear in the browser. The server said:\n${server.log()}`,
      'Run the command again; if it stays, delete the folder .cache first.',
    );
  }
  return { page, exit };
}
