import { glob } from 'node:fs/promises';
import { fuzzSuite } from './fuzzSuite.ts';
import { mochaSuite } from './mochaSuite.ts';
import { root } from './paths.ts';
import { cleanUp } from './processes.ts';
import { main, say } from './progress.ts';
import { Tally } from './tally.ts';

/**
 * npm run endurance [sessions [first seed]]: random sessions against the truth; CI plays a tenth of the same seeds.
 * npm run endurance properties [rounds [first seed]]: the unit tests' properties on other cases, a seed a round.
 */
await main(async () => {
  const [what, ...rest] = process.argv.slice(2);
  return what === 'properties' ? properties(rest.map(Number)) : sessions(process.argv.slice(2).map(Number));
}, cleanUp);

async function sessions([sessions = 10_000, seed = 1]: readonly number[]): Promise<number> {
  const tally = new Tally();
  await tally.suite('sessions', add => fuzzSuite({ sessions, seed }, add));
  return tally.end();
}

async function properties([rounds = 10, first = Math.floor(Date.now() / 1000)]: readonly number[]): Promise<number> {
  const files: string[] = [];
  for await (const file of glob('test/unit/**/*.test.ts', { cwd: root })) files.push(file);
  const tally = new Tally();
  for (let seed = first; seed < first + rounds; seed++) {
    say(`  seed ${seed}`);
    process.env.HOLOGRAPH_SEED = String(seed);
    await tally.suite(`seed ${seed}`, add =>
      mochaSuite({ files: files.sort(), timeout: 120_000, limit: 1_800_000 }, add),
    );
  }
  return tally.end();
}
