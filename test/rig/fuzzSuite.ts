import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { bundleProduct } from '../fuzz/bundle.ts';
import type { Told } from '../fuzz/main.ts';
import type { TestResult } from './driverCalls.ts';
import { root } from './paths.ts';
import { run } from './processes.ts';
import { say } from './progress.ts';

export interface FuzzRun {
  readonly sessions: number;
  readonly seed: number;
}

/** Sessions that share one machine: its journal, its windows, its crashes. */
const together = 20;
/** Plans that one process plays before the next takes over. */
const plansAProcess = 12;

/** Plays random sessions through the product against the truth, on all cores; says what went wrong as short scripts. */
export async function fuzzSuite({ sessions, seed }: FuzzRun, add: (result: TestResult) => void): Promise<void> {
  await bundleProduct();
  const begin = performance.now();
  const plans = Math.ceil(sessions / together);
  const told: Told[] = [];
  let next = 0;
  const work = async () => {
    while (next < plans) {
      const from = seed + next;
      const count = Math.min(plansAProcess, plans - next);
      next += count;
      // A thread that is killed inside SQLite may take the whole process with it: who comes next goes on, twice at most.
      for (let done = 0, left = 3; done < count && left > 0; left--) {
        const before = told.length;
        done += await played(from + done, count - done, told);
        if (told.length > before) left = 3;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  const seconds = (performance.now() - begin) / 1000;
  const right = told.filter(t => t.ok);
  const sum = (of: 'events' | 'saves' | 'characters') => right.reduce((n, t) => n + t[of], 0);
  say(
    `    seeds ${seed} to ${seed + plans - 1}: ${plans * together} sessions in ${seconds.toFixed(0)} s, ${((plans * together) / seconds).toFixed(1)} a second; ` +
      `${sum('events')} events, ${sum('saves')} saves replayed to their digests, ${sum('characters')} characters in the end`,
  );
  const wrong = told.filter(t => !t.ok);
  for (const { seed, why } of wrong) {
    add({ title: `sessions of seed ${seed}`, state: 'failed', duration: 0, error: why });
  }
  const missing = plans - told.length;
  if (missing > 0)
    add({ title: 'all sessions end', state: 'failed', duration: 0, error: `${missing} plans told nothing` });
  if (wrong.length === 0 && missing === 0)
    add({ title: `${plans * together} random sessions`, state: 'passed', duration: seconds * 1000 });
}

/** Gives how many plans it told of. */
async function played(from: number, count: number, told: Told[]): Promise<number> {
  let heard = 0;
  const args = ['--enable-source-maps', join(root, 'test/fuzz/main.ts'), `${from}`, `${count}`, `${together}`];
  const result = await run(process.execPath, args, {
    cwd: root,
    limit: 1_800_000,
    onLine: line => {
      if (!line.startsWith('{')) return;
      const one = JSON.parse(line) as Told;
      told.push(one);
      heard++;
      if (!one.ok) say(`    seed ${one.seed}: ${one.why}`);
    },
  });
  if (result.code !== 0)
    say(`    the process ended with code ${result.code} after ${heard} plans from seed ${from} on`);
  return heard;
}
