import type { JournalEvent } from './event.ts';
import type { PlainSteps } from './plainSteps.ts';

/** Plain steps, from one up to another, that are events of a session. */
export interface PlainRun {
  readonly steps: PlainSteps;
  readonly session: number;
  readonly from: number;
  readonly until: number;
}

/** What is appended: an event, or a run of plain ones. */
export type Appended = JournalEvent | PlainRun;

/** What is appended in one transaction, in order, to be taken a part at a time. Mutable. */
export class AppendedQueue {
  /** Events that were not taken. */
  left = 0;
  readonly #all: readonly Appended[];
  #at = 0;
  /** Events of the run at `#at` that were taken. */
  #taken = 0;

  constructor(all: readonly Appended[]) {
    this.#all = all;
    for (let i = 0; i < all.length; i++) this.left += countOf(all[i]!);
  }

  /** The next so many events, or all that are left if they are fewer. */
  take(count: number): Appended[] {
    const some: Appended[] = [];
    let wanted = Math.min(count, this.left);
    this.left -= wanted;
    while (wanted > 0) {
      const next = this.#all[this.#at]!;
      if (!('steps' in next)) {
        some.push(next);
        this.#at++;
        wanted--;
        continue;
      }
      const from = next.from + this.#taken;
      const until = Math.min(next.until, from + wanted);
      some.push({ ...next, from, until });
      this.#taken += until - from;
      wanted -= until - from;
      if (until < next.until) continue;
      this.#at++;
      this.#taken = 0;
    }
    return some;
  }
}

export function countOf(appended: Appended): number {
  return 'steps' in appended ? appended.until - appended.from : 1;
}
