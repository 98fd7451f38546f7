import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { driven, keyboard, page } from './support/driver.ts';
import { typeAtEnd } from './support/faults.ts';
import { type Api, kindsOf, productApi, save, show, spansOrNothing } from './support/scene.ts';
import { plain } from './support/truth.ts';
import { until } from './support/until.ts';

/** A window of three folders: two are recorded, one is not. */
describe('several folders in one window', () => {
  let api: Api;
  const at = (folder: number, name: string) =>
    vscode.Uri.joinPath(vscode.workspace.workspaceFolders![folder]!.uri, name);

  before(async function () {
    if (!driven) this.skip();
    assert.equal(vscode.workspace.workspaceFolders?.length, 3);
    api = await productApi();
    for (const folder of [0, 1]) {
      await show(at(folder, 'text.md'));
      // The folder of the text that is shown.
      await vscode.commands.executeCommand('holograph.startRecording');
      await until('the first spans', async () => (await spansOrNothing(api, at(folder, 'text.md'))) !== undefined);
    }
  });

  /** Kinds of the saved text's characters, run by run. */
  async function runs(uri: vscode.Uri, text: string): Promise<string[]> {
    let kinds: readonly string[] = [];
    await until(`the saved text of ${uri.path}`, async () => {
      const spans = await spansOrNothing(api, uri);
      kinds = spans ? kindsOf(spans) : [];
      return spans?.current === true && kinds.length === text.length;
    });
    const out: string[] = [];
    for (const [i, kind] of kinds.entries()) {
      if (kinds[i - 1] === kind) out.push(out.pop()! + text[i]);
      else out.push(`${kind}: ${text[i]}`);
    }
    return out;
  }

  async function written(folder: number, text: string): Promise<vscode.TextDocument> {
    const { document } = await show(at(folder, 'text.md'));
    await typeAtEnd(text);
    await save(document);
    return document;
  }

  it('each is recorded in its own record, and the third in none', async () => {
    for (const folder of [0, 1]) {
      const document = await written(folder, `Typed ${folder}.`);
      assert.deepEqual((await runs(document.uri, plain(document))).slice(1), [`typed: Typed ${folder}.`]);
    }
    await written(2, 'Not recorded.');
    await assert.rejects(api.spans(at(2, 'text.md')));
  });

  it('a file that moves to another recorded folder is never called typed there unless it was', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(at(0, 'text.md'), at(1, 'moved.md'));
    assert.ok(await vscode.workspace.applyEdit(edit));
    const { document } = await show(at(1, 'moved.md'));
    await typeAtEnd(' More.');
    await save(document);
    const found = await runs(document.uri, plain(document));
    assert.equal(found.at(-1), 'typed:  More.');
    assert.ok(
      found.slice(0, -1).every(run => !run.startsWith('typed') || run === 'typed: Typed 0.'),
      `${found}`,
    );
  });

  it('a file that moves out of the recorded folders is recorded no more', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(at(1, 'moved.md'), at(2, 'moved.md'));
    assert.ok(await vscode.workspace.applyEdit(edit));
    const { document } = await show(at(2, 'moved.md'));
    await typeAtEnd(' Out.');
    await save(document);
    await assert.rejects(api.spans(document.uri));
    await until(
      'the end of the old path',
      async () => (await spansOrNothing(api, at(1, 'moved.md')))?.current !== true,
    );
  });

  it('a text without a name counts for the first recorded folder, and keeps its origin when it is saved there', async () => {
    const there = at(0, 'untitled.md');
    const document = await vscode.workspace.openTextDocument(there.with({ scheme: 'untitled' }));
    await vscode.window.showTextDocument(document);
    await page.waitFor('.monaco-editor.focused');
    await keyboard.type('Words without a name.');
    await until('the words', () => document.getText() === 'Words without a name.');
    await document.save();
    assert.deepEqual(await runs(there, 'Words without a name.'), ['typed: Words without a name.']);
  });
});
