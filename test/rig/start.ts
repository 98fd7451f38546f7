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

/** Where the sample work and its record stay, for the command line to be tried on. */
const kept = join(out, 'sample');

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
  await rm(kept, { recursive: true, force: true });
  await mkdir(kept, { recursive: true });
  const stage = await step('Starting VS Code', () => openStage(browser, randomBytes(16).toString('hex'), kept));
  await playOrShow(stage);
  await deliver(stage);
  say(`\nDone in ${seconds(begin)}.`);
  await leave(browser);
  if (once) return 0;
  say('\nVS Code goes on at this address, on this machine only; Ctrl+C ends it.');
  // VS Code takes an extension under development only with its driver switched on, and then nothing pops up.
  say('In this window alone messages do not pop up: they wait behind the bell at the lower right.');
  say(
    address(stage.server, {
      folder: stage.folder,
      file: join(stage.folder, script.file),
      extensionDevelopmentPath: root,
    }),
  );
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
  // The package first: its checkpoint is then in the report too.
  await step('Writing the evidence package', () => cli('export', '--out', evidence, '--profile', 'generic'));
  const shares = await step('Writing the report', async () => {
    await writeFile(json, await cli('report', '--json'));
    return cli('report', '--html', html);
  });
  const checked = await step('Verifying the package', () => cli('verify', evidence));
  const { tally } = await spans(stage);
  say(`\n${shares.trim().split('\n').slice(1).join('\n')}\n`);
  say(`${script.file}, characters by origin:`);
  for (const [kind, n] of Object.entries(tally.kinds)) say(`  ${kind.padEnd(16)} ${String(n).padStart(6)}`);
  say(`\nVerification: ${checked.trim()}`);
  say('\nWritten:');
  for (const file of [html, json, evidence, stage.folder]) say(`  ${relative(root, file)}`);
  say('\nThe command line on this record, for example:');
  say(
    `  HOLOGRAPH_HOME=${relative(root, join(kept, 'holograph'))} npm run -s holograph -- status --folder "${relative(root, stage.folder)}"`,
  );
}

/** The scripted window closes, so that the person's own is the only one. */
async function leave(browser: Browser): Promise<void> {
  await browser.close();
}
