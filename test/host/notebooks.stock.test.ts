import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { clipboard, driven, keyboard, page } from './support/driver.ts';
import { type Api, breath, consent, kindsOf, productApi, write } from './support/scene.ts';
import { until } from './support/until.ts';

const notebook = {
  cells: [
    { cell_type: 'markdown', id: 'aaaa1111', metadata: {}, source: ['# Title\n', 'Said "so".'] },
    {
      cell_type: 'code',
      execution_count: 1,
      id: 'bbbb2222',
      metadata: {},
      outputs: [{ name: 'stdout', output_type: 'stream', text: ['hi\n'] }],
      source: ['print("hi")\n', 'x = 1'],
    },
  ],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};

const run = (command: string) => vscode.commands.executeCommand(command);

describe('notebooks', () => {
  let api: Api;
  let file: vscode.Uri;
  let editor: vscode.NotebookEditor;
  const cells = () => editor.notebook.getCells().map(cell => cell.document.getText());

  before(async function () {
    if (!driven) this.skip();
    file = write('n.ipynb', `${JSON.stringify(notebook, null, 1)}\n`);
    await consent(file);
    api = await productApi();
    await run('vscode.open').then(undefined, () => undefined);
    await vscode.commands.executeCommand('vscode.open', file);
    await until('the notebook', () => vscode.window.activeNotebookEditor?.notebook.cellCount === 2);
    editor = vscode.window.activeNotebookEditor!;
  });

  /** Shows a cell's text for typing, the caret at its end. */
  async function edit(index: number): Promise<void> {
    await until(`cell ${index} with the caret`, async () => {
      editor.selections = [new vscode.NotebookRange(index, index + 1)];
      await run('notebook.cell.edit');
      await breath(300);
      const { activeTextEditor: at } = vscode.window;
      return (
        at?.document === editor.notebook.cellAt(index).document && (await page.count('.monaco-editor.focused')) > 0
      );
    });
    await keyboard.press('Control+End');
  }

  const types = async (text: string, index: number) => {
    await keyboard.type(text);
    await until(text, () => cells()[index]?.endsWith(text.split('\n').at(-1)!) === true);
    await breath(200);
  };

  /** The saved file's characters of one kind, run by run. */
  async function saved(kind: string): Promise<string[]> {
    await editor.notebook.save();
    await until('the save', () => !editor.notebook.isDirty);
    const text = readFileSync(file.fsPath, 'utf8');
    let found: readonly string[] = [];
    await until('the saved text', async () => {
      const spans = await api.spans(file);
      found = kindsOf(spans);
      return spans.current && found.length === text.length;
    });
    const runs: string[] = [];
    for (const [i, of] of found.entries()) {
      if (of !== kind) continue;
      if (found[i - 1] === kind) runs.push(runs.pop()! + text[i]);
      else runs.push(text[i]!);
    }
    return runs;
  }

  it('what is typed into cells is typed, and nothing else is', async () => {
    await edit(1);
    await types(' + 2', 1);
    await edit(0);
    await types(' Oh', 0);
    assert.deepEqual(await saved('typed'), [' Oh', ' + 2']);
    assert.deepEqual(await saved('unknown'), []);
    assert.ok((await saved('initial')).join('').includes('hi'));
  });

  it('a paste into a cell is a paste, of one letter too', async () => {
    await edit(1);
    await clipboard.writeExternal('Q');
    await keyboard.press('Control+v');
    await until('the paste', () => cells()[1]!.endsWith('Q'));
    await breath(300);
    await clipboard.writeExternal('pasted words');
    await keyboard.press('Control+v');
    await until('the paste', () => cells()[1]!.endsWith('pasted words'));
    await breath(300);
    assert.deepEqual(await saved('typed'), [' Oh', ' + 2']);
    assert.deepEqual(await saved('pasted.external'), ['Qpasted words']);
  });

  it('a cell that moves, is copied, deleted and brought back keeps what it is', async () => {
    editor.selections = [new vscode.NotebookRange(1, 2)];
    await run('notebook.cell.moveUp');
    await until('the move', () => cells()[0]!.startsWith('print'));
    assert.deepEqual(await saved('typed'), [' + 2', ' Oh']);
    await run('notebook.cell.copyDown');
    await until('the copy', () => cells().length === 3);
    assert.deepEqual(await saved('typed'), [' + 2', ' + 2', ' Oh']);
    await run('notebook.cell.delete');
    await until('the deletion', () => cells().length === 2);
    assert.deepEqual(await saved('typed'), [' + 2', ' Oh']);
    await run('undo');
    await until('the return', () => cells().length === 3);
    assert.deepEqual(await saved('typed'), [' + 2', ' + 2', ' Oh']);
  });

  it('a cell of another kind, split or joined keeps what it is', async () => {
    await run('notebook.cell.changeToMarkdown');
    await until('another kind', () => editor.notebook.getCells().filter(cell => cell.kind === 1).length === 2);
    assert.deepEqual(await saved('typed'), [' + 2', ' + 2', ' Oh']);
    await edit(0);
    await keyboard.press('ArrowUp');
    await keyboard.press('End');
    await keyboard.press('ArrowRight');
    await run('notebook.cell.split');
    await until('the parts', () => cells().length === 4);
    assert.deepEqual((await saved('typed')).join('|'), ' + 2| + 2| Oh');
    assert.deepEqual(await saved('unknown'), []);
    editor.selections = [new vscode.NotebookRange(1, 2)];
    await run('notebook.cell.joinAbove');
    await until('one cell', () => cells().length === 3);
    assert.deepEqual((await saved('typed')).join('|'), ' + 2| + 2| Oh');
    assert.deepEqual(await saved('unknown'), []);
  });

  it('what another program writes into the file is not typed, and the rest stays', async () => {
    const before = readFileSync(file.fsPath, 'utf8');
    writeFileSync(file.fsPath, before.replace('Said', 'Stated'));
    await until('the reload', () => cells().some(text => text.includes('Stated')));
    await edit(cells().length - 1);
    await types('!', cells().length - 1);
    assert.deepEqual((await saved('typed')).join('|'), ' + 2| + 2| Oh!');
    // The quote is before the first word of a line of which nothing else stood beside it: it goes with the word.
    const outside = await saved('external.disk');
    assert.ok(outside.includes('"Stated'), `${outside}`);
  });

  it('a notebook that is opened again is what it was', async () => {
    await run('workbench.action.closeAllEditors');
    await until('no notebook', () => vscode.workspace.notebookDocuments.length === 0);
    await vscode.commands.executeCommand('vscode.open', file);
    await until('the notebook', () => vscode.window.activeNotebookEditor !== undefined);
    editor = vscode.window.activeNotebookEditor!;
    await edit(0);
    await types(' And\nEnd', 0);
    const typed = (await saved('typed')).join('|');
    assert.equal(typed, ' + 2| And|\n|End| + 2| Oh!');
    assert.deepEqual(await saved('unknown'), []);
  });
});
