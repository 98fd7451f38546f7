import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Browser } from 'playwright-core';
import { bundle } from './build.ts';
import { launchBrowser } from './chromium.ts';
import { editor } from './editor.ts';
import { out, root } from './paths.ts';
import { cleanUp } from './processes.ts';
import { productCli } from './productCli.ts';
import { Failure, main, say, seconds, step } from './progress.ts';
import { script } from './script.ts';
import { openStage, playSession, type Stage, spans } from './session.ts';
import { address } from './workbench.ts';

/** npm start: the main job in a real VS Code on the sample work, then the window stays open. `--once` ends instead. */
await main(async () => {
  const once = process.argv.includes('--once');
  if (process.platform === 'win32') {
    throw new Failure('npm start needs Linux or a Mac.', 'Open this folder in VS Code and press F5.');
  }
  const begin = performance.now();
  say('Holograph: an author’s session in a real VS Code');
  await step('Bundling the product', () => bundle([]));
  await editor();
  const browser = await step('Starting Chromium', launchBrowser);
  const stage = await step('Starting VS Code', () => openStage(browser, randomBytes(16).toString('hex')));
  await playOrShow(stage);
  await deliver(stage);
  say(`\nDone in ${seconds(begin)}.`);
  await leave(browser);
  if (once) return 0;
  say('\nVS Code goes on at this address, on this machine only; Ctrl+C ends it:');
  say(address(stage.server, { folder: stage.folder, extensionDevelopmentPath: root }));
  await new Promise(() => undefined);
  return 0;
}, cleanUp);

async function playOrShow(stage: Stage): Promise<void> {
  try {
    await playSession(stage);
  } finally {
    await mkdir(join(out, 'pictures'), { recursive: true });
    await stage.page.screenshot({ path: join(out, 'pictures', 'start.png') });
  }
}

/** What the author gets: the report as HTML and JSON, and the evidence package, checked as a stranger would. */
async function deliver(stage: Stage): Promise<void> {
  const cli = (...args: readonly string[]): Promise<string> => productCli(args, stage.folder, stage.env);
  const html = join(out, 'report.html');
  const json = join(out, 'report.json');
  const evidence = join(out, 'evidence.zip');
  await Promise.all([html, json, evidence].map(file => rm(file, { force: true })));
  await step('Writing the report', async () => {
    await cli('report', '--html', html);
    await writeFile(json, await cli('report', '--json'));
  });
  await step('Writing the evidence package', () => cli('export', '--out', evidence, '--profile', 'generic'));
  const checked = await step('Verifying the package', () => cli('verify', evidence));
  const { tally } = await spans(stage);
  say(`\n${await cli('status')}`);
  say(`${script.file}, characters by origin:`);
  for (const [kind, n] of Object.entries(tally.kinds)) say(`  ${kind.padEnd(16)} ${String(n).padStart(6)}`);
  say(`\nVerification: ${checked.trim()}`);
  say('\nWritten:');
  for (const file of [html, json, evidence]) say(`  ${relative(root, file)}`);
}

/** The scripted window closes, so that the person's own is the only one. */
async function leave(browser: Browser): Promise<void> {
  await browser.close();
}
