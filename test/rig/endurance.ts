import { glob } from 'node:fs/promises';
import { mochaSuite } from './mochaSuite.ts';
import { root } from './paths.ts';
import { cleanUp } from './processes.ts';
import { main, say } from './progress.ts';
import { Tally } from './tally.ts';

/** npm run endurance [rounds [first seed]]: the unit tests' properties on other cases, a seed a round; CI runs one. */
await main(async () => {
  const [rounds = 10, first = Math.floor(Date.now() / 1000)] = process.argv.slice(2).map(Number);
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
}, cleanUp);
