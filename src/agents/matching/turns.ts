/** Milliseconds of work after which others have their turn. */
const TURN = 4;

/** Long work on the thread where a person's keys arrive: done a turn at a time. */
export class Turns {
  #end = performance.now() + TURN;

  /** Resolves while the turn lasts; else when others have had theirs. */
  async next(): Promise<void> {
    if (performance.now() < this.#end) return;
    await new Promise(resolve => setImmediate(resolve));
    this.#end = performance.now() + TURN;
  }
}
