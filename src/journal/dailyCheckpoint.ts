/** Milliseconds between two checkpoints of a session, at most, and between looks at the clock. */
export const day = 24 * 60 * 60 * 1000;
const look = 10 * 60 * 1000;

/**
 * Signs the head once a day while a session lasts, by the wall clock: a machine that slept signs when it wakes, and a clock
 * that was set back does not put it off. Owns a timer that keeps no process alive; lives until `dispose`.
 */
export class DailyCheckpoint {
  readonly #sign: () => Promise<unknown>;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #last: number;
  #signing = false;

  /** `sign` may reject: it is tried again at the next look. */
  constructor(sign: () => Promise<unknown>, now: () => number = Date.now) {
    this.#sign = sign;
    this.#now = now;
    this.#last = now();
    this.#timer = setInterval(() => void this.look(), look).unref();
  }

  /** Signs, if a day has passed since the last time or the clock stands before it. Resolves to whether it did. */
  async look(): Promise<boolean> {
    const now = this.#now();
    return now >= this.#last && now - this.#last < day ? false : this.sign();
  }

  /** Signs now, but not twice at once. Resolves to whether it could. */
  async sign(): Promise<boolean> {
    if (this.#signing) return false;
    this.#signing = true;
    const now = this.#now();
    try {
      await this.#sign();
      this.#last = now;
      return true;
    } catch (error) {
      // What hinders the journal is told by its writer; a day late is better than never.
      if (error instanceof Error) return false;
      throw error;
    } finally {
      this.#signing = false;
    }
  }

  dispose(): void {
    clearInterval(this.#timer);
  }
}
