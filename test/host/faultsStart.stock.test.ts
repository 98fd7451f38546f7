import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { driven } from './support/driver.ts';
import { home, journals, runs, saidNothing, saidOnce, statusSays, typeAtEnd } from './support/faults.ts';
import { type Api, pathOf, productApi, save, show } from './support/scene.ts';

const start = 'Written long ago.\n';

/** Before the window: test/host/faultsStart.before.ts. */
describe('a window that opens a folder whose record was hurt', () => {
  let api: Api;
  let editor: vscode.TextEditor;
  const chapter = () => vscode.Uri.file(pathOf('chapter.md'));
  const paths = process.env.PATH;

  before(async function () {
    if (!driven) this.skip();
    editor = await show(chapter());
    api = await productApi();
  });
  after(() => {
    process.env.PATH = paths;
  });

  it('says once that the data folder cannot be written, and that nothing is recorded until it can', async () => {
    await saidOnce('The record’s folder cannot be written.', 'nothing in this folder is recorded');
    await statusSays('Record interrupted');
    await typeAtEnd('Unseen. ');
    assert.equal(editor.document.getText(), `${start}Unseen. `);
  });

  it('then finds the journal damaged and git gone: one message each, and recording goes on', async () => {
    mkdirSync(pathOf('.git'));
    writeFileSync(pathOf('ignored.tmp'), 'git would leave it out\n');
    process.env.PATH = join(home(), 'nothing');
    rmSync(home());
    renameSync(`${home()}.kept`, home());
    const [damaged = ''] = journals();
    const bytes = readFileSync(damaged);
    await saidOnce(['The record is damaged.', 'set aside untouched'], ['Git could not be asked', 'are recorded too']);
    await statusSays('human');
    assert.ok(readFileSync(damaged).equals(bytes), 'the damaged journal lies as it was');
    await typeAtEnd('Seen.');
    await save(editor.document);
    assert.deepEqual(await runs(api, chapter()), [`unknown: ${start}Unseen. `, 'typed: Seen.']);
    assert.equal((await api.spans(vscode.Uri.file(pathOf('ignored.tmp')))).current, true);
    await saidNothing();
  });
});
