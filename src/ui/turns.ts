import type { Disposable } from '../host/lifecycle.ts';

/** Milliseconds of the thread that one turn takes. */
const most = 3;

/**
 * Long work on a thread that others need: a step is done again and again, a few milliseconds a turn, until it says
 * that nothing is left. Work that is begun anew, or stopped, drops what was under way.
 */
export class Turns implements Disposable {
  #turn: ReturnType<typeof setImmediate> | undefined;

  /** `step`: false when nothing is left; takes far less than a turn. Its first turn is now. */
  begin(step: () => boolean, done: () => void): void {
    this.stop();
    const turn = () => {
      this.#turn = undefined;
      for (const end = performance.now() + most; performance.now() < end; ) {
        if (!step()) return done();
      }
      this.#turn = setImmediate(turn);
    };
    turn();
  }

  stop(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
  }

  dispose(): void {
    this.stop();
  }
}
