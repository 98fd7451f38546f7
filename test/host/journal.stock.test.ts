import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as vscode from 'vscode';
import type { Verification } from '../../src/evidence/verification.ts';
import { needsOpenssl, TimeAuthority } from '../support/timeAuthority.ts';
import { TimeServer } from '../support/timeServer.ts';
import { cli } from './support/cli.ts';
import { tellsPath } from './support/dialogs.ts';
import { clipboard, driven, keyboard, mouse, page, palette, windows } from './support/driver.ts';
import { home, journals, runs, typeAtEnd } from './support/faults.ts';
import { openByName, openWindow } from './support/otherWindow.ts';
import { type Api, consent, kindsOf, productApi, type SpansDocument, save, show, write } from './support/scene.ts';
import { said, settings } from './support/surface.ts';
import { until } from './support/until.ts';

const start = 'Saffron grew before the record.\n';
const dialog = '.monaco-dialog-box';
const fingerprintIn = (text: string) => /(?:[0-9a-f]{4} ){15}[0-9a-f]{4}/u.exec(text)?.[0];

/** Where a word stands in the bytes of a folder's files; asked in a process of its own, which takes no locks away here. */
function places(word: string, below: string): string[] {
  const path = vscode.extensions.getExtension('holograph.holograph')?.extensionPath ?? '';
  const script = pathToFileURL(join(path, 'test/support/everyByte.ts')).href;
  const ask = `import { placesOf } from '${script}'; console.log(JSON.stringify(placesOf(...process.argv.slice(1))));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', ask, word, below], { encoding: 'utf8' }),
  ) as string[];
}

describe('the journal, as a person cares for it', () => {
  let api: Api;
  let chapter: vscode.Uri;
  let editor: vscode.TextEditor;
  let beside = 0;
  /** A seal line. */
  let line = '';

  /** What is verified of the journal, whatever its exit code is. */
  const verified = (...more: string[]) => JSON.parse(cli('verify', journals()[0]!, '--json', ...more)) as Verification;
  const quiet = () => vscode.commands.executeCommand('notifications.clearAll');
  /** Runs a command in the window beside: the one under test shows no questions. */
  const asks = async (title: string) => {
    await windows.use(beside);
    await palette.run(`Holograph: ${title}`);
  };
  const answers = async (button: string) => {
    await page.waitFor(dialog);
    await mouse.click(`${dialog} .monaco-button:has-text("${button}")`);
  };
  /** Waits for a message in the window beside, gives it, and goes back to the own one. Messages stand behind the bell. */
  const told = async (words: string) => {
    const center = '.notifications-center.visible';
    const message = `${center} .notification-list-item-message:has-text("${words}")`;
    await until(`“${words}” in the window beside`, async () => {
      if ((await page.count(center)) === 0) await mouse.click('[id="status.notifications"]');
      return (await page.count(message)) > 0;
    });
    const [text = ''] = await page.text(message);
    await palette.run('Notifications: Clear All Notifications');
    await windows.use(0);
    return text;
  };
  const recorded = () =>
    until('the record of the file as it stands', () => {
      return (JSON.parse(cli('spans', chapter.fsPath, '--json')) as SpansDocument).current;
    });

  before(async function () {
    this.timeout(120_000);
    if (!driven) this.skip();
    chapter = write('chapter.md', start);
    editor = await show(chapter);
    await consent(chapter);
    api = await productApi();
    await typeAtEnd('More saffron. ');
    await save(editor.document);
    await quiet();
    beside = await openWindow({});
    await windows.use(0);
  });

  describe('another program that writes the file within a save', () => {
    const agree = async (foreign: string) => {
      await recorded();
      // VS Code may take the bytes of the other program for its own, and go on showing what it had.
      if (editor.document.getText() !== readFileSync(chapter.fsPath, 'utf8'))
        await vscode.commands.executeCommand('workbench.action.files.revert');
      await until('one text in the editor and on the disk', () => {
        return !editor.document.isDirty && editor.document.getText() === readFileSync(chapter.fsPath, 'utf8');
      });
      await until('the spans of it', async () => (await api.spans(chapter)).current);
      const kinds = kindsOf(await api.spans(chapter));
      const text = editor.document.getText();
      const at = text.indexOf(foreign);
      assert.ok(at >= 0, text);
      assert.deepEqual([...new Set(kinds.slice(at, at + foreign.length))], ['external.disk']);
      assert.deepEqual(verified().wrong, []);
    };

    // VS Code takes the other program's bytes for its own one time in four.
    for (const time of ['once', 'again', 'a third time']) {
      it(`as soon as the editor has written, ${time}: all three agree, and nothing of it is typed`, async () => {
        await typeAtEnd('One. ');
        const mine = editor.document.getText();
        const saving = editor.document.save();
        await until('the editor’s bytes', () => readFileSync(chapter.fsPath, 'utf8') === mine);
        writeFileSync(chapter.fsPath, `${mine}[from a program, ${time}]\n`);
        await saving;
        await agree(`[from a program, ${time}]`);
      });
    }

    it('just when the save is told of', async () => {
      await typeAtEnd('Two. ');
      const told = new Promise<void>(resolve => {
        const listening = vscode.workspace.onDidSaveTextDocument(document => {
          listening.dispose();
          writeFileSync(chapter.fsPath, `${document.getText()}[from a program, just then]\n`);
          resolve();
        });
      });
      await editor.document.save();
      await told;
      await agree('[from a program, just then]');
    });

    it('before the editor writes: it does not save over that; the person takes the other text', async () => {
      await typeAtEnd('Three. ');
      const before = readFileSync(chapter.fsPath, 'utf8');
      const listening = vscode.workspace.onWillSaveTextDocument(() => {
        listening.dispose();
        writeFileSync(chapter.fsPath, `${before}[from a program, before]\n`);
      });
      if (!(await editor.document.save()) || editor.document.isDirty)
        await vscode.commands.executeCommand('workbench.action.files.revert');
      await until('a text that is saved', () => !editor.document.isDirty);
      await recorded();
      assert.deepEqual(verified().wrong, []);
      const [first, ...others] = await runs(api, chapter);
      assert.equal(first, `initial: ${start}`);
      assert.ok(!others.some(run => run.startsWith('typed') && run.includes('[from')), others.join());
      await quiet();
    });
  });

  describe('the signing key', () => {
    const shown = async () => {
      await asks('Show the Signing Key’s Fingerprint');
      return fingerprintIn(await told('This editor signs with the key'));
    };

    it('is shown, and replaced after a question; the one before stands for it in the journal', async () => {
      const old = await shown();
      await asks('Replace the Signing Key…');
      await answers('Replace the Key');
      const fingerprint = fingerprintIn(await told('The new key signs from now on'));
      assert.ok(old && fingerprint && fingerprint !== old);
      assert.equal(await shown(), fingerprint);
      await asks('Copy a Seal Line for a Witness');
      await told('seal line');
      line = await clipboard.read();
      assert.match(line, /^holograph-seal:1:/);
      assert.ok(verified('--since', line).anchoredTo);
      for (const key of [fingerprint, old]) assert.ok(verified('--key', key).keyKnown, key);
    });
  });

  describe('a passage that is taken out', () => {
    it('stands in no byte of any file afterwards; spans and proofs stay', async () => {
      const text = editor.document.getText();
      const kinds = kindsOf(await api.spans(chapter));
      assert.notDeepEqual(places('Saffron', home()), []);
      await windows.use(beside);
      await openByName('chapter.md');
      await keyboard.press('Control+Home');
      await keyboard.press('Control+Shift+ArrowRight');
      await asks('Take Out a Passage…');
      await page.waitFor('.quick-input-list .monaco-list-row.focused:has-text("The selected passage")');
      await keyboard.press('ArrowDown');
      await page.waitFor('.quick-input-list .monaco-list-row.focused:has-text("everywhere")');
      await keyboard.press('Enter');
      await page.waitFor('.quick-input-widget:has-text("Why? This is recorded")');
      await keyboard.type('a trade secret');
      await keyboard.press('Enter');
      await answers('Take Out for Good');
      await told('Taken out of the record');
      await until('files without the word', () => {
        return places('Saffron', home()).length + places('saffron', home()).length === 0;
      });
      assert.equal(readFileSync(chapter.fsPath, 'utf8'), text);
      await until('the same spans', async () => kindsOf(await api.spans(chapter)).join() === kinds.join());
      const { wrong, notChecked } = verified('--since', line);
      assert.deepEqual(wrong, []);
      assert.ok(notChecked.some(({ why }) => why === 'redacted'));
    });
  });

  describe('an outside clock', () => {
    let authority: TimeAuthority | undefined;
    let server: TimeServer | undefined;
    before(async function () {
      needsOpenssl(this);
      const clock = new TimeAuthority();
      authority = clock;
      server = await TimeServer.start(query => clock.reply(query));
    });
    after(async () => {
      await settings({ 'holograph.timestampServers': undefined });
      await server?.stop();
      authority?.remove();
    });

    it('stamps the newest state when the person has agreed, and the stamp is good', async () => {
      await settings({ 'holograph.timestampServers': [`${server!.url}?key=OnlyMine`] });
      await asks('Have the Record Time-Stamped…');
      await answers('Agree');
      await told('events of the record existed on');
      const roots = write('../roots.pem', authority!.root).fsPath;
      const { timeStamps, wrong, anchoredAt } = verified('--roots', roots);
      rmSync(roots);
      assert.deepEqual([wrong, timeStamps.map(({ standing }) => standing)], [[], ['given']]);
      assert.ok(anchoredAt);
      assert.deepEqual(places('OnlyMine', home()), []);
    });
  });

  describe('a backup', () => {
    it('is made where the person says, while it is recorded; it verifies, and has nothing of what was taken out', async () => {
      await show(chapter);
      await typeAtEnd('Later. ');
      const below = join(dirname(home()), 'kept');
      mkdirSync(below);
      const target = join(below, 'kept.holograph');
      await palette.run('Holograph: Back Up the Record…');
      await tellsPath(target);
      await said('kept.holograph');
      const { consistent, subject } = JSON.parse(cli('verify', target, '--json')) as Verification;
      assert.ok(consistent);
      assert.equal(subject.journal, verified().subject.journal);
      assert.deepEqual(
        places('affron', dirname(target)).filter(place => place.startsWith('kept')),
        [],
      );
      rmSync(below, { recursive: true });
    });
  });
});
