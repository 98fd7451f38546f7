import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import * as vscode from 'vscode';
import { damagePages, refuseWrites } from '../support/harm.ts';
import { cli } from './support/cli.ts';
import { driven } from './support/driver.ts';
import { journals, runs, saidNothing, saidOnce, statusSays, typeAtEnd, watchThreads } from './support/faults.ts';
import { type Api, consent, pathOf, productApi, save, show, write } from './support/scene.ts';
import { until } from './support/until.ts';

const start = 'Before the record.\n';
/** “Старый текст” in windows-1251: no UTF-8. */
const cyrillic = Uint8Array.of(0xd1, 0xf2, 0xe0, 0xf0, 0xfb, 0xe9, 0x20, 0xf2, 0xe5, 0xea, 0xf1, 0xf2, 0x0a);

interface Unobserved {
  readonly unobserved: {
    readonly skipped: readonly { readonly path: string; readonly reason: string }[];
    readonly deleted: readonly { readonly path: string }[];
  };
}

describe('what the world does to a record', () => {
  let api: Api;
  let chapter: vscode.Uri;
  let editor: vscode.TextEditor;
  const threads = watchThreads();
  const unobserved = () => (JSON.parse(cli('report', '--json')) as Unobserved).unobserved;

  before(async function () {
    if (!driven) this.skip();
    chapter = write('chapter.md', start);
    write('closed.md', 'Nobody has it open.\n');
    write('old.txt', cyrillic);
    write('picture.bin', Uint8Array.of(0x89, 0, 1, 2, 0xff, 0));
    write('huge.txt', 'x'.repeat(20 * 1024 * 1024 + 1));
    write('.env', 'TOKEN=1\n');
    write('server.key', 'key\n');
    write('id_ed25519', 'key\n');
    editor = await show(chapter);
    await consent(chapter);
    api = await productApi();
  });
  after(() => threads.restore());

  describe('files that are no text, or not to be recorded', () => {
    it('one whose bytes are no known encoding is told of by name, once, and how it can be recorded', () =>
      saidOnce('old.txt: The encoding is not understood; this file is not recorded.', 'save it as UTF-8'));

    it('each stands in the report with its reason', () => {
      assert.deepEqual(
        unobserved()
          .skipped.map(({ path, reason }) => `${path} ${reason}`)
          .sort(),
        ['huge.txt large', 'old.txt encoding', 'picture.bin binary'],
      );
    });

    for (const [name, why] of [
      ['old.txt', 'encoding is not understood'],
      ['.env', 'hold secrets'],
      ['server.key', 'hold secrets'],
      ['id_ed25519', 'hold secrets'],
    ] as const) {
      it(`${name} in the editor: the status bar says that it is not recorded, and why`, async () => {
        await show(vscode.Uri.file(pathOf(name)));
        await statusSays('Not recorded');
        await statusSays(why);
        await assert.rejects(api.spans(vscode.Uri.file(pathOf(name))));
      });
    }

    it('one that is saved as UTF-8 is recorded from then on, and nothing of it is claimed to be typed', async () => {
      const uri = vscode.Uri.file(pathOf('old.txt'));
      const { document } = await show(uri);
      await typeAtEnd('more');
      await save(document);
      await until('the record', async () => (await api.spans(uri).catch(() => undefined))?.current === true);
      assert.deepEqual(await runs(api, uri), [`unknown: ${document.getText()}`]);
      await typeAtEnd('!');
      await save(document);
      assert.deepEqual((await runs(api, uri)).at(-1), 'typed: !');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    });
  });

  describe('a file that vanishes', () => {
    it('open: one message names it, its text goes on being recorded, and a save brings it back', async () => {
      editor = await show(chapter);
      await typeAtEnd('Kept. ');
      rmSync(chapter.fsPath);
      await saidOnce('chapter.md: This recorded file has vanished from the disk.', 'saving its text brings');
      await typeAtEnd('And more. ');
      await save(editor.document);
      assert.equal(readFileSync(chapter.fsPath, 'utf8'), `${start}Kept. And more. `);
      assert.deepEqual(await runs(api, chapter), [`initial: ${start}`, 'typed: Kept. And more. ']);
    });

    it('closed: nobody is interrupted, and the report names it', async () => {
      rmSync(pathOf('closed.md'));
      await until('the deletion in the report', () => unobserved().deleted.some(({ path }) => path === 'closed.md'));
      await saidNothing();
    });
  });

  describe('the journal', () => {
    it('a worker that dies is started again: told once, and nothing is lost', async () => {
      const before = threads.all.length;
      await typeAtEnd('One ');
      void threads.all.at(-1)?.terminate();
      await typeAtEnd('two ');
      await saidOnce('The recording process ended and was started again.');
      await typeAtEnd('three ');
      await save(editor.document);
      void threads.all.at(-1)?.terminate();
      await typeAtEnd('four. ');
      await save(editor.document);
      assert.deepEqual(await runs(api, chapter), [`initial: ${start}`, 'typed: Kept. And more. One two three four. ']);
      assert.equal(threads.all.length, before + 2);
      await saidNothing();
    });

    it('a disk that takes nothing makes the record wait: told once, and all of it is written afterwards', async function () {
      const allow = refuseWrites(`${journals()[0]}-wal`);
      if (allow === undefined) {
        console.log('skipped: no file can be made unchangeable here');
        this.skip();
      }
      try {
        await typeAtEnd('Waiting. ');
        await statusSays('Record interrupted');
        await statusSays('events wait in memory');
        await saidOnce('The disk does not accept the record.', 'events wait in memory');
        await typeAtEnd('Still. ');
      } finally {
        allow();
      }
      await statusSays('human');
      await save(editor.document);
      assert.match((await runs(api, chapter)).at(-1) ?? '', /^typed: .*Waiting\. Still\. $/);
      await saidNothing();
    });

    it('a journal that is damaged at work is set aside: told once, and recording goes on in another', async () => {
      const [first = ''] = journals();
      const merge = new Database(first);
      merge.pragma('wal_checkpoint(TRUNCATE)');
      damagePages(first);
      merge.close();
      await saidOnce('The record is damaged.', 'set aside untouched', 'goes on in a new one');
      await until('a second journal', () => journals().length === 2);
      await statusSays('human');
      const before = editor.document.getText();
      await typeAtEnd('After it.');
      await save(editor.document);
      assert.equal(readFileSync(chapter.fsPath, 'utf8'), `${before}After it.`);
      assert.deepEqual(await runs(api, chapter), [`unknown: ${before}`, 'typed: After it.']);
      assert.ok(
        readFileSync(first)
          .subarray(4096, 8192)
          .every(byte => byte === 0xab),
      );
      await saidNothing();
    });
  });
});
