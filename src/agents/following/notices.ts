import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Folders that are watched at once. The system has only so many watches for all programs. */
const most = 256;

/** Hears of changes in folders at once. What cannot be watched is not: the regular look finds its changes. */
export class Notices {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #heard: () => void;

  constructor(heard: () => void) {
    this.#heard = heard;
  }

  /**
   * In the place, or, while it does not exist, where it will appear. On Linux a tree costs a watch for each of its files,
   * so there the folders of records are followed one by one.
   */
  async follow(place: string, deep: boolean): Promise<void> {
    const recursive = deep && process.platform !== 'linux';
    if (this.#watchers.has(place) || this.#watchers.size >= most) return;
    const at = await nearest(place);
    if (at === undefined || this.#watchers.has(at)) return;
    try {
      const watcher = watch(at, { recursive: recursive && at === place, persistent: false }, this.#heard);
      watcher.on('error', () => this.#leave(at));
      this.#watchers.set(at, watcher);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }

  dispose(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** The place went away; the next look follows it again if it is back. */
  #leave(at: string): void {
    this.#watchers.get(at)?.close();
    this.#watchers.delete(at);
  }
}

/** The place, or the folder up to two above it that exists. */
async function nearest(place: string): Promise<string | undefined> {
  for (const at of [place, dirname(place), dirname(dirname(place))]) {
    const state = await stat(at).catch(() => undefined);
    if (state?.isDirectory()) return at;
  }
  return undefined;
}
