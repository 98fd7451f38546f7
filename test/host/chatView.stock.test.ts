import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cli } from './support/cli.ts';
import { driven, keyboard, mouse, page, palette } from './support/driver.ts';
import { type Api, consent, productApi, save, show, spansOrNothing, write } from './support/scene.ts';
import { settings } from './support/surface.ts';
import { until } from './support/until.ts';

const answer = 'The lamp was lit at six.\n\n```markdown\nAnd nobody came.\n```\n';
const chat = '.interactive-session';
const response = `${chat} .interactive-response`;

/** `@holograph` in VS Code's own chat, with the companion's model. */
describe('the chat of the editor', () => {
  let file: vscode.Uri;
  let editor: vscode.TextEditor;
  let api: Api;

  before(async function () {
    if (!driven) this.skip();
    file = write('lamp.md', 'It was dark.\n');
    editor = await show(file);
    await consent(file);
    api = await productApi();
    const companion = vscode.extensions.getExtension('holograph-rig.companion');
    (await companion!.activate()).answer(answer);
    await settings({ 'chat.disableAIFeatures': false });
    await palette.run('Chat: Open Chat (Ask)');
    await page.waitFor(`${chat} .interactive-input-part:has-text("Companion One")`, { timeout: 60_000 });
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar');
    await settings({ 'chat.disableAIFeatures': true });
  });

  it('shows what the model said whole, and says that it is recorded', async () => {
    await keyboard.type('@holograph Close the chapter.');
    await page.waitFor(`${chat} .interactive-input-part :text("Close the chapter.")`);
    await keyboard.press('Escape');
    await keyboard.press('Enter');
    await page.waitFor(`${response} :text("Recorded with its answer")`);
    await page.screenshot('chat');
    await page.waitFor(`${response} :text("The lamp was lit at six.")`);
    await page.waitFor(`${response} .interactive-result-code-block`);
    const { prompts } = JSON.parse(cli('prompts', '--answers', '--json')) as { prompts: Said[] };
    assert.deepEqual(
      prompts.map(({ text, agent, model, given }) => [text, agent, model, given.map(one => one.text)]),
      [['Close the chapter.', 'holograph', 'companion/one', [answer]]],
    );
  });

  it('its button puts the answer in as the AI’s', async () => {
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor = await show(file);
    editor.selection = new vscode.Selection(end, end);
    await mouse.click(`${response} .monaco-button:has-text("Insert Code")`);
    await until('the answer', () => editor.document.getText().includes('nobody came.'));
    await save(editor.document);
    await until('it as the AI’s', async () => {
      const found = await spansOrNothing(api, file);
      const text = editor.document.getText();
      const own = (found?.spans ?? []).filter(({ kind }) => kind === 'ai.chat');
      return own.map(({ from, to }) => text.slice(from, to)).join('') === 'And nobody came.';
    });
  });
});

interface Said {
  readonly text: string;
  readonly agent: string;
  readonly model: string;
  readonly given: readonly { readonly text: string }[];
}
