import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { driven, mouse, page } from './support/driver.ts';
import { journals, runs, statusSays, typeAtEnd } from './support/faults.ts';
import { type Api, pathOf, productApi, save, show } from './support/scene.ts';
import { said } from './support/surface.ts';

/** Before the window: test/host/moved.before.ts. */
describe('a window that opens a folder which moved', () => {
  let api: Api;
  let editor: vscode.TextEditor;
  const chapter = () => vscode.Uri.file(pathOf('chapter.md'));

  before(async function () {
    if (!driven) this.skip();
    editor = await show(chapter());
    api = await productApi();
  });

  it('asks whether it moved, and records nothing until it is told', async () => {
    await said('Did the folder move here?');
    await statusSays('Not recorded');
    await assert.rejects(api.spans(chapter()));
  });

  it('told so, it goes on in the same record', async () => {
    await vscode.commands.executeCommand('notifications.showList');
    const button = '.notifications-center .monaco-button:has-text("It moved here")';
    await page.waitFor(button);
    await mouse.click(button);
    await statusSays('human');
    await typeAtEnd('Seen.');
    await save(editor.document);
    assert.deepEqual(await runs(api, chapter()), ['initial: Written long ago.\n', 'typed: Seen.']);
    assert.equal(journals().length, 1);
  });
});
