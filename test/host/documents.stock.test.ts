import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { cli } from './support/cli.ts';
import { driven } from './support/driver.ts';
import { runs, typeAtEnd } from './support/faults.ts';
import { type Api, breath, consent, pathOf, productApi, save, show, write } from './support/scene.ts';
import { until } from './support/until.ts';

const start = 'A sentence that was there before recording began.\n';
const uriOf = (name: string) => vscode.Uri.file(pathOf(name));

/** Paths of the files that the report shows. */
const reported = () =>
  (JSON.parse(cli('report', '--json')) as { files: { path: string }[] }).files.map(({ path }) => path);

/** Files that move, are linked, or come under another name. */
describe('documents and their names', () => {
  let api: Api;
  const has = (name: string, ...wanted: string[]) =>
    until(`${name}: ${wanted.join(' | ')}`, async () => {
      const found = await runs(api, uriOf(name)).catch((error: Error) => [error.message]);
      if (found.join(' | ') === wanted.join(' | ')) return true;
      last = found.join(' | ');
      return false;
    }).catch((error: Error) => {
      throw new Error(`${error.message}; it is ${last}`);
    });
  let last = '';
  const rename = async (from: string, to: string) => {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(uriOf(from), uriOf(to));
    return vscode.workspace.applyEdit(edit);
  };
  const typed = async (name: string, text: string) => {
    const editor = await show(uriOf(name));
    await typeAtEnd(text);
    return editor.document;
  };

  before(async function () {
    if (!driven) this.skip();
    mkdirSync(pathOf('part'));
    for (const name of ['a.md', 'b.md', 'part/one.md', 'part/two.md', 'real.md', 'moved.md', 'kept.md'])
      write(name, start);
    symlinkSync(pathOf('real.md'), pathOf('link.md'));
    await consent(uriOf('a.md'));
    api = await productApi();
  });

  it('a text that is renamed while it is open stays what it was', async () => {
    await save(await typed('a.md', 'Mine.'));
    assert.equal(await rename('a.md', 'c.md'), true);
    await save(await typed('c.md', ' On.'));
    await has('c.md', `initial: ${start}`, 'typed: Mine. On.');
    assert.ok(!reported().includes('a.md') && reported().includes('c.md'));
  });

  it('a text that is renamed unsaved keeps what was not saved', async () => {
    await typed('b.md', 'Unsaved.');
    assert.equal(await rename('b.md', 'd.md'), true);
    await save(await typed('d.md', ' On.'));
    await has('d.md', `initial: ${start}`, 'typed: Unsaved. On.');
  });

  it('a rename that fails renames nothing', async () => {
    await save(await typed('kept.md', 'Kept.'));
    assert.equal(await rename('kept.md', 'c.md'), false);
    await breath();
    await save(await typed('kept.md', ' On.'));
    await has('kept.md', `initial: ${start}`, 'typed: Kept. On.');
    await has('c.md', `initial: ${start}`, 'typed: Mine. On.');
  });

  it('a folder that is renamed takes its texts along, open or not', async () => {
    await save(await typed('part/one.md', 'One.'));
    assert.equal(await rename('part', 'chapter'), true);
    await save(await typed('chapter/one.md', ' On.'));
    await has('chapter/one.md', `initial: ${start}`, 'typed: One. On.');
    await has('chapter/two.md', `initial: ${start}`);
  });

  it('a file that another program moves is the same document', async () => {
    // A text that is opened through the interface for extensions stays open for minutes.
    await vscode.commands.executeCommand('vscode.open', uriOf('moved.md'), { preview: false });
    await until('the text', () => vscode.window.activeTextEditor?.document.uri.path.endsWith('moved.md') === true);
    await typeAtEnd('Moved.');
    await save(vscode.window.activeTextEditor!.document);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until('the end of its text', () =>
      vscode.workspace.textDocuments.every(d => !d.uri.path.endsWith('moved.md')),
    );
    renameSync(pathOf('moved.md'), pathOf('elsewhere.md'));
    await has('elsewhere.md', `initial: ${start}`, 'typed: Moved.');
    assert.ok(!reported().includes('moved.md'));
  });

  it('a folder that another program moves takes its files along', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('no text', () => vscode.workspace.textDocuments.every(d => !d.uri.path.includes('/chapter/')));
    renameSync(pathOf('chapter'), pathOf('volume'));
    await has('volume/one.md', `initial: ${start}`, 'typed: One. On.');
    await has('volume/two.md', `initial: ${start}`);
    await until('the new paths only', () => reported().every(path => !path.startsWith('chapter/')));
  });

  it('a file and a link to it are one document', async () => {
    const real = await typed('real.md', 'By its name.');
    await save(real);
    const link = await typed('link.md', ' By the link.');
    await save(link);
    await until('the reload', () => real.getText().endsWith('By the link.'));
    await has('real.md', `initial: ${start}`, 'typed: By its name. By the link.');
    await save(await typed('real.md', ' Again.'));
    await has('real.md', `initial: ${start}`, 'typed: By its name. By the link. Again.');
    assert.ok(!reported().includes('link.md'));
  });

  it('a link that leads out of the folder is not recorded', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'holograph-elsewhere-'));
    writeFileSync(join(elsewhere, 'private.md'), 'Not for the record.\n');
    symlinkSync(join(elsewhere, 'private.md'), pathOf('out.md'));
    symlinkSync(elsewhere, pathOf('outside'));
    for (const name of ['out.md', 'outside/private.md']) {
      await save(await typed(name, 'Private.'));
      await breath();
      await assert.rejects(api.spans(uriOf(name)), name);
    }
    assert.ok(!cli('prompts', '--json').includes('private'));
    assert.deepEqual(
      reported().filter(path => path.includes('out')),
      [],
    );
  });
});
