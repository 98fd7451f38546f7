import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator } from 'playwright-core';
import { launchBrowser } from '../rig/chromium.ts';
import { ClaudeStandIn } from '../rig/claudeStandIn.ts';
import { commandTitle } from '../rig/commandTitle.ts';
import { out, pictures } from '../rig/paths.ts';
import { cleanUp, temporaryFolder } from '../rig/processes.ts';
import { productCli } from '../rig/productCli.ts';
import { script } from '../rig/script.ts';
import { openStage, playSession, type Stage, spans } from '../rig/session.ts';
import type { SpansFile } from '../rig/spansFile.ts';
import { kindsOf, textOf, truth } from '../rig/truth.ts';
import { missingSections } from '../support/everySection.ts';

/** The main job: what `npm start` plays, held against what is true by construction. */
describe('an author’s session', function () {
  this.timeout(180_000);
  let browser: Browser;
  let stage: Stage;
  let recorded: SpansFile;
  const expected = truth();
  const text = textOf(expected);

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await launchBrowser();
    stage = await openStage(browser, undefined);
    await playSession(stage);
    recorded = await spans(stage);
  });

  after(async () => {
    await browser?.close();
    await cleanUp();
  });

  it('ends with the text of the script', async () => {
    await stage.calls['keyboard.press']('Control+S');
    await stage.page.locator('.tab.active:not(.dirty)').waitFor();
    assert.equal(readFileSync(join(stage.folder, script.file), 'utf8'), text);
    assert.equal(recorded.length, text.length);
  });

  it('shows nothing as typed that was not typed', () => {
    const wrong = kindsOf(expected).flatMap((kind, at) => (kind !== 'typed' && kindAt(at) === 'typed' ? [at] : []));
    assert.deepEqual(wrong, []);
  });

  it('shows every letter that was typed as typed, and no line break as a machine’s', () => {
    const shown = new Set<string>();
    const breaks = new Set<string>();
    kindsOf(expected).forEach((kind, at) => {
      if (kind === 'typed') (text[at] === '\n' ? breaks : shown).add(kindAt(at));
    });
    assert.deepEqual([...shown], ['typed']);
    assert.deepEqual(
      [...breaks].filter(kind => kind !== 'typed' && kind !== 'unknown'),
      [],
    );
  });

  for (const kind of ['ai.completion', 'pasted.external']) {
    it(`shows every character of ${kind} as such`, () => {
      const found = kindsOf(expected).flatMap((one, at) => (one === kind ? [kindAt(at)] : []));
      assert.deepEqual([...new Set(found)], [kind]);
    });
  }

  it('shows the words that the agent wrote as its own', () => {
    assert.deepEqual(
      wordsOf('ai.agent').filter(({ kinds }) => kinds !== 'ai.agent'),
      [],
    );
  });

  it('leaves the words that the agent left', () => {
    const words = wordsOf('initial');
    const lost = words.filter(({ kinds }) => kinds !== 'initial');
    assert.ok(lost.length <= words.length / 20, `${lost.map(({ word }) => word)} of ${words.length} words`);
  });

  it('names the prompt that led to the agent’s words', () => {
    const prompts = recorded.spans.filter(span => span.kind === 'ai.agent').map(span => span.prompt);
    assert.ok(prompts.length > 0 && prompts.every(prompt => prompt !== undefined));
  });

  it('shows origins in the editor', async () => {
    await stage.page.setViewportSize({ width: 1180, height: 460 });
    await stage.calls['keyboard.press']('Control+B');
    await stage.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    await stage.calls['palette.run'](commandTitle('holograph.toggleDecorations'));
    const signs = stage.page.locator('.glyph-margin-widgets > [class*="ced-"]');
    await signs.nth(6).waitFor({ state: 'attached' });
    await picture('session');
  });

  it('explains the agent’s words by its prompt', async () => {
    const { page } = stage;
    await page.locator('.view-line', { hasText: 'under the lamp' }).click({ position: { x: 160, y: 8 } });
    await stage.calls['keyboard.press']('Control+K');
    await stage.calls['keyboard.press']('Alt+E');
    await page.locator('.monaco-hover', { hasText: script.prompt }).waitFor();
    await picture('session-explained');
    await stage.calls['keyboard.press']('Escape');
  });

  it('gives a report that needs no network and names the work', async () => {
    const html = join(out, 'session.html');
    await productCli(['report', '--html', html], stage.folder, stage.env);
    const context = await browser.newContext({ viewport: { width: 960, height: 1060 }, offline: true });
    const page = await context.newPage();
    await page.goto(pathToFileURL(html).href);
    assert.match((await page.locator('h1').first().textContent()) ?? '', /The Lamp on Aral Street/);
    const cover = { x: 0, y: 0, width: 960, height: 940 };
    await page.screenshot({ path: join(pictures, 'session-report.png'), clip: cover });
    await context.close();
  });

  for (const language of ['ru', 'kk', 'en'] as const) {
    it(`gives a package that a stranger can check, with every section in ${language}`, async () => {
      const evidence = join(out, 'session.zip');
      rmSync(evidence, { force: true });
      const wanted = ['--out', evidence, '--profile', 'generic', '--language', language];
      await productCli(['export', ...wanted], stage.folder, stage.env);
      await accepted(evidence, language);
    });
  }

  it('lists each prompt with what became of its text, the author’s note and mark', async () => {
    const { page, calls, folder, env } = stage;
    const claude = new ClaudeStandIn(env.CLAUDE_CONFIG_DIR ?? '', folder);
    claude.say(...script.question);
    await calls['palette.run'](commandTitle('holograph.showPrompts'));
    const view = page.locator('[id="workbench.view.extension.holograph"]');
    const row = view.locator('.monaco-list-row[aria-level="2"]', { hasText: script.prompt.slice(0, 20) });
    await view.locator('.monaco-list-row', { hasText: script.question[0].slice(0, 20) }).waitFor();
    const { x, width } = (await page.locator('.part.sidebar').boundingBox())!;
    await calls['mouse.drag']({ x: x + width, y: 300 }, { x: x + width + 200, y: 300 });
    await again(() => row.locator('.label-name').click(), page.locator('.statusbar-item', { hasText: 'selected' }));
    await calls['palette.run'](commandTitle('holograph.notePrompt'));
    await calls['page.waitFor']('.quick-input-widget .quick-input-title:has-text("Note on prompt")');
    await calls['keyboard.type'](script.note);
    await calls['keyboard.press']('Enter');
    await again(
      async () => {
        await calls['palette.run'](commandTitle('holograph.protectPrompt'));
        // The palette's own row has words of the first choice.
        await calls['page.waitFor']('.quick-input-list .monaco-list-row:has-text("Protection undecided")');
        await calls['keyboard.press']('Enter');
      },
      row.locator('.label-description', { hasText: '62 of 62 · for protection' }),
    );
    await again(
      async () => {
        // The pointer may be there from before; a hover comes when it arrives.
        await page.mouse.move(x + width + 400, 300);
        await row.locator('.label-name').hover();
      },
      page.locator('.monaco-hover', { hasText: script.note }),
    );
    await picture('session-prompts');
  });

  it('gives the package from the palette too', async () => {
    const { page, calls, folder } = stage;
    const evidence = `${folder}-${new Date().toISOString().slice(0, 10)}.zip`;
    // So small a window as the picture's has no room for all profiles.
    await page.setViewportSize({ width: 1280, height: 800 });
    await calls['palette.run'](commandTitle('holograph.exportPackage'));
    // Its description lacks nothing that this profile asks for.
    await calls['page.waitFor']('.quick-input-list .monaco-list-row:has-text("General")');
    await calls['keyboard.type']('General');
    await calls['page.waitFor']('.quick-input-list .monaco-list-row.focused:has-text("General")');
    await calls['keyboard.press']('Enter');
    await calls['page.waitFor']('.quick-input-widget .quick-input-action:has-text("OK")');
    await calls['keyboard.press']('Enter');
    // A window that is driven shows no message by itself.
    await calls['palette.run']('Notifications: Show Notifications');
    await page
      .locator('.notifications-center .notification-list-item-message', { hasText: 'evidence package is ready' })
      .waitFor();
    await calls['palette.run']('Notifications: Clear All Notifications');
    await accepted(evidence, 'en');
  });

  /** A stranger accepts it, and no section is missing. */
  async function accepted(evidence: string, language: 'en' | 'ru' | 'kk'): Promise<void> {
    const strangers = { HOLOGRAPH_HOME: temporaryFolder('stranger') };
    const { consistent, wrong } = JSON.parse(await productCli(['verify', evidence, '--json'], out, strangers));
    assert.deepEqual({ consistent, wrong }, { consistent: true, wrong: [] });
    assert.deepEqual(missingSections(readFileSync(evidence), language), []);
  }

  /** Does what can be done twice until it is seen: rows are drawn anew when the register was read, and what was begun on them is gone. */
  async function again(act: () => Promise<void>, seen: Locator): Promise<void> {
    for (;;) {
      await act();
      const isSeen = await seen.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
      if (isSeen) return;
    }
  }

  /** For the README. A hover fades in: it is shown as it ends. */
  async function picture(name: string): Promise<void> {
    await stage.page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
  }

  /** The words that are of this kind by construction, with the kinds that were recorded for their letters. */
  function wordsOf(kind: string): readonly { readonly word: string; readonly kinds: string }[] {
    const truths = kindsOf(expected);
    return [...text.matchAll(/\p{L}+/gu)]
      .filter(({ index }) => truths[index] === kind)
      .map(({ 0: word, index }) => {
        const kinds = new Set(Array.from(word, (_, n) => kindAt(index + n)));
        return { word, kinds: [...kinds].join('+') };
      });
  }

  function kindAt(at: number): string {
    return recorded.spans.find(span => span.from <= at && at < span.to)?.kind ?? 'none';
  }
});
