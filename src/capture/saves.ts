import type { Observation } from '../classify/observation.ts';

type Reason = NonNullable<Observation['saving']>;

/** A save that fails tells nothing; after so many milliseconds none is under way any more. */
const longest = 10_000;

/**
 * What the editor says of one text's saves, event by event. A save takes a while, and keys go on meanwhile: then
 * the file has an earlier text than the one that stands here when the save is told of, and it must not be called
 * the file's. Measured: where the text is the file's, the editor says twice in a row that it is clean, once by its
 * own and once because of the save; where letters came in between, only the save says so, and it is wrong. Mutable.
 */
export class Saves {
  #begun: { readonly reason: Reason; readonly time: number } | undefined;
  #changed = false;
  #clean = 0;
  #overtaken = false;

  /** A save begins. */
  begin(reason: Reason, time: number): void {
    this.#begun = { reason, time };
    this.#changed = false;
  }

  /** Reason of the save under way. */
  reason(now: number): Reason | undefined {
    return this.#begun && Math.abs(now - this.#begun.time) <= longest ? this.#begun.reason : undefined;
  }

  /** The text has changed. */
  changed(): void {
    this.#changed = true;
    this.#clean = 0;
    this.#overtaken = false;
  }

  /** The editor says whether the text is dirty. */
  said(dirty: boolean): void {
    this.#clean = dirty ? 0 : this.#clean + 1;
    this.#overtaken = false;
  }

  /** A save is done. Whether the text as it stands is the one that was saved. */
  end(): boolean {
    const known = !this.#changed || this.#clean >= 2;
    this.#begun = undefined;
    this.#overtaken = !known;
    return known;
  }

  /** The editor calls the text clean, and it is not: letters came while the file was written. Until it says more of it. */
  get overtaken(): boolean {
    return this.#overtaken;
  }
}
