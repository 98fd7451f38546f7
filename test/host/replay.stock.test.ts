import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { ClaudeStandIn } from '../rig/claudeStandIn.ts';
import { row, tellsPath } from './support/dialogs.ts';
import { driven, keyboard, mouse, page, palette } from './support/driver.ts';
import { type Api, consent, folder, kindsOf, productApi, save, show, write } from './support/scene.ts';
import { inPanel, settings } from './support/surface.ts';
import { until } from './support/until.ts';

/** Markup, a script and a control that turns text around: all of it is text. */
const initial = '# The lamp\n\n<img src=x onerror=alert(1)> <script>alert(2)</script> \u202eback\n';
const shown = initial.replace('\u202e', '⟨U+202E⟩');
const settled = { timeout: 60_000 };

describe('the replay in the editor', function () {
  this.timeout(120_000);
  let file: vscode.Uri;
  let api: Api;

  before(async function () {
    if (!driven) this.skip();
    await settings({ 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false });
    file = write('lamp.md', initial);
    const editor = await show(file);
    await consent(file);
    api = await productApi();
    await keyboard.press('Control+End');
    await keyboard.type('The boats came in at six.');
    await save(editor.document);
    const claude = new ClaudeStandIn(process.env.CLAUDE_CONFIG_DIR ?? '', folder().uri.fsPath);
    const text = 'came in late, one by one, and nobody';
    claude.replace({ prompt: 'Let them be late.', file: file.fsPath, old: 'came in at six', new: text });
    await until('the agent’s words', async () => {
      const spans = await api.spans(file);
      return spans.current && kindsOf(spans).includes('ai.agent');
    });
  });

  after(async () => {
    await settings({ 'workbench.colorTheme': undefined, 'editor.minimap.enabled': undefined });
  });

  const text = async () => (await page.text(`${inPanel}.replay-page`))[0];
  const state = async () => (await page.text(`${inPanel}#replay > p.small`))[0] ?? '';
  const told = async () => (await page.text(`${inPanel}[role=status]`))[0] ?? '';
  const last = async () => {
    const [, at, of] = /(\d+) \/ (\d+)$/.exec(await state()) ?? [];
    return at !== undefined && at === of;
  };

  it('opens from the palette as the text stands, its origins marked', async () => {
    await palette.run('Holograph: Replay This File');
    await page.waitFor(`${inPanel}.replay-page .now`, settled);
    assert.equal(await text(), `${shown}The boats came in late, one by one, and nobody.`);
    assert.deepEqual((await page.text(`${inPanel}.replay-page .ma`)).join('').includes('late, one by one'), true);
    assert.equal((await page.text(`${inPanel}.replay-page .ea`)).join(''), shown);
  });

  it('has text of another’s making as text', async () => {
    for (const name of ['img', 'script']) assert.equal(await page.count(`${inPanel}.replay-page ${name}`), 0);
  });

  it('is worked by keys, and says where it rests', async () => {
    await keyboard.press('Home');
    await until('the first state', async () => (await text()) === shown);
    await until('its words', async () => (await told()).includes('Earlier: # The lamp'));
    await keyboard.press('ArrowRight');
    await until('the second state', async () => (await text()) !== shown);
    await keyboard.press('ArrowLeft');
    await until('the first state again', async () => (await text()) === shown);
    await keyboard.press('Space');
    await until('the last state', last);
    await page.waitFor(`${inPanel}.replay-bar button:has-text("Play")`);
    await until('its words', async () => (await told()).includes('Machine (AI): '));
  });

  it('is scrubbed and slowed by its own controls', async () => {
    await mouse.click(`${inPanel}.replay-bar input`, { position: { x: 2, y: 8 } });
    await until('the first state', async () => (await text()) === shown);
    await keyboard.press('End');
    await until('the last state', last);
    assert.equal(await page.count(`${inPanel}.replay-bar option`), 5);
  });

  for (const [name, theme] of [
    ['light', 'Default Light Modern'],
    ['dark', 'Default Dark Modern'],
    ['contrast', 'Default High Contrast'],
  ] as const) {
    it(`can be read in ${name}`, async () => {
      await settings({ 'workbench.colorTheme': theme });
      await page.waitFor(`${inPanel}body.vscode-${name === 'contrast' ? 'high-contrast' : name}`);
      await page.idle();
      await page.screenshot(`replay-${name}`);
    });
  }

  it('keeps its place while another editor is shown', async () => {
    await keyboard.press('Home');
    await until('the first state', async () => (await text()) === shown);
    await show(file);
    await vscode.commands.executeCommand('workbench.action.openPreviousRecentlyUsedEditor');
    await page.waitFor(`${inPanel}.replay-page .now`, settled);
    assert.equal(await text(), shown);
  });

  for (const [language, words] of [
    ['ru', 'Воспроизвести'],
    ['kk', 'Ойнату'],
  ] as const) {
    it(`speaks ${language}`, async () => {
      await settings({ 'holograph.language': language });
      await vscode.commands.executeCommand('holograph.replay', file);
      await page.waitFor(`${inPanel}.replay-bar button:has-text("${words}")`, settled);
      await page.idle();
      await page.screenshot(`replay-${language}`);
      await settings({ 'holograph.language': undefined });
    });
  }

  it('shows the whole work from its report', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('holograph.showReport');
    await page.waitFor(`${inPanel}h1`, settled);
    await page.waitFor('.editor-actions .codicon-play-circle');
    await page.screenshot('replay-from-report');
    await mouse.click('.editor-actions .codicon-play-circle');
    await page.waitFor(`${inPanel}#replay[data-alone] .now`, settled);
    assert.ok((await page.text(`${inPanel}h1 small`)).join('').includes('lamp.md'));
  });

  it('says of a file that is not recorded that it is not', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand(
      'holograph.replay',
      vscode.Uri.file(join(dirname(folder().uri.fsPath), 'x.md')),
    );
    assert.equal(await page.count('iframe.webview'), 0);
  });
});

describe('an export that is cancelled', function () {
  this.timeout(180_000);
  before(async function () {
    if (!driven) this.skip();
    // So much text that its pages take long to set.
    const page = 'The boats came in at six, and the harbour master counted them.\n'.repeat(4000);
    const files = Array.from({ length: 12 }, (_, i) => write(`part-${i}.md`, `${i}\n${page}`));
    const api = await productApi();
    await until('all parts on record', async () => {
      for (const file of files)
        if (
          !(await api.spans(file).then(
            () => true,
            () => false,
          ))
        )
          return false;
      return true;
    });
  });

  it('ends at once, and leaves neither a package nor a part of one', async () => {
    const { fsPath } = folder().uri;
    const target = `${fsPath}-cancelled.zip`;
    const exporting = vscode.commands.executeCommand('holograph.exportPackage');
    for (const answer of ['General', 'Make It As It Is']) {
      await page.waitFor(`${row}:has-text("${answer}")`, settled);
      await keyboard.type(answer);
      await page.waitFor(`${row}.focused:has-text("${answer}")`);
      await keyboard.press('Enter');
    }
    await tellsPath(target);
    await vscode.commands.executeCommand('notifications.showList');
    // As long as the pages are set the thread hears nothing: it must be ended all the same.
    await page.waitFor('.notifications-center .notification-list-item:has-text("print")', settled);
    const asked = Date.now();
    await mouse.click('.notifications-center .monaco-button:has-text("Cancel")');
    await exporting;
    console.log(`      cancelled after ${Date.now() - asked} ms`);
    assert.deepEqual(
      readdirSync(dirname(fsPath)).filter(name => name.startsWith(basename(target))),
      [],
    );
  });
});
