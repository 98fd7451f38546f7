import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { ClaudeStandIn } from '../rig/claudeStandIn.ts';
import { clipboard, driven, keyboard, mouse, page } from './support/driver.ts';
import { type Api, consent, folder, kindsOf, productApi, save, show, write } from './support/scene.ts';
import { inPanel, marks, settings } from './support/surface.ts';
import { until } from './support/until.ts';

const initial = `# The lamp

My grandmother kept a lamp in the window that faced the harbour.
The neighbours said that it was a waste of oil, and the harbour master wrote two letters about it.
She answered neither of them.
`;
const typed = 'I was nine before I understood that she was not waiting for a ship.';
const quotation = '“A light in a window is a letter to nobody in particular.”';
const stranger = 'The wick was changed on Sundays.';

/** A file in which every hand has written, seen as a person sees it. */
describe('origins of every hand', () => {
  let file: vscode.Uri;
  let editor: vscode.TextEditor;
  let api: Api;
  const has = (text: string) => until(text, () => editor.document.getText().includes(text));
  const found = async (kind: string) => kindsOf(await api.spans(file)).some(one => one === kind);
  const lineOf = (text: string) => `.view-line:has-text("${text}")`;

  before(async function () {
    if (!driven) this.skip();
    file = write('lamp.md', initial);
    editor = await show(file);
    await consent(file);
    api = await productApi();
    await settings({ 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false });
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });

  after(async () => {
    await settings({ 'workbench.colorTheme': undefined, 'editor.minimap.enabled': undefined });
  });

  it('are written', async () => {
    await keyboard.press('Control+End');
    await keyboard.type(`\n${typed}\n\n`);
    await clipboard.writeExternal(quotation);
    await keyboard.press('Control+V');
    await has(quotation);
    await keyboard.press('Enter');
    await save(editor.document);
    new ClaudeStandIn(process.env.CLAUDE_CONFIG_DIR ?? '', folder().uri.fsPath).replace({
      prompt: 'Make the second paragraph of lamp.md a little drier.\nSay what the letters were about.',
      file: file.fsPath,
      old: ' about it.\nShe answered neither of them.',
      new: ': one on fire, one on thrift.\nShe kept both under the lamp and answered neither of them.',
    });
    await has('on thrift');
    writeFileSync(file.fsPath, `${editor.document.getText()}\n${stranger}\n`);
    await has(stranger);
    for (const kind of ['typed', 'initial', 'ai.agent', 'pasted.external', 'external.disk'])
      await until(kind, () => found(kind));
  });

  it('are told apart by shape, line by line', async () => {
    await vscode.commands.executeCommand('holograph.toggleDecorations');
    await page.waitFor(marks);
    await until('signs in the margin', async () => (await page.count('.glyph-margin-widgets > [class*="ced-"]')) >= 6);
    await page.screenshot('editor');
  });

  it('name the agent’s prompt where the pointer is, and show it whole', async () => {
    await until('the hover', async () => {
      await mouse.click(lineOf('under the lamp'), { position: { x: 120, y: 8 } });
      await keyboard.press('Control+k');
      await keyboard.press('Alt+e');
      return page.waitFor('.monaco-hover:has-text("Written by an AI agent")', { timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
    const hover = (await page.text('.monaco-hover .hover-contents')).join('\n');
    assert.match(hover, /Proven/);
    assert.match(hover, /Prompt to Claude Code, anthropic\/claude-sonnet/);
    await page.screenshot('editor-hover');
    await mouse.click('.monaco-hover a:has-text("Whole prompt")');
    await until('the prompt', () => vscode.window.activeTextEditor?.document.uri.scheme === 'holograph');
    assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /drier\.\nSay what/);
    // Its row is shown beside it, in a view that nobody had opened yet.
    const rows = '[id="workbench.view.extension.holograph"] .monaco-list-row.selected[aria-level="2"]';
    await page.waitFor(`${rows}:has-text("Make the second")`);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });

  it('say of the unknown that it is neither human nor machine', async () => {
    await show(file);
    await until('the hover', async () => {
      await mouse.click(lineOf('The wick was'), { position: { x: 60, y: 8 } });
      await keyboard.press('Control+k');
      await keyboard.press('Alt+e');
      return page.waitFor('.monaco-hover:has-text("neither human nor machine")', { timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
    await keyboard.press('Escape');
  });

  for (const [name, theme] of [
    ['dark', 'Default Dark Modern'],
    ['contrast', 'Default High Contrast'],
    ['contrast-light', 'Default High Contrast Light'],
  ] as const) {
    it(`are shown in ${name}`, async () => {
      await settings({ 'workbench.colorTheme': theme });
      await show(file);
      await page.waitFor(marks);
      await page.screenshot(`editor-${name}`);
    });
  }

  it('follow what is typed', async () => {
    await settings({ 'workbench.colorTheme': 'Default Light Modern' });
    await show(file);
    await keyboard.press('Control+End');
    const marked = await page.count(marks);
    await keyboard.type('More.');
    await until('a mark more', async () => (await page.count(marks)) > marked);
    await keyboard.press('Backspace', 5);
    await until('the end of the mark', async () => (await page.count(marks)) === marked);
  });

  it('are hidden hand by hand', async () => {
    const marked = await page.count(marks);
    await settings({ 'holograph.decorations.hands': { outside: false } });
    await until('a bare quotation', async () => (await page.count(marks)) < marked);
    await settings({ 'holograph.decorations.hands': undefined });
    await until('all marks', async () => (await page.count(marks)) === marked);
    await vscode.commands.executeCommand('holograph.toggleDecorations');
  });

  it('stand in the report too', async () => {
    await save(editor.document);
    await vscode.commands.executeCommand('holograph.showReport');
    await page.waitFor(`${inPanel}h1`, { timeout: 30_000 });
    await page.screenshot('report-in-editor');
  });
});
