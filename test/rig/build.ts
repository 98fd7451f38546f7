import { join } from 'node:path';
import type { TestResult } from './driverCalls.ts';
import { root } from './paths.ts';
import { run } from './processes.ts';
import { Failure } from './progress.ts';

/** Bundles the product into dist/, and counts as one test. */
export async function build(add: (result: TestResult) => void): Promise<void> {
  const begin = performance.now();
  await bundle([]);
  add({ title: 'the product is bundled', state: 'passed', duration: performance.now() - begin });
}

/** Runs esbuild.mjs. */
export async function bundle(args: readonly string[]): Promise<void> {
  const result = await run(process.execPath, [join(root, 'esbuild.mjs'), ...args], { cwd: root });
  if (result.code !== 0) throw new Failure(result.output.trim(), 'Correct the sources, then run the command again.');
}
