import { glob } from 'node:fs/promises';
import { build } from './build.ts';
import { fuzzSuite } from './fuzzSuite.ts';
import { killsSuite } from './killsSuite.ts';
import { mochaSuite } from './mochaSuite.ts';
import { root } from './paths.ts';
import { cleanUp } from './processes.ts';
import { main, say } from './progress.ts';
import { Tally } from './tally.ts';

/**
 * npm run endurance: all of the following, but for the properties; CI plays a tenth of it, of the same seeds.
 * npm run endurance SESSIONS [first seed]: random sessions against the truth.
 * npm run endurance kills [kills [seed]]: processes that write one journal, killed at random moments.
 * npm run endurance manipulations [manipulations [first seed]]: of journals' files, told to both verifiers; and a tenth as
 * many untouched journals.
 * npm run endurance packages [packages [first seed]]: of evidence packages, told to the command and to verify.html; and each
 * member changed and sealed again.
 * npm run endurance properties [rounds [first seed]]: the unit tests' properties on other cases, a seed a round.
 */
await main(async () => {
  const [what, ...rest] = process.argv.slice(2);
  const numbers = rest.map(Number);
  if (what === 'properties') return properties(numbers);
  const tally = new Tally();
  if (what === undefined || what === 'kills') await kills(tally, numbers);
  if (what === undefined || what === 'manipulations') await manipulations(tally, numbers);
  if (what === undefined || what === 'packages') await packages(tally, numbers);
  if (what === undefined || /^\d+$/.test(what)) await sessions(tally, process.argv.slice(2).map(Number));
  return tally.end();
}, cleanUp);

async function kills(tally: Tally, [kills = 1000, seed = 1]: readonly number[]): Promise<void> {
  await tally.suite('kills', add => killsSuite({ kills, seed }, add));
}

async function manipulations(tally: Tally, [count = 10_000, seed = 1]: readonly number[]): Promise<void> {
  const asked = { MANIPULATIONS: count, UNTOUCHED: Math.ceil(count / 10), SEED: seed };
  for (const [name, value] of Object.entries(asked)) process.env[`HOLOGRAPH_${name}`] = String(value);
  const files = ['test/unit/journal/manipulations.test.ts', 'test/unit/evidence/timeStampManipulations.test.ts'];
  await tally.suite('manipulations', add => mochaSuite({ files, timeout: 7_200_000, limit: 7_200_000 }, add));
  for (const name of Object.keys(asked)) delete process.env[`HOLOGRAPH_${name}`];
}

async function packages(tally: Tally, [count = 1000, seed = 1]: readonly number[]): Promise<void> {
  const asked = { PACKAGE_HARMS: count, FORGERIES: count, SEED: seed };
  for (const [name, value] of Object.entries(asked)) process.env[`HOLOGRAPH_${name}`] = String(value);
  await tally.suite('build', build);
  const files = [
    ...['verifyEach', 'manipulatedPackages'].map(name => `test/unit/evidence/${name}.test.ts`),
    'test/browser/verifyPage.test.ts',
  ];
  await tally.suite('packages', add => mochaSuite({ files, timeout: 7_200_000, limit: 7_200_000 }, add));
  for (const name of Object.keys(asked)) delete process.env[`HOLOGRAPH_${name}`];
}

async function sessions(tally: Tally, [sessions = 10_000, seed = 1]: readonly number[]): Promise<void> {
  await tally.suite('sessions', add => fuzzSuite({ sessions, seed }, add));
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
