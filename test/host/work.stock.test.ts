import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { cli } from './support/cli.ts';
import { row, tellsPath, widget } from './support/dialogs.ts';
import { driven, keyboard, mouse, page, palette } from './support/driver.ts';
import { consent, folder, pathOf, show, write } from './support/scene.ts';
import { inPanel, said, settings } from './support/surface.ts';
import { until } from './support/until.ts';

const field = (id: string) => `${inPanel}[id="f/${id}"]`;

/** What the author says of the work, from the page to the package. */
describe('the description of the work', () => {
  let file: vscode.Uri;
  let description: vscode.Uri;

  before(async function () {
    if (!driven) this.skip();
    file = write('lamp.md', '# The lamp\n\nThe boats came in at six.\n');
    await show(file);
    await consent(file);
    description = vscode.Uri.file(pathOf('holograph.json'));
    await until('the description', () => onDisk().work !== undefined);
    await settings({ 'files.autoSave': 'off' });
  });
  after(() => settings({ 'files.autoSave': undefined, 'workbench.colorTheme': undefined }));

  function onDisk(): Record<string, unknown> {
    try {
      return JSON.parse(readFileSync(pathOf('holograph.json'), 'utf8'));
    } catch {
      // Not written yet, or just now being written.
      return {};
    }
  }
  const documentOf = () => vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === description.toString());
  const inEditor = () => documentOf()?.getText() ?? '';
  const rewrite = (json: object) => write('holograph.json', `${JSON.stringify(json, undefined, 2)}\n`);

  it('opens as a page and writes what is typed', async () => {
    await palette.run('Holograph: Describe the Work');
    await page.waitFor(field('place'));
    await mouse.click(field('place'));
    await keyboard.type('Almaty');
    await until('the place in the file’s text', () => inEditor().includes('"place": "Almaty"'));
    assert.equal(onDisk().place, undefined);
    assert.ok(inEditor().includes('"work": '), inEditor());
  });

  it('is undone, done again and saved as a text is', async () => {
    await keyboard.press('Control+z');
    await until('no place', () => !inEditor().includes('"place": "Almaty"'));
    await keyboard.press('Control+Shift+z');
    await until('the place again', () => inEditor().includes('"place": "Almaty"'));
    await keyboard.press('Control+s');
    await until('the place on the disk', () => onDisk().place === 'Almaty');
    // What is written while the editor still saves may pass it by.
    await until('the end of the save', () => documentOf()?.isDirty === false);
    await page.idle();
  });

  it('shows what another program writes into the file', async () => {
    rewrite({ ...onDisk(), title: { en: 'The lamp' }, house: 1, created: { from: 'May' } });
    await until('the title in the file’s text', () => inEditor().includes('The lamp'));
    await until('the title', async () => (await page.value(field('title/en'))) === 'The lamp');
    await page.waitFor(`${inPanel}.problem:has-text("A date belongs here")`);
  });

  for (const [name, theme] of [
    ['light', 'Default Light Modern'],
    ['dark', 'Default Dark Modern'],
    ['contrast', 'Default High Contrast'],
  ] as const) {
    it(`can be read in ${name}`, async () => {
      await settings({ 'workbench.colorTheme': theme });
      await page.idle();
      await page.screenshot(`work-${name}`);
    });
  }

  it('is asked for before an export whose fields are empty', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const exporting = vscode.commands.executeCommand('holograph.exportPackage');
    await page.waitFor(row);
    await keyboard.type('United States');
    await page.waitFor(`${row}.focused:has-text("United States")`);
    await keyboard.press('Enter');
    await page.waitFor(`${row}.focused:has-text("Kind of work")`);
    await page.screenshot('work-export');
    await keyboard.press('Enter');
    await exporting;
    await page.waitFor(field('place'));
  });

  it('has exhibits beside it, attached from the explorer, and milestones', async () => {
    const letter = write('letter.txt', 'Dear editor');
    const attaching = vscode.commands.executeCommand('holograph.attachExhibit', letter);
    await page.waitFor(row);
    await keyboard.type('Letter');
    await page.waitFor(`${row}.focused:has-text("Letter")`);
    await keyboard.press('Enter');
    await page.waitFor(`${widget}:has-text("What does it show")`);
    await keyboard.type('The plan was hers');
    await keyboard.press('Enter');
    await page.waitFor(`${widget}:has-text("Its own date")`);
    await keyboard.type('2026-11');
    await keyboard.press('Enter');
    await attaching;
    await said('exhibit EX-01');
    const { exhibits } = JSON.parse(cli('exhibit', '--json'));
    assert.deepEqual(
      exhibits.map(({ name, what, shows, dated, kept }: Record<string, unknown>) => [name, what, shows, dated, kept]),
      [['EX-01', 'letter', 'The plan was hers', '2026-11', true]],
    );
    const setting = vscode.commands.executeCommand('holograph.setMilestone');
    await page.waitFor(`${widget}:has-text("How far")`);
    await keyboard.type('First draft');
    await keyboard.press('Enter');
    await setting;
    const { milestones } = JSON.parse(cli('milestone', '--json'));
    assert.deepEqual(
      milestones.map(({ text }: { text: string }) => text),
      ['First draft'],
    );
  });

  it('may leave an exhibit out of a package', async () => {
    const target = `${folder().uri.fsPath}-${new Date().toISOString().slice(0, 10)}.zip`;
    const exporting = vscode.commands.executeCommand('holograph.exportPackage');
    for (const answer of ['General', 'Make It As It Is']) {
      await page.waitFor(`${row}:has-text("${answer}")`);
      await keyboard.type(answer);
      await page.waitFor(`${row}.focused:has-text("${answer}")`);
      await keyboard.press('Enter');
    }
    await page.waitFor(`${row}:has-text("EX-01")`);
    await mouse.click(`${row}:has-text("EX-01")`);
    await page.waitFor(`${widget} .quick-input-count:has-text("0 Selected")`);
    await keyboard.press('Enter');
    await page.waitFor(`${row}:has-text("EX-01")`, { state: 'detached' });
    await tellsPath(target);
    await said('The evidence package is ready');
    const { consistent, notChecked } = JSON.parse(cli('verify', target, '--json'));
    assert.equal(consistent, true);
    assert.ok(
      notChecked.some(({ why, detail }: Record<string, string>) => `${why} ${detail}` === 'exhibitWithheld EX-01'),
    );
    // It was handed out, which is on record from now on.
    const digest = createHash('sha256').update(readFileSync(target)).digest('hex');
    const { exports } = JSON.parse(cli('report', '--json'));
    assert.equal(exports.at(-1).archiveDigest, digest);
    rmSync(target);
    void exporting;
  });

  it('has forms to complete, which are saved into a folder of their own', async () => {
    const saved = `${folder().uri.fsPath}-forms-us`;
    const saving = vscode.commands.executeCommand('holograph.saveForms');
    await page.waitFor(`${row}:has-text("United States")`);
    await keyboard.type('United States');
    await page.waitFor(`${row}.focused:has-text("United States")`);
    await keyboard.press('Enter');
    await page.waitFor(`${row}:has-text("United States")`, { state: 'detached' });
    await tellsPath(dirname(saved));
    await said('Forms saved: 8');
    assert.match(readFileSync(join(saved, 'us-application.txt'), 'utf8'), /^Standard Application: lines to copy/);
    rmSync(saved, { recursive: true });
    void saving;
  });

  it('goes into the package, exhibits too', () => {
    const { code, files } = exported();
    assert.deepEqual([code, files], ['consistent', ['EX-01']]);
  });

  function exported(): { code: string; files: readonly string[] } {
    const out = `${folder().uri.fsPath}.zip`;
    cli('export', '--out', out);
    const answer = cli('verify', out, '--json');
    const { consistent } = JSON.parse(answer);
    const { exhibits } = JSON.parse(cli('exhibit', '--json'));
    return { code: consistent ? 'consistent' : answer, files: exhibits.map(({ name }: { name: string }) => name) };
  }
});
