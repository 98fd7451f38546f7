import type { TrackerState } from './documentState.ts';

/** The trackers that are open, in the order in which they were opened. Mutable. */
export class OpenTrackers implements Iterable<TrackerState> {
  readonly #all = new Map<string, TrackerState>();
  /** The one asked for last: steps come in runs. */
  #near: TrackerState | undefined;

  get(session: number, tracker: number): TrackerState | undefined {
    const near = this.#near;
    if (near?.tracker === tracker && near.session === session) return near;
    const found = this.#all.get(`${session}:${tracker}`);
    if (found !== undefined) this.#near = found;
    return found;
  }

  add(tracker: TrackerState): void {
    this.#all.set(`${tracker.session}:${tracker.tracker}`, tracker);
  }

  delete(tracker: TrackerState): void {
    this.#all.delete(`${tracker.session}:${tracker.tracker}`);
    this.#near = undefined;
  }

  [Symbol.iterator](): Iterator<TrackerState> {
    return this.#all.values();
  }
}
