import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { out } from '../rig/paths.ts';

/**
 * `npm run bench [name …]`: each bench in a process of its own, one after the other. A figure is to
 * be read beside those of the same run; machines and their load differ. `--keep`: the curves drawn are
 * copied to where the page about them shows them.
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
  'reportPdf',
  'package',
  'register',
  'agents',
  'agentFolder',
  'journalAppend',
  'journalSustained',
  'journalOpening',
  'journalMillion',
  'recall',
  'editorMarks',
];

const keep = process.argv.includes('--keep');
const wanted = process.argv.slice(2).filter(word => !word.startsWith('--'));
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
const curves = join(out, 'bench');
if (keep && existsSync(curves)) cpSync(curves, join(import.meta.dirname, 'curves'), { recursive: true });
process.exitCode = failed === 0 ? 0 : 1;
