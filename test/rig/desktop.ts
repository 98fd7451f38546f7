import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundle } from './build.ts';
import { bundleHostSuites, hostRunner } from './bundle.ts';
import { isolated } from './hostWindow.ts';
import { cache, root } from './paths.ts';
import { cleanUp, temporaryFolder } from './processes.ts';
import { Failure, main, say } from './progress.ts';

/**
 * npm run test:desktop: the host suites in desktop VS Code, wherever that can be downloaded or `VSCODE`
 * names its executable. Tests that need the driver's keyboard are skipped there.
 */
await main(async () => {
  await bundle([]);
  const executable = process.env.VSCODE;
  if (executable !== undefined && !existsSync(executable))
    throw new Failure(`VSCODE names ${executable}.`, 'Correct it.');
  let failed = 0;
  const suites = await bundleHostSuites();
  for (const suite of suites) {
    say(`▸ ${suite.name}`);
    try {
      await runTests({
        ...(executable === undefined ? { cachePath: join(cache, 'desktop') } : { vscodeExecutablePath: executable }),
        extensionDevelopmentPath: root,
        extensionTestsPath: hostRunner,
        launchArgs: [temporaryFolder('work'), '--disable-workspace-trust', '--disable-extensions'],
        extensionTestsEnv: { ...isolated(), HOLOGRAPH_GATE: 'stock', HOLOGRAPH_SUITE: suite.module },
      });
    } catch (error) {
      failed++;
      say(`✗ ${suite.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  say(`\n${suites.length - failed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}, cleanUp);
