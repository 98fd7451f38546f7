import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { cli } from './support/cli.ts';
import { row } from './support/dialogs.ts';
import { driven, keyboard, page } from './support/driver.ts';
import { type Api, consent, pathOf, productApi, show, write } from './support/scene.ts';
import { said } from './support/surface.ts';
import { until } from './support/until.ts';

/** A label of AI use, from the palette to the list of problems. */
describe('a label of AI use', () => {
  let api: Api;
  let file: vscode.Uri;
  let document: vscode.TextDocument;
  const bare = '# The lamp\n\nThe boats came in at six.\n';

  before(async function () {
    if (!driven) this.skip();
    file = write('lamp.md', bare);
    await show(file);
    await consent(file);
    api = await productApi();
    document = await vscode.workspace.openTextDocument(file);
  });

  const onDisk = () => readFileSync(pathOf('lamp.md'), 'utf8');
  /** How many characters of which kind the text has, once the record has it. */
  const kinds = async () => {
    let found: Record<string, number> = {};
    await until('the spans of the text', async () => {
      const { spans, length } = await api.spans(file);
      found = {};
      for (const { kind, from, to } of spans) found[kind] = (found[kind] ?? 0) + to - from;
      return length === document.getText().length;
    });
    return found;
  };
  const choose = async (...answers: readonly string[]) => {
    for (const answer of answers) {
      await page.waitFor(row);
      await keyboard.type(answer);
      await page.waitFor(`${row}.focused:has-text("${answer}")`);
      await keyboard.press('Enter');
    }
  };
  const problems = () => vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Holograph');

  it('is written with both halves, saved and on record, and nothing of it is typed', async () => {
    const labelling = vscode.commands.executeCommand('holograph.labelWork', file);
    await choose('Contains AI-generated parts', 'Reviewed by a human');
    await said('Labels written: 1');
    await keyboard.press('Escape');
    await vscode.commands.executeCommand('notifications.clearAll');
    await labelling;
    assert.match(onDisk(), /^---\n# holograph:label 0\.2 ---\ndigitalSourceType: http:.*compositeSynthetic\n/);
    assert.match(onDisk(), /\nContains parts generated with an AI system\. Reviewed by a human\.\n/);
    assert.equal(document.isDirty, false);
    const { initial, ...rest } = await kinds();
    assert.deepEqual([initial, rest], [bare.length, { 'tool.snippet': document.getText().length - bare.length }]);
    const [entry] = JSON.parse(cli('label', '--check', '--json', pathOf('lamp.md'))).files;
    assert.deepEqual([entry.did, entry.faults], ['unchanged', []]);
  });

  it('is undone and done again as any edit', async () => {
    const labelled = document.getText();
    await show(file);
    await vscode.commands.executeCommand('undo');
    await until('the text without it', () => document.getText() === bare);
    await vscode.commands.executeCommand('redo');
    await until('the text with it', () => document.getText() === labelled);
    await document.save();
    assert.deepEqual(Object.keys(await kinds()).sort(), ['initial', 'tool.snippet']);
  });

  it('is a problem where it says something else, and is brought up to date from there', async () => {
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf('compositeSynthetic');
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + 'compositeSynthetic'.length));
    edit.replace(file, range, 'digitalCreation');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await until('the problem', () => problems().length === 1);
    assert.equal(problems()[0]?.code, 'label.altered');
    const [action] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      file,
      problems()[0]!.range,
    );
    assert.equal(action?.title, 'Update the label');
    const updating = vscode.commands.executeCommand(action!.command!.command, ...action!.command!.arguments!);
    await until('the label as the record has it', () => onDisk().includes('compositeSynthetic'));
    await until('no problem', () => problems().length === 0);
    await vscode.commands.executeCommand('notifications.clearAll');
    await updating;
  });

  it('is taken out to the letter', async () => {
    const removing = vscode.commands.executeCommand('holograph.labelWork', file);
    await choose('Take the label out');
    await until('the file without it', () => onDisk() === bare);
    await said('Labels taken out: 1');
    await vscode.commands.executeCommand('notifications.clearAll');
    await removing;
    assert.deepEqual(await kinds(), { initial: bare.length });
  });
});
