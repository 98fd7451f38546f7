import { glob } from 'node:fs/promises';
import { accuracySuite } from './accuracySuite.ts';
import { build } from './build.ts';
import { bundleHostSuites } from './bundle.ts';
import { checkSuite } from './checkSuite.ts';
import { findChromium } from './chromium.ts';
import { editor } from './editor.ts';
import { fuzzSuite } from './fuzzSuite.ts';
import { gates } from './gate.ts';
import { hostSuites } from './hostSuites.ts';
import { killsSuite } from './killsSuite.ts';
import { mochaSuite } from './mochaSuite.ts';
import { root } from './paths.ts';
import { cleanUp } from './processes.ts';
import { main } from './progress.ts';
import { Tally } from './tally.ts';
import { vsixSuite } from './vsixSuite.ts';

const suites = ['check', 'unit', 'fuzz', 'kills', 'host', 'accuracy', 'vsix', 'browser'] as const;
type SuiteName = (typeof suites)[number];

/**
 * npm test: all suites, or those named as arguments. Any other argument is a filter on the names of
 * test files, so `npm run test:host -- rig` runs one of them.
 */
await main(async () => {
  const args = process.argv.slice(2);
  const named = suites.filter(name => args.includes(name));
  const chosen: ReadonlySet<SuiteName> = new Set(named.length > 0 ? named : suites);
  const filters = args.filter(arg => !(suites as readonly string[]).includes(arg));
  const tally = new Tally();

  const check = chosen.has('check') ? tally.suite('check', checkSuite) : Promise.resolve();
  const windows = (['host', 'accuracy', 'vsix', 'browser'] as const).some(name => chosen.has(name));
  // What fails here fails again, and is told, where it is needed.
  const prepared = windows ? Promise.allSettled([editor(), findChromium()]) : undefined;
  // Packages hold the page that the build makes.
  if (windows || chosen.has('unit')) await tally.suite('build', build);
  if (chosen.has('unit')) {
    const files = [...(await testFiles('test/unit', filters)), ...(await testFiles('test/traces', filters))];
    await tally.suite('unit', add => mochaSuite({ files, timeout: 20_000, limit: 1_800_000 }, add));
  }
  if (chosen.has('fuzz')) await tally.suite('fuzz', add => fuzzSuite({ sessions: 1000, seed: 1 }, add));
  if (chosen.has('kills')) await tally.suite('kills', add => killsSuite({ kills: 80, seed: 1 }, add));
  await check;
  await prepared;
  if (chosen.has('host')) {
    const suites = await bundleHostSuites();
    for (const gate of gates) await tally.suite(`host ${gate}`, add => hostSuites(suites, gate, filters, add));
  }
  if (chosen.has('accuracy')) await tally.suite('accuracy', add => accuracySuite({ groups: filters }, add));
  if (chosen.has('vsix')) await tally.suite('vsix', vsixSuite);
  if (chosen.has('browser')) {
    const files = await testFiles('test/browser', filters);
    await tally.suite('browser', add => mochaSuite({ files, timeout: 60_000, limit: 900_000 }, add));
  }
  return tally.end();
}, cleanUp);

async function testFiles(folder: string, filters: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(`${folder}/**/*.test.ts`, { cwd: root })) files.push(file);
  return files.filter(file => filters.length === 0 || filters.some(filter => file.includes(filter))).sort();
}
