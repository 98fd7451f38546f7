/** The version that each tracker of a pack had last. Mutable; it lives for one pack, in writing and in reading alike. */
export class Versions {
  readonly #last = new Map<string, { version: number }>();
  #session = -1;
  #tracker = -1;
  #current = { version: 0 };

  /** The version that this tracker is expected to have next; makes it the current one. */
  next(session: number, tracker: number): number {
    if (session !== this.#session || tracker !== this.#tracker) {
      const key = `${session} ${tracker}`;
      this.#current = this.#last.get(key) ?? { version: 0 };
      this.#last.set(key, this.#current);
      [this.#session, this.#tracker] = [session, tracker];
    }
    return this.#current.version + 1;
  }

  /** States the version of the current tracker. */
  set(version: number): void {
    this.#current.version = version;
  }
}
