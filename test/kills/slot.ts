import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Seeded } from '../support/seeded.ts';
import { child as script } from './bundle.ts';
import type { Role } from './child.ts';

/** What the killed processes were told to be kept, and what went wrong. */
export class Acknowledged {
  /** Events of windows: session, sequence of the first, how many. */
  readonly events: { readonly session: number; readonly sequence: number; readonly count: number }[] = [];
  /** Ids of acts of the command line and of the spool. */
  readonly acts: string[] = [];
  readonly failures: string[] = [];
  readonly counts = { began: 0, backup: 0, restored: 0, checkpoint: 0, again: 0, early: 0 };

  hear(role: Role, line: string): void {
    const [word = '', ...rest] = line.split(' ');
    if (word === 'events') {
      const [session = 0, sequence = 0, count = 0] = rest.map(Number);
      this.events.push({ session, sequence, count });
    } else if (word === 'act') this.acts.push(rest[0] ?? '');
    else if (word === 'backup' && rest[0] === 'made') this.counts.backup++;
    else if (word === 'began' || word === 'restored' || word === 'checkpoint' || word === 'again') this.counts[word]++;
    // A window tells of what it waits for; what passes is no failure.
    else if (word !== 'problem' || !/^(locked|worker)$/.test(rest[0] ?? '')) this.failures.push(`${role}: ${line}`);
  }
}

/** Milliseconds that a process lives at most after its start went well, and the longest one in ten. */
const lives = [250, 2500] as const;
/** One in so many is killed while it starts. */
const early = 4;

/** One place for a process of a role: starts it, kills it at a random moment, and starts the next. */
export class Slot {
  readonly #role: Role;
  readonly #args: readonly string[];
  readonly #random: Seeded;
  readonly #told: Acknowledged;

  constructor(role: Role, args: readonly string[], random: Seeded, told: Acknowledged) {
    this.#role = role;
    this.#args = args;
    this.#random = random;
    this.#told = told;
  }

  async killOne(): Promise<void> {
    const random = this.#random;
    const child = spawn(process.execPath, [script, this.#role, ...this.#args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(child, 'close');
    const began = this.#listen(child);
    if (random.below(early) === 0) {
      this.#told.counts.early++;
      await pause(random.below(350));
    } else {
      await Promise.race([began, ended]);
      await pause(random.below(random.below(10) === 0 ? lives[1] : lives[0]));
    }
    if (child.exitCode !== null) this.#told.failures.push(`${this.#role}: ended by itself`);
    child.kill('SIGKILL');
    await ended;
  }

  #listen(child: ChildProcess): Promise<void> {
    return new Promise(resolve => {
      if (!child.stdout || !child.stderr) return;
      createInterface({ input: child.stdout }).on('line', line => {
        this.#told.hear(this.#role, line);
        if (line === 'began') resolve();
      });
      createInterface({ input: child.stderr }).on('line', line => this.#told.failures.push(`${this.#role}: ${line}`));
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
