interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * The time of one window: it goes on only when it is told to, so that no machine is too slow for a story. Begins
 * at the real time, since the worker's clock and the disk's are real, and a little after: the disk's is finer.
 */
export class Clock {
  #now = Date.now() + 10;
  #order = 0;
  readonly #timers = new Map<object, Timer>();

  now(): number {
    return this.#now;
  }

  /** Lets so many milliseconds pass; what falls due runs on the way. */
  pass(milliseconds: number): void {
    const end = this.now() + milliseconds;
    for (;;) {
      const next = this.#first();
      if (next === undefined || next[1].at > end) break;
      this.#timers.delete(next[0]);
      this.#now = Math.max(this.#now, next[1].at);
      next[1].run();
    }
    this.#now = Math.max(this.#now, end);
  }

  #first(): [object, Timer] | undefined {
    const all = [...this.#timers];
    return all.sort(([, a], [, b]) => a.at - b.at || a.order - b.order)[0];
  }

  /** The window is gone: nothing falls due any more. */
  stop(): void {
    this.#timers.clear();
  }

  readonly setTimeout = (run: (...args: unknown[]) => void, milliseconds = 0, ...args: unknown[]): object => {
    const handle = { ref: () => handle, unref: () => handle, hasRef: () => false };
    const at = this.now() + milliseconds;
    this.#timers.set(handle, { at, order: this.#order++, run: () => run(...args) });
    return handle;
  };

  readonly clear = (handle: object | undefined): void => {
    if (handle) this.#timers.delete(handle);
  };

  /** What is looked at now and then is looked at when a story asks for it. */
  readonly setInterval = (): object => {
    const handle = { ref: () => handle, unref: () => handle, hasRef: () => false };
    return handle;
  };
}
