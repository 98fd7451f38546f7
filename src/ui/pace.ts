import type { Disposable } from '../host/lifecycle.ts';

/**
 * Runs a task soon after it is asked for, and not again within `pause` milliseconds: the first call
 * is answered at the end of the turn, all that come during the pause by one run after it. The pause may change.
 */
export class Pace implements Disposable {
  readonly #task: () => void;
  readonly #pause: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = Number.NEGATIVE_INFINITY;
  #disposed = false;

  constructor(task: () => void, pause: number | (() => number)) {
    this.#task = task;
    this.#pause = typeof pause === 'number' ? () => pause : pause;
  }

  /** Costs one comparison while a run is already due. */
  ask(): void {
    if (this.#timer !== undefined || this.#disposed) return;
    const wait = Math.max(0, this.#last + this.#pause() - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#last = performance.now();
      this.#task();
    }, wait);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
  }
}
