import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { bundleHostSuites } from './bundle.ts';
import { launchBrowser } from './chromium.ts';
import type { TestResult } from './driverCalls.ts';
import { runHostSuite } from './hostWindow.ts';
import { companion } from './paths.ts';
import { temporaryFolder } from './processes.ts';
import { installExtension } from './server.ts';
import { packVsix } from './vsix.ts';

const platforms = ['darwin', 'linux', 'linuxmusl', 'win32'].flatMap(name => [`${name}-arm64`, `${name}-x64`]);
const needed = [
  ...['package.json', 'readme.md', 'dist/licenses.txt', 'dist/verify.html'],
  ...['extension', 'worker', 'agents', 'cli', 'hook'].map(name => `dist/${name}.cjs`),
  ...platforms.map(name => `node_modules/better-sqlite3/prebuilds/${name}.node`),
];
const allowed =
  /^(package(\.nls(\.\w+)?)?\.json|readme\.md|LICENSE\.txt|dist\/\w+\.cjs|dist\/licenses\.txt|dist\/verify\.html|media\/.+|node_modules\/better-sqlite3\/(LICENSE|package\.json|(lib|prebuilds)\/.+))$/;

/** The package holds what it needs for every platform, and nothing else. */
function contents(path: string): TestResult {
  const members = Object.keys(unzipSync(readFileSync(path), { filter: () => true }))
    .filter(name => name.startsWith('extension/'))
    .map(name => name.slice('extension/'.length));
  const missing = needed.filter(name => !members.includes(name));
  const strange = members.filter(name => !allowed.test(name));
  const title = 'the package holds what it needs and no more';
  if (missing.length === 0 && strange.length === 0) return { title, state: 'passed', duration: 0 };
  const error = `missing: ${missing.join(', ') || 'nothing'}; not needed: ${strange.join(', ') || 'nothing'}`;
  return { title, state: 'failed', duration: 0, error };
}

/** The README of a release tells the SHA-256 of the page that checks, for who got the page with a package. */
function pageDigest(path: string): TestResult {
  const members = unzipSync(readFileSync(path), { filter: ({ name }) => /readme\.md$|verify\.html$/.test(name) });
  const digest = hash('sha256', members['extension/dist/verify.html']!, 'hex');
  const title = 'the README tells the digest of verify.html';
  if (Buffer.from(members['extension/readme.md']!).includes(digest)) return { title, state: 'passed', duration: 0 };
  return { title, state: 'failed', duration: 0, error: `${digest} stands nowhere in it` };
}

/** Packs the product, installs it into VS Code as a person would, and runs the suites of test/host/installed against it. */
export async function vsixSuite(add: (result: TestResult) => void): Promise<void> {
  const begin = performance.now();
  const { path } = await packVsix();
  add(contents(path));
  add(pageDigest(path));
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
