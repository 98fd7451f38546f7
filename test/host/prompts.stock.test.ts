import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ClaudeStandIn } from '../rig/claudeStandIn.ts';
import { cli } from './support/cli.ts';
import { driven, keyboard, mouse, page } from './support/driver.ts';
import { type Api, consent, folder, kindsOf, productApi, save, show, write } from './support/scene.ts';
import { settings } from './support/surface.ts';
import { until } from './support/until.ts';

const initial = `# The lamp

The neighbours said that it was a waste of oil, and the harbour master wrote two letters about it.
She answered neither of them.

The boats came in at six.
`;
const request = 'Say what the two letters were about, drily.';
const tree = '[id="workbench.view.extension.holograph"]';
/** Of a prompt; those of conversations stand a level above. */
const row = (text: string) => `${tree} .monaco-list-row[aria-level="2"]:has-text("${text}")`;

/** From a passage to its prompt and back, as a person goes. */
describe('prompts and what they led to', () => {
  let file: vscode.Uri;
  let editor: vscode.TextEditor;
  let api: Api;
  let claude: ClaudeStandIn;

  before(async function () {
    if (!driven) this.skip();
    file = write('lamp.md', initial);
    editor = await show(file);
    await consent(file);
    api = await productApi();
    claude = new ClaudeStandIn(process.env.CLAUDE_CONFIG_DIR ?? '', folder().uri.fsPath);
    await settings({ 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false });
  });

  after(async () => {
    await settings({ 'workbench.colorTheme': undefined, 'editor.minimap.enabled': undefined });
  });

  /** One turn of the agent's; resolves when the record names it. */
  async function ask(prompt: string, old: string, text: string): Promise<void> {
    const before = kindsOf(await api.spans(file)).filter(kind => kind === 'ai.agent').length;
    claude.replace({ prompt, file: file.fsPath, old, new: text });
    await until('the agent’s words', async () => {
      const spans = await api.spans(file);
      return spans.current && kindsOf(spans).filter(kind => kind === 'ai.agent').length > before;
    });
  }

  it('an empty view says what will stand in it', async () => {
    await vscode.commands.executeCommand('holograph.showPrompts');
    await page.waitFor(`${tree} .welcome-view-content:has-text("No prompts are on record yet")`);
    await page.screenshot('prompts-none');
  });

  it('a prompt appears by itself with what it led to', async () => {
    await ask(request, ' about it.\nShe answered', ': one on fire, one on thrift.\nShe answered');
    await page.waitFor(row('Say what the two letters'));
    await page.waitFor(`${row('Say what the two letters')} .label-description:has-text(" of ")`);
  });

  it('one click in the hover shows the prompt whole and its row', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    await show(file);
    await vscode.commands.executeCommand('holograph.toggleDecorations');
    const at = editor.document.positionAt(editor.document.getText().indexOf('on fire') + 2);
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('holograph.explainPassage');
    await page.waitFor('.monaco-hover a:has-text("Whole prompt")');
    await page.screenshot('prompts-hover');
    await mouse.click('.monaco-hover a:has-text("Whole prompt")');
    await until('the whole prompt', () => vscode.window.activeTextEditor?.document.getText() === request);
    await page.waitFor(`${tree} .monaco-list-row.selected[aria-level="2"]:has-text("Say what the two letters")`);
  });

  it('one click on its row shows its text in the file, to the character', async () => {
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await mouse.click(`${row('Say what the two letters')} .label-name`);
    await until('the passage', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.fsPath === file.fsPath && !active.selection.isEmpty;
    });
    const { document, selection } = vscode.window.activeTextEditor!;
    const [from, to] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
    const kinds = kindsOf(await api.spans(file));
    assert.ok(kinds.slice(from, to).every(kind => kind === 'ai.agent'));
    assert.notEqual(kinds[from - 1], 'ai.agent');
    assert.match(document.getText(selection), /on fire/);
  });

  it('with several places a list of them opens, and asked again it goes to the next', async () => {
    await ask('Let the boats go out.', 'came in', 'went out');
    await page.waitFor(row('Let the boats'));
    // A word of the person's parts what the first prompt led to.
    editor = await show(file);
    const at = editor.document.positionAt(editor.document.getText().indexOf(' fire'));
    editor.selection = new vscode.Selection(at, at);
    await page.waitFor(
      `.statusbar-item:has-text("Ln ${at.line + 1}, Col ${at.character + 1}"):not(:has-text("selected"))`,
    );
    await keyboard.type(' open');
    await until('the word', () => editor.document.getText().includes('on open fire'));
    await mouse.click(`${row('Let the boats')} .label-name`);
    await until('the other passage', () => /went|out/.test(selected()));
    await mouse.click(`${row('Say what the two letters')} .label-name`);
    await page.waitFor('.peekview-widget');
    await page.screenshot('prompts-peek');
    await keyboard.press('Escape');
    await mouse.click(`${row('Say what the two letters')} .label-name`);
    await until('the next place', () => selected() === ' fire, one on thrift');
    await save(editor.document);
    await page.waitFor(`${row('Say what the two letters')} .label-description:has-text("altered")`);
  });

  it('a note and the mark for protection are entered by the keyboard, and shown', async () => {
    const { id } = entry(request);
    void vscode.commands.executeCommand('holograph.notePrompt', id);
    await page.waitFor('.quick-input-widget input');
    await keyboard.type('The letters are of my own making.');
    await keyboard.press('Enter');
    await until('the note', () => entry(request).note?.text === 'The letters are of my own making.');
    void vscode.commands.executeCommand('holograph.protectPrompt', id);
    await page.waitFor('.quick-input-list .monaco-list-row:has-text("For protection")');
    await keyboard.press('Enter');
    await until('the mark', () => entry(request).protect === 'yes');
    await page.waitFor(`${row('Say what the two letters')} .label-description:has-text("for protection")`);
  });

  it('what was answered in words is shown where that is asked', async () => {
    void vscode.commands.executeCommand('holograph.showPromptAnswer', entry(request).id);
    const shown = () => vscode.window.activeTextEditor?.document.getText();
    await until('the answer', () => shown() === 'I have rewritten that paragraph.');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('some of them are shown where that is asked', async () => {
    void vscode.commands.executeCommand('holograph.filterPrompts');
    await page.waitFor('.quick-input-list .monaco-list-row:has-text("Marked for protection")');
    await keyboard.type('Marked');
    await keyboard.press('Enter');
    await until('one row', async () => (await page.count(row('Let the boats'))) === 0);
    await page.waitFor(`${tree} .message:has-text("Shown: 1 of 2")`);
    await vscode.commands.executeCommand('holograph.unfilterPrompts');
    await page.waitFor(row('Let the boats'));
    await until('no message', async () => !(await page.text(`${tree} .message`)).join().includes('Shown'));
  });

  it('what the command line writes of a prompt is shown without being asked for', async () => {
    cli('prompts', 'note', entry('Let the boats go out.').id, '--protect', 'yes');
    await page.waitFor(`${row('Let the boats')} .label-description:has-text("for protection")`);
  });

  for (const theme of ['Default Light Modern', 'Default Dark Modern'] as const) {
    it(`looks as it should in ${theme}`, async () => {
      await settings({ 'workbench.colorTheme': theme });
      await page.waitFor(`.monaco-workbench.${theme.includes('Dark') ? 'vs-dark' : 'vs'}`);
      await page.screenshot(`prompts-${theme.includes('Dark') ? 'dark' : 'light'}`);
    });
  }

  for (const [language, marked] of [
    ['ru', 'для охраны'],
    ['kk', 'қорғауға'],
  ] as const) {
    it(`speaks ${language} at once`, async () => {
      await settings({ 'holograph.language': language });
      await page.waitFor(`${row('Say what the two letters')} .label-description:has-text("${marked}")`);
      await page.screenshot(`prompts-${language}`);
      await settings({ 'holograph.language': undefined });
    });
  }

  function selected(): string {
    const active = vscode.window.activeTextEditor!;
    return active.document.getText(active.selection);
  }
});

interface Entry {
  readonly id: string;
  readonly text: string;
  readonly note: { readonly text: string } | null;
  readonly protect: string;
}

function entry(text: string): Entry {
  const { prompts } = JSON.parse(cli('prompts', '--json')) as { prompts: Entry[] };
  return prompts.find(prompt => prompt.text === text)!;
}
