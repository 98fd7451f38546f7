import { join } from 'node:path';
import type { TestResult } from './driverCalls.ts';
import { root } from './paths.ts';
import { run } from './processes.ts';

interface Check {
  readonly title: string;
  readonly script: string;
  readonly args: readonly string[];
}

const checks: readonly Check[] = [
  { title: 'types (tsc)', script: 'typescript/bin/tsc', args: ['-p', '.'] },
  { title: 'types of the page (tsc)', script: 'typescript/bin/tsc', args: ['-p', 'src/verifyPage'] },
  { title: 'lint and format (biome)', script: '@biomejs/biome/bin/biome', args: ['ci', '--colors=off'] },
  { title: 'unused code and dependencies (knip)', script: 'knip/bin/knip.js', args: ['--no-progress'] },
];

/** Each check counts as one test. */
export async function checkSuite(add: (result: TestResult) => void): Promise<void> {
  for (const { title, script, args } of checks) {
    const begin = performance.now();
    const result = await run(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd: root,
      limit: 300_000,
    });
    const duration = performance.now() - begin;
    if (result.code === 0) add({ title, state: 'passed', duration });
    else add({ title, state: 'failed', duration, error: result.output.trim().slice(-6_000) });
  }
}
