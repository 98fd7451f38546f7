import { kill } from '../kills/kills.ts';
import type { TestResult } from './driverCalls.ts';
import { say } from './progress.ts';

export interface KillsRun {
  readonly kills: number;
  readonly seed: number;
}

/** Kills four processes that write one journal, at random moments, over and over; says what was lost, if anything. */
export async function killsSuite({ kills, seed }: KillsRun, add: (result: TestResult) => void): Promise<void> {
  const begin = performance.now();
  const { early, began, events, acknowledged, segments, backups, restores, checkpoints, wrong } = await kill({
    kills,
    seed,
  });
  const duration = performance.now() - begin;
  say(
    `    seed ${seed}: ${kills} kills in ${(duration / 1000).toFixed(0)} s, ${early} of them at the start; ${began} starts went well; ` +
      `${acknowledged} acknowledged acts among ${events} events, ${segments} sealed segments, ${checkpoints} checkpoints, ${backups} backups, ${restores} restores`,
  );
  const title = `${kills} kills of four processes at one journal`;
  if (wrong.length === 0) add({ title, state: 'passed', duration });
  else add({ title, state: 'failed', duration, error: `seed ${seed}: ${wrong.slice(0, 20).join('\n')}` });
}
