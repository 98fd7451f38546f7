import { uptime } from 'node:os';
import { performance } from 'node:perf_hooks';

/** A break in this process's time: from when (as the clock said), and for people who read journals how large it was. */
export interface TimeBreak {
  readonly reason: 'sleep' | 'clock';
  readonly since: number;
  readonly note: string;
}

/** Milliseconds between two looks above which the process stood still; and that the clock may be off without a step. */
const limits = { still: 60_000, step: 5000 };

/**
 * Tells when the machine slept or the process stood still, and when the clock was set, from two looks at three clocks:
 * the wall's, the process's own, and the system's, which on Linux and Windows counts sleep (on macOS it follows the
 * wall's, so a clock that is set forward looks like sleep there). To be looked at about once a second.
 */
export class TimeWatch {
  readonly #limits: typeof limits;
  #seen = moment();

  constructor(of = limits) {
    this.#limits = of;
  }

  look(): TimeBreak[] {
    const before = this.#seen;
    const now = moment();
    this.#seen = now;
    const passed = Math.max(now.own - before.own, now.system - before.system);
    const stepped = now.wall - before.wall - passed;
    const breaks: TimeBreak[] = [];
    if (passed > this.#limits.still) {
      breaks.push({ reason: 'sleep', since: before.wall, note: `${Math.round(passed / 1000)} s` });
    }
    if (Math.abs(stepped) > this.#limits.step) {
      breaks.push({ reason: 'clock', since: before.wall, note: `${Math.round(stepped / 1000)} s` });
    }
    return breaks;
  }
}

function moment(): { readonly wall: number; readonly own: number; readonly system: number } {
  return { wall: Date.now(), own: performance.now(), system: uptime() * 1000 };
}
