import type { Browser, BrowserContext, Page } from 'playwright-core';
import { drive } from './drive.ts';
import type { DriverCalls, PageCalls, TestResult, WindowOptions } from './driverCalls.ts';
import { outsidePage } from './outsidePage.ts';
import type { Server } from './server.ts';
import { openWorkbench } from './workbench.ts';

export interface WindowsOptions {
  readonly browser: Browser;
  /** The suite's own window's. */
  readonly page: Page;
  readonly server: () => Server;
  /** The work folder. */
  readonly folder: string;
  readonly developed: string;
  readonly report: (result: TestResult) => Promise<void>;
}

interface Opened {
  readonly page: Page;
  readonly calls: PageCalls;
}

/** The windows of one suite: its own, number 0, and those that it opens. Every call goes to the one in use. */
export class Windows {
  readonly calls: DriverCalls;
  readonly #options: WindowsOptions;
  readonly #opened: Opened[];
  readonly #contexts: BrowserContext[] = [];
  #used = 0;

  constructor(options: WindowsOptions) {
    const { page, report } = options;
    this.#options = options;
    const first = drive(page, outsidePage(page.context()), report);
    this.#opened = [{ page, calls: first }];
    const calls = Object.fromEntries(
      Object.keys(first).map(name => [
        name,
        (...args: unknown[]) =>
          (this.#inUse.calls[name as keyof PageCalls] as (...given: unknown[]) => unknown)(...args),
      ]),
    ) as unknown as PageCalls;
    this.calls = {
      ...calls,
      'windows.open': async given => this.#open(given),
      'windows.use': async number => {
        this.#used = number;
        await this.#inUse.page.bringToFront();
      },
      'windows.reload': async () => {
        await this.#inUse.page.reload();
        await this.#inUse.page.locator('.monaco-workbench .part.statusbar').waitFor();
      },
      'windows.close': async () => {
        await this.#inUse.page.close({ runBeforeUnload: false });
        this.#used = 0;
      },
    };
  }

  async close(): Promise<void> {
    for (const context of this.#contexts) await context.close();
  }

  get #inUse(): Opened {
    const found = this.#opened[this.#used];
    if (!found) throw new RangeError(`there is no window ${this.#used}`);
    return found;
  }

  async #open({ folder = this.#options.folder, apart = false }: WindowOptions = {}): Promise<number> {
    const { browser, page: own, server, developed, report } = this.#options;
    let context = own.context();
    if (apart) {
      context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
      this.#contexts.push(context);
    }
    const page = await context.newPage();
    await openWorkbench(page, server(), { folder, extensionDevelopmentPath: developed });
    this.#used = this.#opened.push({ page, calls: drive(page, outsidePage(context), report) }) - 1;
    return this.#used;
  }
}
