import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HostSuite } from './bundle.ts';
import type { TestResult } from './driverCalls.ts';
import { editor } from './editor.ts';
import type { Gate } from './gate.ts';
import { runHostSuite } from './hostWindow.ts';
import { inLanes } from './lanes.ts';
import { companion, root } from './paths.ts';
import { say } from './progress.ts';

/**
 * Runs every one of the suites whose name contains one of `filters` (all, if there are none) with one gate, each in a
 * window of its own, two side by side. A suite named `x.stock` or `x.open` runs with that gate only.
 */
export async function hostSuites(
  suites: readonly HostSuite[],
  gate: Gate,
  filters: readonly string[],
  add: (result: TestResult) => void,
): Promise<void> {
  // Where the product is not built, suites that need none of it can still run.
  const developed = existsSync(join(root, 'dist/extension.cjs')) ? root : companion;
  await editor();
  const chosen = suites.filter(suite => wanted(suite, gate, filters));
  await inLanes(chosen, async (browser, suite) => {
    say(`  ${gate}: ${suite.name}`);
    await runHostSuite(browser, { suite, gate, developed, onResult: add });
  });
}

function wanted(suite: HostSuite, gate: Gate, filters: readonly string[]): boolean {
  const only = /\.(stock|open)$/.exec(suite.name)?.[1];
  if (only !== undefined && only !== gate) return false;
  return filters.length === 0 || filters.some(filter => suite.name.includes(filter));
}
