import type { Span } from '../provenance/span.ts';

/** A step of the editor's, some of whose new characters nobody knows. */
export interface StrayStep {
  /** Number of its tracker. */
  readonly tracker: number;
  /** Ordinal or sequence. */
  readonly act: number;
  /** When it happened, ms since 1970 UTC. */
  readonly time: number;
  readonly ranges: readonly Span[];
  /** One key may have made it: it is no tool's unless it stands among others that are. */
  readonly small: boolean;
}

/** Steps of one text that came close together, by nobody known: a tool that works through the editor makes many. */
export interface Stray {
  /** Absent: this session. */
  readonly session?: number;
  readonly tracker: number;
  readonly first: number;
  readonly last: number;
  /** Of the last. */
  readonly time: number;
  readonly ranges: readonly Span[];
}

/** Steps further apart than this (milliseconds) are not of one series. */
const apart = 1500;
/** A series is no longer than this, in steps: a tool may never rest. */
const most = 5000;

/**
 * Gathers steps of which nobody knows who made them, for agents' records to tell. Costs a few words a step, and nothing
 * for a keystroke. `ended` gets each series once no more steps follow.
 */
export class Strays {
  readonly #ended: (stray: Stray) => void;
  readonly #open = new Map<number, { steps: StrayStep[]; timer: NodeJS.Timeout }>();

  constructor(ended: (stray: Stray) => void) {
    this.#ended = ended;
  }

  add(step: StrayStep): void {
    const open = this.#open.get(step.tracker);
    if (open === undefined) {
      if (!step.small) this.#open.set(step.tracker, { steps: [step], timer: this.#timer(step.tracker) });
      return;
    }
    open.steps.push(step);
    clearTimeout(open.timer);
    if (open.steps.length >= most) this.#end(step.tracker);
    else open.timer = this.#timer(step.tracker);
  }

  /** No more steps are waited for. */
  settle(): void {
    for (const tracker of [...this.#open.keys()]) this.#end(tracker);
  }

  #timer(tracker: number): NodeJS.Timeout {
    return setTimeout(() => this.#end(tracker), apart).unref();
  }

  #end(tracker: number): void {
    const { steps, timer } = this.#open.get(tracker)!;
    clearTimeout(timer);
    this.#open.delete(tracker);
    const [first, last] = [steps[0]!, steps.at(-1)!];
    const ranges = steps.flatMap(step => step.ranges);
    this.#ended({ tracker, first: first.act, last: last.act, time: last.time, ranges });
  }
}
