import { type Disposable, Store } from '../host/lifecycle.ts';
import { foldersThat, hasJournal, isStopped } from './folders.ts';
import type { Surface } from './surface.ts';
import { readAnswers } from './timeStampText.ts';
import { serversIn, stamped } from './timestamp.ts';

/** Milliseconds from the window's start to the first look, and between two: nobody waits for it. */
const first = 60_000;
const between = 15 * 60_000;

type StampingSurface = Pick<Surface, 'line' | 'texts' | 'settings' | 'log'>;

/**
 * Has what waits for a time stamp stamped, while the person names servers: checkpoints of ended sessions, of each day,
 * and those whose servers could not be reached. The command line leaves a server in peace after failures, and one window
 * of several asks. Nothing is told but in the output channel, and nothing waits for it.
 */
export class TimeStamping implements Disposable {
  readonly #store = new Store();
  readonly #surface: StampingSurface;
  #next: NodeJS.Timeout | undefined;
  #busy = false;

  constructor(surface: StampingSurface) {
    this.#surface = surface;
    this.#store.add({ dispose: () => clearTimeout(this.#next) });
    this.#store.add(surface.settings.onDidChange(() => this.#plan(first)));
    this.#plan(first);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #plan(wait: number): void {
    clearTimeout(this.#next);
    if (this.#store.isDisposed || serversIn(this.#surface).length === 0) return;
    this.#next = setTimeout(() => void this.#round(), wait);
  }

  async #round(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await this.#askAll();
    } catch (failure) {
      this.#surface.log.error('Time stamps could not be asked for', failure);
    } finally {
      this.#busy = false;
      this.#plan(between);
    }
  }

  async #askAll(): Promise<void> {
    const { line, log } = this.#surface;
    const named = serversIn(this.#surface);
    // Without a server named the command line would ask those that it asked before.
    if (named.length === 0) return;
    for (const folder of foldersThat(line, state => hasJournal(state) && !isStopped(state))) {
      const result = await stamped(this.#surface, folder, named, ['--queued']);
      const servers = readAnswers(result.stdout)?.servers ?? [];
      const news = servers.filter(({ outcome }) => outcome === 'stamped' || outcome === 'failed');
      for (const { server, outcome, time = '', problem = '', detail = '' } of news)
        log.info(`${folder.name}: ${server}: ${[outcome, time, problem, detail].filter(Boolean).join(' ')}`);
      if (result.code === 2) log.warn(`${folder.name}: ${result.stderr.trim()}`);
    }
  }
}
