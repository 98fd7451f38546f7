import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { driven, keyboard } from './support/driver.ts';
import { type Api, consent, productApi, save, show, spansOrNothing, write } from './support/scene.ts';
import { until } from './support/until.ts';

const answer = 'The lamp was lit at six,\nand nobody came.';

/** What the button under an answer of `@holograph` does, wherever the caret is; the chat itself: chatView.stock.test.ts. */
describe('an answer that is put in', () => {
  let file: vscode.Uri;
  let editor: vscode.TextEditor;
  let api: Api;

  before(async function () {
    if (!driven) this.skip();
    file = write('lamp.md', 'It was dark.\n');
    editor = await show(file);
    await consent(file);
    api = await productApi();
  });

  const shownAs = async (kind: string) => {
    const found = await spansOrNothing(api, file);
    const text = editor.document.getText().replaceAll('\r\n', '\n');
    return (found?.spans ?? [])
      .filter(span => span.kind === kind)
      .map(({ from, to }) => text.slice(from, to))
      .join('');
  };

  it('is the AI’s, and what is typed around it is the person’s', async () => {
    await keyboard.press('Control+End');
    await keyboard.type('I asked: ');
    await until('what was typed', () => editor.document.getText().endsWith('I asked: '));
    await vscode.commands.executeCommand('holograph.insertAnswer', { text: answer });
    await until('the answer', () => editor.document.getText().includes('nobody came.'));
    await keyboard.press('Control+End');
    await keyboard.type(' So I left.');
    await until('all', () => editor.document.getText().endsWith('So I left.'));
    await save(editor.document);
    await until('the answer as the AI’s', async () => (await shownAs('ai.chat')) === answer);
    assert.equal((await shownAs('typed')).replaceAll(/\s+/g, ' ').trim(), 'I asked: So I left.');
  });

  it('is nothing where the button is none of ours', async () => {
    const before = editor.document.getText();
    for (const given of [undefined, 'text', { text: 5 }, { text: '' }])
      await vscode.commands.executeCommand('holograph.insertAnswer', given);
    assert.equal(editor.document.getText(), before);
  });
});
