import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { cli } from './support/cli.ts';
import { driven, keyboard, mouse, page, palette } from './support/driver.ts';
import { folder, show, write } from './support/scene.ts';
import { inPanel, marks, notifications, said, settings, statusBar } from './support/surface.ts';
import { until } from './support/until.ts';

const initial = '# Winter\n\nThis line stood here before the record began.\n';
const isQuestion = (text: string) => text.includes('Shall Holograph record');
const settled = { timeout: 30_000 };

describe('what a person sees', () => {
  let file: vscode.Uri;

  before(async function () {
    if (!driven) this.skip();
    file = write('chapter.md', initial);
    write('broken.txt', Uint8Array.of(0x61, 0xff, 0x62));
    await show(file);
    await page.waitFor(statusBar);
  });

  afterEach(async () => {
    await settings({ 'holograph.language': undefined, 'workbench.colorTheme': undefined });
  });

  describe('consent', () => {
    it('is not asked of a person who only reads, and the status bar says that nothing is recorded', async () => {
      await until('the state', async () => (await page.text(statusBar)).join().includes('Not recorded'));
      assert.deepEqual((await notifications()).filter(isQuestion), []);
    });

    it('is asked at the first edit, with what is kept, where, and what alone is sent', async () => {
      await keyboard.press('Control+End');
      await keyboard.type('a');
      await until('the question', async () => (await notifications()).some(isQuestion));
      const question = (await notifications()).join();
      for (const part of [
        /Shall Holograph record/,
        /holograph/i,
        /nothing is sent anywhere, unless you have it time-stamped/,
      ])
        assert.match(question, part);
      await vscode.commands.executeCommand('notifications.showList');
      await page.screenshot('consent');
      await vscode.commands.executeCommand('notifications.hideList');
    });

    it('is asked once', async () => {
      await keyboard.press('Escape');
      await vscode.commands.executeCommand('notifications.clearAll');
      await vscode.window.showTextDocument(vscode.window.activeTextEditor!.document);
      await keyboard.type('b');
      await keyboard.press('Backspace', 2);
      await until('the text', () => vscode.window.activeTextEditor?.document.getText() === initial);
      assert.deepEqual((await notifications()).filter(isQuestion), []);
    });

    it('is given by the command, which says so and names what it cannot record', async () => {
      await palette.run('Holograph: Start Recording This Folder');
      await until('the state', async () => /human/.test((await page.text(statusBar)).join()));
      await said('Recording “');
      await said('broken.txt: The encoding is not understood');
      await vscode.commands.executeCommand('notifications.clearAll');
    });
  });

  describe('the status bar', () => {
    it('follows the human share of the file', async () => {
      await show(file);
      await keyboard.press('Control+End');
      await keyboard.type('These words are typed by a person, one key after another.');
      await until('a share above nothing', async () => /human [1-9]/.test((await page.text(statusBar)).join()));
    });

    it('tells the figures with their definitions to a keyboard', async () => {
      await vscode.commands.executeCommand('workbench.action.focusStatusBar');
      const spoken = `${statusBar} [aria-label^="Holograph. Recording. human"]`;
      await page.waitFor(spoken, { state: 'attached' });
    });

    it('pauses and resumes', async () => {
      await palette.run('Holograph: Pause Recording');
      await until('the pause', async () => (await page.text(statusBar)).join().includes('Paused'));
      await palette.run('Holograph: Resume Recording');
      await until('the record', async () => /human/.test((await page.text(statusBar)).join()));
    });

    it('opens a menu', async () => {
      await mouse.click(statusBar);
      await page.waitFor('.quick-input-list .monaco-list-row:has-text("Authorship report")');
      await page.screenshot('menu');
      await keyboard.press('Escape');
    });
  });

  describe('origins', () => {
    it('are shown and hidden by the command', async () => {
      await show(file);
      assert.equal(await page.count(marks), 0);
      await palette.run('Holograph: Show or Hide Origins');
      await page.waitFor(marks);
      await palette.run('Holograph: Show or Hide Origins');
      await until('bare text', async () => (await page.count(marks)) === 0);
    });

    it('are explained at the caret by the keyboard alone', async () => {
      await show(file);
      // At the end of the text it is about what stands before the caret.
      await keyboard.press('Control+End');
      await palette.run('Holograph: Explain This Passage');
      await page.waitFor('.monaco-hover:has-text("Typed in this editor")');
      await page.screenshot('explained');
      await keyboard.press('Escape');
      await keyboard.press('Control+Home');
      await palette.run('Holograph: Explain This Passage');
      await page.waitFor('.monaco-hover:has-text("There before recording began")');
      await keyboard.press('Escape');
    });

    for (const [name, theme] of [
      ['dark', 'Default Dark Modern'],
      ['light', 'Default Light Modern'],
      ['contrast', 'Default High Contrast'],
      ['contrast-light', 'Default High Contrast Light'],
    ] as const) {
      it(`are shown in ${name}`, async () => {
        await settings({ 'workbench.colorTheme': theme });
        await vscode.commands.executeCommand('holograph.toggleDecorations');
        await page.waitFor(marks);
        await page.screenshot(`origins-${name}`);
        await vscode.commands.executeCommand('holograph.toggleDecorations');
      });
    }
  });

  describe('languages', () => {
    for (const [language, human, explained] of [
      ['ru', 'человек', 'Набрано в этом редакторе'],
      ['kk', 'адам', 'Осы редакторда терілген'],
    ] as const) {
      it(`${language}: status bar and hover change at once`, async () => {
        await settings({ 'holograph.language': language });
        await until('the status bar', async () => (await page.text(statusBar)).join().includes(human));
        await show(file);
        await keyboard.press('Control+End');
        await keyboard.press('ArrowLeft', 3);
        await vscode.commands.executeCommand('holograph.explainPassage');
        await page.waitFor(`.monaco-hover:has-text("${explained}")`);
        await page.screenshot(`explained-${language}`);
        await keyboard.press('Escape');
      });
    }
  });

  describe('prompts', () => {
    it('are written down in a form by the keyboard, line ends and all', async () => {
      await palette.run('Holograph: Record a Prompt…');
      await page.waitFor(`${inPanel}#agent:focus`, settled);
      await keyboard.type('Gemini');
      await keyboard.press('Tab', 2);
      await keyboard.type('Make it shorter.\nKeep the horse.');
      await page.screenshot('prompt-form');
      // Past the answer, which may stay empty, to the button.
      await keyboard.press('Tab', 2);
      await keyboard.press('Enter');
      await said('The prompt is recorded');
      const { prompts } = JSON.parse(cli('prompts', '--json')) as { prompts: { agent: string; text: string }[] };
      assert.deepEqual(
        prompts.map(({ agent, text }) => ({ agent, text })),
        [{ agent: 'Gemini', text: 'Make it shorter.\nKeep the horse.' }],
      );
    });
  });

  describe('the report', () => {
    it('opens in a panel', async () => {
      await show(file);
      await palette.run('Holograph: Show Authorship Report');
      await page.waitFor('.quick-input-list .monaco-list-row.focused:has-text("Save and go on")');
      await keyboard.press('Enter');
      await page.waitFor(`${inPanel}h1`, settled);
      assert.match((await page.text(`${inPanel}body`)).join(), /chapter\.md/);
      assert.match(cli('spans', file.fsPath, '--json'), /"current": ?true/);
      await page.screenshot('report-panel');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    });
  });

  describe('the report on paper', () => {
    it('is saved beside the folder unless the person says otherwise', async () => {
      const { name, uri } = folder();
      const target = join(dirname(uri.fsPath), `${name}.pdf`);
      await palette.run('Holograph: Save Authorship Report as PDF…');
      await page.waitFor('.quick-input-widget .quick-input-action:has-text("OK")');
      await keyboard.press('Enter');
      await said('The report is saved');
      assert.match(readFileSync(target, 'latin1'), /^%PDF-1\.7[\s\S]*%%EOF\s*$/);
      rmSync(target);
    });
  });

  describe('the package', () => {
    it('is made for a profile, beside the folder unless the person says otherwise', async () => {
      const { name, uri } = folder();
      const target = join(dirname(uri.fsPath), `${name}-${new Date().toISOString().slice(0, 10)}.zip`);
      await palette.run('Holograph: Export Evidence Package…');
      await page.waitFor('.quick-input-list .monaco-list-row:has-text("General")');
      await keyboard.type('General');
      await keyboard.press('Enter');
      // The folder's description says nothing but its id.
      await page.waitFor('.quick-input-list .monaco-list-row:has-text("Make It As It Is")');
      await keyboard.type('Make It');
      await page.waitFor('.quick-input-list .monaco-list-row.focused:has-text("Make It As It Is")');
      await keyboard.press('Enter');
      await page.waitFor('.quick-input-widget .quick-input-action:has-text("OK")');
      await keyboard.press('Enter');
      await said('The evidence package is ready');
      assert.match(cli('verify', target, '--json'), /"consistent": ?true/);
      rmSync(target);
    });
  });

  describe('the walkthrough', () => {
    it('opens with its pictures', async () => {
      await palette.run('Holograph: Open Walkthrough');
      await page.waitFor('text=Agree to recording', settled);
      await vscode.commands.executeCommand('workbench.action.closeSidebar');
      await mouse.click('.step-title:has-text("See whose hand wrote what")');
      await page.waitFor(`${inPanel}svg`, settled);
      await page.screenshot('walkthrough');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });
  });
});
