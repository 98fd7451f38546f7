import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { cli } from './support/cli.ts';
import { row } from './support/dialogs.ts';
import { driven, keyboard, mouse, page } from './support/driver.ts';
import { consent, kindsOf, pathOf, productApi, save, show, write } from './support/scene.ts';
import { said } from './support/surface.ts';
import { until } from './support/until.ts';

const bare = '# The lamp\n\nThe boats came in at six.\n';

/** The answer of a comparison, which ends with 1 where there are faults. */
function faultsOf(): string {
  try {
    return cli('reserve', '--check', '--json');
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

/** Rights reserved from the palette's command: in an open text, in a site's files, and back. */
describe('the reservation of rights', () => {
  let file: vscode.Uri;
  before(async function () {
    if (!driven) this.skip();
    file = write('lamp.md', bare);
    await show(file);
    await consent(file);
  });

  const choose = async (words: string) => {
    await page.waitFor(`${row}:has-text("${words}")`);
    await keyboard.type(words);
    await page.waitFor(`${row}.focused:has-text("${words}")`);
  };
  const enter = () => keyboard.press('Enter');
  const text = () => vscode.workspace.textDocuments.find(({ uri }) => `${uri}` === `${file}`)!;
  const standing = () =>
    JSON.parse(cli('reserve', '--json')).places.map(({ form, place }: Record<string, string>) => `${form} ${place}`);

  it('puts a comment into an open text: a tool’s, by one edit, on record', async () => {
    const done = vscode.commands.executeCommand('holograph.reserveRights', file);
    await choose('Set or change');
    await enter();
    await page.waitFor(`${row}:has-text("Header comment")`);
    await page.screenshot('reserve-forms');
    await enter();
    await said('Written and put on record; places: 1.');
    await page.screenshot('reserve-done');
    void done;
    assert.ok(text().getText().startsWith('<!-- [holograph:reservation]\n'));
    assert.equal(text().isDirty, false);
    const api = await productApi();
    await until('the record has it', async () => (await api.spans(file)).length === text().getText().length);
    const kinds = kindsOf(await api.spans(file));
    const own = text().getText().length - bare.length;
    assert.deepEqual([...new Set(kinds.slice(0, own))], ['tool.snippet']);
    assert.ok(!kinds.includes('typed'));
    assert.deepEqual(standing(), ['header lamp.md']);
    assert.match(cli('reserve', '--check'), /say the same of every reservation/);
  });

  it('is undone and done again as any edit, and the record knows the difference', async () => {
    const reserved = text().getText();
    await show(file);
    await vscode.commands.executeCommand('undo');
    await until('the text without it', () => text().getText() === bare);
    await save(text());
    const check = () => JSON.parse(faultsOf()).faults as { why: string }[];
    await until('the file without it', () => check().some(({ why }) => why === 'missing'));
    await vscode.commands.executeCommand('redo');
    await until('the text with it', () => text().getText() === reserved);
    await save(text());
    await until('files and record agree', () => check().length === 0);
  });

  it('writes a site’s files, and takes all of it out again', async () => {
    mkdirSync(pathOf('site'));
    void vscode.commands.executeCommand('holograph.reserveRights');
    await choose('Set or change');
    await enter();
    await page.waitFor(`${row}:has-text("Site: robots.txt")`);
    await mouse.click(`${row}:has-text("Site: robots.txt")`);
    await enter();
    await page.waitFor(`${row}:has-text("Another folder")`);
    await choose('site');
    await enter();
    await page.waitFor('.quick-input-widget input[placeholder="https://"]');
    await enter();
    await until('robots.txt', () => existsSync(pathOf('site/robots.txt')));
    await until('the record', () => standing().length === 2);
    assert.match(readFileSync(pathOf('site/robots.txt'), 'utf8'), /Content-Usage: \/ train-ai=n/);
    void vscode.commands.executeCommand('holograph.reserveRights');
    await choose('Remove');
    await enter();
    await said('Taken out; places: 2.');
    assert.deepEqual([text().getText(), existsSync(pathOf('site/robots.txt'))], [bare, false]);
    assert.deepEqual(standing(), []);
  });
});
