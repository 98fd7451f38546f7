import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ReviewedDocument } from '../../src/cli/reviewed.ts';
import { ClaudeStandIn } from '../rig/claudeStandIn.ts';
import { cli } from './support/cli.ts';
import { driven, keyboard, mouse, page } from './support/driver.ts';
import { type Api, consent, folder, kindsOf, productApi, save, show, write } from './support/scene.ts';
import { settings } from './support/surface.ts';
import { until } from './support/until.ts';

const initial = `# The lamp

The neighbours said that it was a waste of oil, and the harbour master wrote two letters about it.
She answered neither of them.
`;
const pane = '.pane:has(.pane-header[aria-label^="Review"])';
const row = (text: string) => `${pane} .monaco-list-row:has-text("${text}")`;

/** From figures without thresholds to a policy, a human review on record, and one that is stale. */
describe('the review before publication', () => {
  let file: vscode.Uri;
  let api: Api;

  before(async function () {
    if (!driven) this.skip();
    file = write('lamp.md', initial);
    await show(file);
    await consent(file);
    api = await productApi();
    await settings({ 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false });
    const claude = new ClaudeStandIn(process.env.CLAUDE_CONFIG_DIR ?? '', folder().uri.fsPath);
    const [old, text] = [' about it.\nShe answered', ': one on fire, one on thrift.\nShe answered'];
    claude.replace({ prompt: 'Say what the letters were about.', file: file.fsPath, old, new: text });
    await until('the agent’s words', async () => {
      const spans = await api.spans(file);
      return spans.current && kindsOf(spans).includes('ai.agent');
    });
  });

  after(async () => {
    await settings({ 'workbench.colorTheme': undefined, 'editor.minimap.enabled': undefined });
  });

  it('without thresholds shows the figures and says that there are none', async () => {
    await vscode.commands.executeCommand('holograph.review');
    // Rows that are out of sight are not drawn: the view gets the room of the one above it.
    await mouse.click('.pane-header[aria-label^="Prompts"] .title');
    await page.waitFor('.pane-header[aria-label^="Prompts"][aria-expanded="false"]');
    await page.waitFor(row('The house has set no thresholds'));
    await page.waitFor(`${row('lamp.md')} .label-description:has-text("machine")`);
    await page.screenshot('review-none');
  });

  it('a click on a file goes to its longest machine run', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await mouse.click(`${row('lamp.md')} .label-name`);
    await until('the run', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.fsPath === file.fsPath && !active.selection.isEmpty;
    });
    const { document, selection } = vscode.window.activeTextEditor!;
    assert.match(document.getText(selection), /^: one on fire/);
  });

  it('thresholds are set in holograph.json, and what is not kept is named', async () => {
    await mouse.click(`${row('The house has set no thresholds')} .label-name`);
    await until(
      'holograph.json',
      () => vscode.window.activeTextEditor?.document.fileName.endsWith('holograph.json') === true,
    );
    const { document } = vscode.window.activeTextEditor!;
    assert.match(document.getText(), /"review": \{\}/);
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf('"review": {}') + '"review": {'.length;
    const policy = '"runAtMost": 9, "humanAtLeast": 0, "reviewedBy": true';
    edit.insert(document.uri, document.positionAt(at), policy);
    await vscode.workspace.applyEdit(edit);
    await save(document);
    await page.waitFor(row('Longest run of untouched machine text: 9'));
    await page.waitFor(row('no human review on record'));
    await page.waitFor(`${row('Human text at least: 0')} .codicon-pass`);
    await page.waitFor(`${row('Longest run of untouched machine text: 9')} .codicon-error`);
    await page.screenshot('review-not-kept');
  });

  it('a human review is put on record by the keyboard, and shown', async () => {
    void vscode.commands.executeCommand('holograph.recordReview');
    const answers: readonly (readonly [shown: string, typed: string])[] = [
      ['.quick-input-list .monaco-list-row:has-text("lamp.md")', ''],
      ['.quick-input-message:has-text("Who looked at them")', 'A. Reader'],
      ['.quick-input-message:has-text("In what capacity")', 'editor'],
      ['.quick-input-list .monaco-list-row:has-text("Approved")', ''],
      ['.quick-input-message:has-text("What do they say")', 'All of it.'],
    ];
    for (const [shown, typed] of answers) {
      await page.waitFor(shown);
      if (typed !== '') await keyboard.type(typed);
      await keyboard.press('Enter');
    }
    await page.waitFor(`${row('lamp.md')} .label-description:has-text("reviewed")`);
    await page.waitFor(`${row('Human review of every file on record')} .codicon-pass`);
    const { reviews } = JSON.parse(cli('reviewed', '--json')) as ReviewedDocument;
    assert.deepEqual(
      reviews.map(({ reviewer, role, note, approved, by, files }) => [
        reviewer,
        role,
        note,
        approved,
        by,
        files.length,
      ]),
      [['A. Reader', 'editor', 'All of it.', true, 'person', 1]],
    );
  });

  it('is stale once the text is saved otherwise', async () => {
    const editor = await show(file);
    const end = editor.document.positionAt(editor.document.getText().length);
    editor.selection = new vscode.Selection(end, end);
    // The window takes a selection that is set from outside a little later.
    const place = `Ln ${end.line + 1}, Col ${end.character + 1}`;
    await page.waitFor(`.statusbar-item:has-text("${place}"):not(:has-text("selected"))`);
    await keyboard.type('She kept the oil.');
    await save(editor.document);
    await page.waitFor(row('changed since the review by A. Reader'));
    await page.waitFor(`${row('lamp.md')} .label-description:has-text("changed since the review")`);
  });

  it('of a text that changes while the person is asked is not put on record', async () => {
    const asked = vscode.commands.executeCommand('holograph.recordReview');
    for (const shown of [
      '.quick-input-list .monaco-list-row:has-text("lamp.md")',
      '.quick-input-message:has-text("Who looked at them")',
      '.quick-input-message:has-text("In what capacity")',
      '.quick-input-list .monaco-list-row:has-text("Approved")',
    ]) {
      await page.waitFor(shown);
      await keyboard.press('Enter');
    }
    await page.waitFor('.quick-input-message:has-text("What do they say")');
    write('lamp.md', `${initial}Nobody has looked at this.\n`);
    await keyboard.press('Enter');
    await asked;
    await vscode.commands.executeCommand('notifications.showList');
    await page.waitFor('.notifications-center :text("Changed while you were asked: lamp.md")');
    await vscode.commands.executeCommand('notifications.hideList');
    assert.equal((JSON.parse(cli('reviewed', '--json')) as ReviewedDocument).reviews.length, 1);
  });

  it('a policy that is not understood is said, and nothing is shown in its place', async () => {
    const policy = vscode.Uri.joinPath(folder().uri, 'holograph.json');
    const before = Buffer.from(await vscode.workspace.fs.readFile(policy)).toString('utf8');
    write('holograph.json', before.replace('"runAtMost"', '"runAtmost"'));
    await vscode.commands.executeCommand('holograph.refreshReview');
    await page.waitFor(row('runAtmost'));
    write('holograph.json', before);
    await vscode.commands.executeCommand('holograph.refreshReview');
    await page.waitFor(row('Longest run of untouched machine text: 9'));
  });

  for (const theme of ['Default Light Modern', 'Default Dark Modern'] as const) {
    it(`looks as it should in ${theme}`, async () => {
      await settings({ 'workbench.colorTheme': theme });
      await page.waitFor(`.monaco-workbench.${theme.includes('Dark') ? 'vs-dark' : 'vs'}`);
      await page.screenshot(`review-${theme.includes('Dark') ? 'dark' : 'light'}`);
    });
  }

  for (const [language, words] of [
    ['ru', 'Самый длинный нетронутый машинный отрывок: 9'],
    ['kk', 'Қол тимеген ең ұзын машина үзіндісі: 9'],
  ] as const) {
    it(`speaks ${language} at once`, async () => {
      await settings({ 'holograph.language': language });
      await page.waitFor(row(words));
      await page.screenshot(`review-${language}`);
      await settings({ 'holograph.language': undefined });
    });
  }
});
