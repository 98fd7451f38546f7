import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { SmallDisk } from '../support/smallDisk.ts';
import { driven } from './support/driver.ts';
import { home, runs, saidNothing, saidOnce, statusSays, typeAtEnd, watchThreads } from './support/faults.ts';
import { type Api, productApi, save, show, write } from './support/scene.ts';
import { until } from './support/until.ts';

const start = 'Before the record.\n';
const stopped = 'nothing in this folder is recorded; Holograph tries again by itself';

describe('consent, where nothing can be recorded yet', () => {
  let api: Api;
  let chapter: vscode.Uri;
  let editor: vscode.TextEditor;
  let disk: SmallDisk | undefined;

  /** As the person does it: the command's own answer may wait for a click. */
  const consents = () => void vscode.commands.executeCommand('holograph.startRecording');

  before(async function () {
    if (!driven) this.skip();
    chapter = write('chapter.md', start);
    editor = await show(chapter);
    api = await productApi();
  });
  after(() => disk?.unmount());

  it('a runtime too old for SQLite is told of each time that recording is asked for, and the editor goes on', async () => {
    const old = write('../old-runtime.cjs', oldRuntime);
    const threads = watchThreads({ execArgv: ['--require', old.fsPath] });
    try {
      for (let time = 0; time < 2; time++) {
        consents();
        await saidOnce('This editor is too old for Holograph’s record.', 'nothing is recorded until then');
        await statusSays('Record interrupted');
      }
      await typeAtEnd('Unseen. ');
      await assert.rejects(api.spans(chapter));
      assert.equal(editor.document.getText(), `${start}Unseen. `);
    } finally {
      threads.restore();
      rmSync(old.fsPath);
    }
  });

  it('a data folder that cannot be written: one message, which says that nothing is recorded', async () => {
    renameSync(home(), `${home()}.kept`);
    writeFileSync(home(), 'a file stands where the folder should be');
    consents();
    await saidOnce('The record’s folder cannot be written.', stopped);
    await statusSays('Record interrupted');
    await typeAtEnd('Unseen too. ');
    await assert.rejects(api.spans(chapter));
  });

  it('recording begins by itself when it can, and claims nothing of what it did not see', async () => {
    rmSync(home());
    mkdirSync(home(), { mode: 0o700 });
    disk = SmallDisk.mount(home(), 1_000_000);
    await statusSays('human');
    await typeAtEnd('Seen.');
    await save(editor.document);
    assert.deepEqual(await runs(api, chapter), [`initial: ${start}Unseen. Unseen too. `, 'typed: Seen.']);
    await saidNothing();
  });

  it('a full disk makes the record wait: told once, and all of it is written when there is room', async function () {
    if (disk === undefined) {
      console.log('skipped: no file system can be mounted here');
      this.skip();
    }
    const filler = join(home(), 'filler');
    assert.throws(() => writeFileSync(filler, Buffer.alloc(2_000_000)), /ENOSPC/);
    const words = 'and so on '.repeat(2000);
    await editor.edit(builder => builder.insert(editor.document.lineAt(0).range.start, words));
    await typeAtEnd(' Waiting.');
    await saidOnce('The disk is full. Free some space.', 'events wait in memory');
    await statusSays('Record interrupted');
    await typeAtEnd(' Still.');
    rmSync(filler);
    disk.resize(8_000_000);
    await statusSays('human');
    await save(editor.document);
    await until('the record', async () => (await api.spans(chapter)).current);
    assert.deepEqual(await runs(api, chapter), [
      `unknown: ${words}`,
      `initial: ${start}Unseen. Unseen too. `,
      'typed: Seen. Waiting. Still.',
    ]);
    await saidNothing();
  });
});

/** What a runtime says of itself that is too old: Node 20 has Node-API 9. */
const oldRuntime = `
const versions = { ...process.versions, napi: '9' };
Object.defineProperty(process, 'versions', { value: versions });
`;
