import type { Event } from 'vscode';
import { type Disposable, Store } from '../host/lifecycle.ts';
import type { CliResult } from './line.ts';
import { readAnswers } from './timeStampText.ts';

export interface StampingOptions<Folder extends { readonly name: string }> {
  /** Servers that the person named; with none nobody is asked. */
  readonly servers: () => readonly string[];
  readonly onDidChange: Event<void>;
  /** Folders whose journals can be read. */
  readonly folders: () => readonly Folder[];
  /** Runs `holograph timestamp --queued` for a folder. */
  readonly ask: (folder: Folder, servers: readonly string[]) => Promise<CliResult>;
  readonly log: { info(text: string): void; warn(text: string): void; error(text: string, failure: unknown): void };
  /** Milliseconds to the first look, and between two: nobody waits for it. */
  readonly waits?: { readonly first: number; readonly between: number };
}

const usual = { first: 60_000, between: 15 * 60_000 };

/**
 * Has what waits for a time stamp stamped, while the person names servers: checkpoints of ended sessions, of each day,
 * and those whose servers could not be reached. The command line leaves a server in peace after failures, and one window
 * of several asks. Nothing is told but in the output channel, and nothing waits for it.
 */
export class TimeStamping<Folder extends { readonly name: string }> implements Disposable {
  readonly #store = new Store();
  readonly #options: StampingOptions<Folder>;
  readonly #waits: NonNullable<StampingOptions<Folder>['waits']>;
  #next: NodeJS.Timeout | undefined;
  #busy = false;

  constructor(options: StampingOptions<Folder>) {
    this.#options = options;
    this.#waits = options.waits ?? usual;
    this.#store.add({ dispose: () => clearTimeout(this.#next) });
    this.#store.add(options.onDidChange(() => this.#plan(this.#waits.first)));
    this.#plan(this.#waits.first);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #plan(wait: number): void {
    clearTimeout(this.#next);
    // A round that is under way plans the next one itself.
    if (this.#busy || this.#store.isDisposed || this.#options.servers().length === 0) return;
    this.#next = setTimeout(() => void this.#round(), wait);
  }

  async #round(): Promise<void> {
    this.#busy = true;
    for (const folder of this.#options.folders()) {
      try {
        await this.#ask(folder);
      } catch (failure) {
        this.#options.log.error('Time stamps could not be asked for', failure);
      }
    }
    this.#busy = false;
    this.#plan(this.#waits.between);
  }

  async #ask(folder: Folder): Promise<void> {
    const { servers, ask, log } = this.#options;
    const named = servers();
    // Without a server named the command line would ask those that it asked before.
    if (named.length === 0 || this.#store.isDisposed) return;
    const result = await ask(folder, named);
    const answers = readAnswers(result.stdout)?.servers ?? [];
    const news = answers.filter(({ outcome }) => outcome === 'stamped' || outcome === 'failed');
    for (const { server, outcome, time = '', problem = '', detail = '' } of news)
      log.info(`${folder.name}: ${server}: ${[outcome, time, problem, detail].filter(part => part !== '').join(' ')}`);
    if (result.code === 2) log.warn(`${folder.name}: ${result.stderr.trim()}`);
  }
}
