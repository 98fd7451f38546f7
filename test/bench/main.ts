import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench [name …]`: each bench in a process of its own, one after the other. A figure is to
 * be read beside those of the same run; machines and their load differ.
 */
const benches = [
  'trackerTraces',
  'peerTraces',
  'trackerGrowth',
  'trackerQueries',
  'trackerKeystroke',
  'captureKeystroke',
  'align',
  'alignKept',
  'alignHard',
  'peerRewrites',
  'million',
  'growthOfText',
  'growthOfEvents',
  'segment',
  'report',
  'agents',
  'journalAppend',
  'journalSustained',
  'editorMarks',
];

const wanted = process.argv.slice(2);
let failed = 0;
for (const name of benches.filter(bench => wanted.length === 0 || wanted.some(part => bench.includes(part)))) {
  console.log(`\n${name}`);
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--expose-gc', file], {
    stdio: 'inherit',
  });
  console.log(`  (${((performance.now() - start) / 1000).toFixed(0)} s)`);
  if (status === 0) continue;
  console.log(`  ${name} did not end as it should (exit ${status})`);
  failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
