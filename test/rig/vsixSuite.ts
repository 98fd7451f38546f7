import { join } from 'node:path';
import { bundleHostSuites } from './bundle.ts';
import { launchBrowser } from './chromium.ts';
import type { TestResult } from './driverCalls.ts';
import { runHostSuite } from './hostWindow.ts';
import { companion } from './paths.ts';
import { temporaryFolder } from './processes.ts';
import { installExtension } from './server.ts';
import { packVsix } from './vsix.ts';

/** Packs the product, installs it into VS Code as a person would, and runs the suites of test/host/installed against it. */
export async function vsixSuite(add: (result: TestResult) => void): Promise<void> {
  const begin = performance.now();
  const { path } = await packVsix();
  const dataDir = temporaryFolder('install');
  const extensionsDir = join(dataDir, 'extensions');
  await installExtension(path, dataDir, extensionsDir);
  add({ title: 'the package installs', state: 'passed', duration: performance.now() - begin });
  const suites = await bundleHostSuites('installed');
  const browser = await launchBrowser();
  try {
    for (const suite of suites) {
      await runHostSuite(browser, { suite, gate: 'stock', developed: companion, extensionsDir, onResult: add });
    }
  } finally {
    await browser.close();
  }
}
