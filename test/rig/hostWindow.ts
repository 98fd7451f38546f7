import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { bridgeVariable, openBridge } from './bridge.ts';
import { type HostSuite, hostRunner } from './bundle.ts';
import type { TestResult } from './driverCalls.ts';
import type { Gate } from './gate.ts';
import { companion, out, pictures } from './paths.ts';
import { temporaryFolder } from './processes.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';
import { Windows } from './windows.ts';
import { openWorkbench } from './workbench.ts';

export interface HostWindow {
  readonly suite: HostSuite;
  readonly gate: Gate;
  /** Folder of the extension under development: the product's, or the companion's where the product is installed. */
  readonly developed: string;
  /** A folder of installed extensions; a fresh one with the companion if absent. */
  readonly extensionsDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly onResult: (result: TestResult) => void;
}

/**
 * Nothing offers words that no test has asked for. Measured: where a full stop's suggestions are late (nobody has any), VS Code
 * looks for some for the word that is typed by then, in Markdown too, and the next Tab takes that word instead of the ghost text.
 */
const unasked = { 'editor.suggestOnTriggerCharacters': false };

/** Milliseconds for one suite, window included. */
const limit = 900_000;

/**
 * Runs one suite in the extension host of a fresh window: own server, work folder, home folder, data
 * folder and clipboard page. Gives its results; a window that ends without saying why is one failure.
 */
export async function runHostSuite(browser: Browser, given: HostWindow): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  const take = (result: TestResult): void => {
    results.push(result);
    given.onResult(result);
  };
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', message => said.push(message.text()));
  const env = isolated();
  const folder = temporaryFolder('work');
  await prepare(given.suite, { home: env.HOLOGRAPH_HOME ?? '', folder });
  let server: Server | undefined;
  const windows = new Windows({
    browser,
    page,
    server: () => server!,
    folder,
    developed: given.developed,
    report: async result => {
      if (result.state === 'failed') await keepPicture(page, given, results.length);
      take(result);
    },
  });
  const bridge = await openBridge(windows.calls);
  server = await startServer({
    gate: given.gate,
    ...installed(given),
    settings: unasked,
    env: {
      ...env,
      ...given.env,
      [bridgeVariable]: bridge.url,
      HOLOGRAPH_SUITE: given.suite.module,
      HOLOGRAPH_OUT: out,
    },
  });
  try {
    const { exit } = await openWorkbench(page, server, {
      folder,
      extensionDevelopmentPath: given.developed,
      extensionTestsPath: hostRunner,
    });
    const code = await Promise.race([exit, after(limit)]);
    const failed = results.some(result => result.state === 'failed');
    if (code !== 0 && !failed) {
      const why = code === undefined ? `no end within ${limit / 1000} s` : `the window ended with code ${code}`;
      await keepPicture(page, given, results.length);
      const error = [`${why}; it said last:`, ...said.slice(-20)].join('\n    ');
      take({ title: `${given.suite.name} (window)`, state: 'failed', duration: 0, error });
    }
  } finally {
    await windows.close();
    await context.close();
    await server.stop();
    await bridge.close();
  }
  return results;
}

/** Where a window finds what was there before it: its data folder and its work folder. */
export interface Beforehand {
  readonly home: string;
  readonly folder: string;
}

/** A suite `x.test.ts`, or `x.stock.test.ts`, may have a file `x.before.ts` that makes what its window finds when it opens. */
async function prepare({ entry }: HostSuite, found: Beforehand): Promise<void> {
  const script = entry.replace(/(\.(stock|open))?\.test\.ts$/, '.before.ts');
  if (!existsSync(script)) return;
  const { before } = (await import(pathToFileURL(script).href)) as { before: (found: Beforehand) => Promise<void> };
  await before(found);
}

function installed({ developed, extensionsDir }: HostWindow): Pick<ServerOptions, 'extensionsDir' | 'install'> {
  if (extensionsDir !== undefined) return { extensionsDir };
  return developed === companion ? {} : { install: [companion] };
}

/** No window sees the person's own journals, settings, agents' logs or git identity. */
export function isolated(): Record<string, string> {
  const home = temporaryFolder('home');
  const at = (name: string): string => {
    mkdirSync(join(home, name), { recursive: true });
    return join(home, name);
  };
  return {
    HOME: home,
    USERPROFILE: home,
    XDG_DATA_HOME: at('data'),
    XDG_CONFIG_HOME: at('config'),
    HOLOGRAPH_HOME: at('holograph'),
    CLAUDE_CONFIG_DIR: at('claude'),
    CODEX_HOME: at('codex'),
    GIT_AUTHOR_NAME: 'Aigerim',
    GIT_AUTHOR_EMAIL: 'aigerim@example.org',
    GIT_COMMITTER_NAME: 'Aigerim',
    GIT_COMMITTER_EMAIL: 'aigerim@example.org',
  };
}

async function keepPicture(page: Page, given: HostWindow, n: number): Promise<void> {
  const path = join(pictures, 'failures', `${given.suite.name.replaceAll('/', '-')}-${given.gate}-${n}.png`);
  // A window that has crashed has no picture; the failure itself is told all the same.
  await page.screenshot({ path }).catch(error => process.stderr.write(`no picture: ${String(error)}\n`));
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise(resolve => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });
}
