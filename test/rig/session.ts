import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ClaudeStandIn } from './claudeStandIn.ts';
import { commandTitle } from './commandTitle.ts';
import { drive } from './drive.ts';
import type { PageCalls } from './driverCalls.ts';
import { isolated } from './hostWindow.ts';
import { outsidePage } from './outsidePage.ts';
import { companion, root } from './paths.ts';
import { run, temporaryFolder } from './processes.ts';
import { productCli } from './productCli.ts';
import { Failure, step } from './progress.ts';
import { script } from './script.ts';
import { type Server, startServer } from './server.ts';
import type { SpansFile } from './spansFile.ts';
import { openWorkbench } from './workbench.ts';

export interface Stage {
  readonly server: Server;
  readonly page: Page;
  readonly calls: PageCalls;
  /** The folder of the work, a copy of test/rig/sample. */
  readonly folder: string;
  /** What the server and so the product was started with; the command line needs the same. */
  readonly env: Readonly<Record<string, string>>;
}

const patience = 20_000;

/**
 * VS Code with the product and the completion companion, on a fresh copy of the sample work. `kept`: a folder for the
 * copy and for Holograph's data folder that stays when all is over; else both are temporary.
 */
export async function openStage(browser: Browser, token: string | undefined, kept?: string): Promise<Stage> {
  const folder = join(kept ?? temporaryFolder('sample'), 'The Lamp');
  cpSync(join(import.meta.dirname, 'sample'), folder, { recursive: true });
  // Below out/ git would ignore it, and what git ignores is not recorded: it gets a repository of its own.
  if (kept !== undefined) await run('git', ['init', '--quiet'], { cwd: folder });
  const completions = JSON.stringify([{ after: script.lead, text: script.completion }]);
  const env = {
    ...isolated(),
    HOLOGRAPH_COMPANION: completions,
    ...(kept !== undefined && { HOLOGRAPH_HOME: join(kept, 'holograph') }),
  };
  const server = await startServer({ gate: 'stock', env, install: [companion], ...(token !== undefined && { token }) });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  const page = await context.newPage();
  await openWorkbench(page, server, { folder, extensionDevelopmentPath: root });
  const calls = drive(page, outsidePage(context), async () => undefined);
  return { server, page, calls, folder, env };
}

/** Plays the author's session of script.ts with real keys and a real clipboard, and an agent behind the editor. */
export async function playSession(stage: Stage): Promise<void> {
  const { calls, folder } = stage;
  const file = join(folder, script.file);
  const [type, press] = [calls['keyboard.type'], calls['keyboard.press']];

  await step('Agreeing to recording', async () => {
    await calls['palette.run'](commandTitle('holograph.startRecording'));
    const journals = join(stage.env.HOLOGRAPH_HOME ?? '', 'journals');
    await until('a journal in the data folder', () => existsSync(journals));
    await until('the folder to be recorded', () => status(stage));
  });
  await step('Opening the file', async () => {
    await press('Control+P');
    await calls['page.waitFor']('.quick-input-widget input[type=text]');
    await type(script.file);
    await calls['page.waitFor'](`.quick-input-list .monaco-list-row.focused:has-text("${script.file}")`);
    await press('Enter');
    await calls['page.waitFor']('.monaco-editor.focused .view-lines');
    await press('Control+End');
  });
  await step('Typing a passage', () => type(`\n${script.typed}\n`, { delay: 12 }));
  await step('Accepting a completion', async () => {
    await type(script.lead, { delay: 12 });
    await proposed(stage);
    // VS Code takes Tab for an indent until the ghost text has stood for a moment.
    await stage.page.waitForTimeout(1_000);
    await press('Tab');
    // Ghost text is text of the page too: it must be gone before the completion's words count as accepted.
    await calls['page.waitFor'](ghostText, { state: 'detached' });
    await seen(stage, script.replaced);
  });
  await step('Editing one word of the completion', async () => {
    await press('Control+Shift+ArrowLeft');
    await type(`${script.replacement}.\n`, { delay: 12 });
  });
  await step('Pasting a quotation', async () => {
    await press('Enter');
    await calls['clipboard.writeExternal'](script.quotation);
    await press('Control+V');
    await seen(stage, 'Harbour Almanac');
    await press('Enter');
  });
  await step('Saving', async () => {
    // No hand is quicker; a line break within the save itself could be taken for the formatter's.
    await stage.page.waitForTimeout(400);
    await press('Control+S');
    await until('the file on disk', () => readFileSync(file, 'utf8').includes(script.quotation));
    // Until the editor has seen its own write through, another program's write at once would pass for it.
    await calls['page.waitFor']('.tabs-container .tab.active:not(.dirty)', { state: 'attached' });
  });
  await step('An agent rewrites a paragraph behind the editor', async () => {
    const claude = new ClaudeStandIn(stage.env.CLAUDE_CONFIG_DIR ?? '', folder);
    claude.replace({ prompt: script.prompt, file, old: script.before, new: script.after });
    await seen(stage, 'thrift');
    await until(
      'the agent’s text in the journal',
      async () => (await spans(stage)).tally.kinds['ai.agent'] !== undefined,
    );
  });
}

/** The spans of the sample's file as the command line tells them. */
export async function spans(stage: Stage): Promise<SpansFile> {
  const file = join(stage.folder, script.file);
  return JSON.parse(await productCli(['spans', file, '--json'], stage.folder, stage.env)) as SpansFile;
}

async function status(stage: Stage): Promise<boolean> {
  await productCli(['status', '--json'], stage.folder, stage.env);
  return true;
}

const ghostText = '.ghost-text-decoration, .ghost-text';

/** VS Code asks for completions at a keystroke; on a busy machine the companion may wake after it and is asked again. */
async function proposed({ page, calls }: Stage): Promise<void> {
  const soon = page.locator(ghostText).first().waitFor({ timeout: 5_000 });
  const came = await soon.then(
    () => true,
    () => false,
  );
  if (!came) await calls['palette.run']('Trigger Inline Suggestion');
  await calls['page.waitFor'](ghostText);
}

async function seen({ page }: Stage, text: string): Promise<void> {
  await page.locator('.monaco-editor .view-lines', { hasText: text }).first().waitFor({ timeout: patience });
}

/** Waits for a condition, at most 20 s; says what it waited for, and what went wrong last. */
async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patience;
  let reason = '';
  while (performance.now() < end) {
    try {
      if (await condition()) return;
    } catch (error) {
      reason = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  throw new Failure(
    `Waited ${patience / 1000} s in vain for ${what}${reason}`,
    'See out/pictures/start.png for the window.',
  );
}
