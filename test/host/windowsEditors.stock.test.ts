import { symlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { agrees } from './support/agreement.ts';
import { driven, keyboard, mouse, page } from './support/driver.ts';
import { runs } from './support/faults.ts';
import { type Api, consent, folder, pathOf, productApi, save, show, write } from './support/scene.ts';
import { until } from './support/until.ts';

const start = 'Before the editors.\n';

/** Several editors of one text in one window: it is one text, and one tracker has it. */
describe('several editors of one text', () => {
  let api: Api;

  before(async function () {
    if (!driven) this.skip();
    for (const name of ['split.md', 'diff.md', 'peek.md', 'link.md', 'from.md']) write(name, start);
    symlinkSync('link.md', pathOf('alias.md'));
    const split = at('split.md');
    await show(split);
    await consent(split);
    api = await productApi();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const at = (name: string) => vscode.Uri.joinPath(folder().uri, name);
  const of = (uri: vscode.Uri) => vscode.workspace.textDocuments.find(d => d.uri.toString() === uri.toString());

  async function type(uri: vscode.Uri, text: string): Promise<void> {
    await keyboard.type(text);
    await until(text, () => of(uri)?.getText().includes(text) === true);
  }

  async function recorded(name: string): Promise<string[]> {
    await until('the record', async () => (await api.spans(at(name))).current);
    return runs(api, at(name));
  }

  it('side by side: what is typed in one and in the other is typed once', async () => {
    const uri = at('split.md');
    await show(uri);
    await keyboard.press('Control+End');
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    await until('two editors', () => vscode.window.visibleTextEditors.length === 2);
    await page.waitFor('.monaco-editor.focused');
    await keyboard.press('Control+Home');
    await type(uri, 'Right. ');
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await keyboard.press('Control+End');
    await type(uri, 'Left.');
    await save(of(uri)!);
    agrees(await recorded('split.md'), ['typed: Right. ', `initial: ${start}`, 'typed: Left.']);
  });

  it('in a comparison, on the side that can be changed', async () => {
    const uri = at('diff.md');
    await vscode.commands.executeCommand('vscode.diff', at('from.md'), uri);
    const side = '.modified-in-monaco-diff-editor .view-lines';
    await page.waitFor(side);
    await mouse.click(side);
    await keyboard.press('Control+End');
    await type(uri, 'Compared.');
    await save(of(uri)!);
    agrees(await recorded('diff.md'), [`initial: ${start}`, 'typed: Compared.']);
  });

  it('in a peek, whose carets no extension is told of: typed or unknown, and nothing else', async () => {
    const [from, uri] = [at('from.md'), at('peek.md')];
    await show(from);
    const places = [new vscode.Location(uri, new vscode.Position(0, 6))];
    await vscode.commands.executeCommand('editor.action.peekLocations', from, new vscode.Position(0, 0), places);
    await page.waitFor('.peekview-widget .preview .view-lines');
    await mouse.click('.peekview-widget .preview .view-lines');
    await keyboard.press('Control+End');
    await type(uri, 'Peeked.');
    await save(of(uri)!);
    const found = await recorded('peek.md');
    agrees(
      found.map(run => run.replace(/^unknown: (?=[Peckd.]+$)/, 'typed: ')),
      [`initial: ${start}`, 'typed: Peeked.'],
    );
  });

  it('under another name, by a link: what is typed under either is typed', async () => {
    const [uri, alias] = [at('link.md'), at('alias.md')];
    await show(alias);
    await keyboard.press('Control+End');
    await type(alias, 'By the link. ');
    await save(of(alias)!);
    await show(uri);
    await until('the text', () => of(uri)?.getText().endsWith('link. ') === true);
    await keyboard.press('Control+End');
    await type(uri, 'By its name.');
    await save(of(uri)!);
    agrees(await recorded('link.md'), [`initial: ${start}`, 'typed: By the link. By its name.']);
  });
});
