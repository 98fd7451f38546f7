import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { agrees, allAgree } from './support/agreement.ts';
import { driven, keyboard, mouse, page, windows } from './support/driver.ts';
import { held, openByName, openWindow, otherHosts } from './support/otherWindow.ts';
import {
  type Api,
  breath,
  consent,
  folder,
  productApi,
  type SpansDocument,
  save,
  show,
  write,
} from './support/scene.ts';
import { settings } from './support/surface.ts';
import { until } from './support/until.ts';

const start = 'Before the windows.\n';
const long =
  'Nobody in the harbour remembered who had carried the lamp upstairs, but everybody knew the evening when it was first lit, because snow began to fall.';

/** One work, two windows that know nothing of each other but through the disk, the clipboard and the journal. */
describe('two windows', () => {
  let api: Api;
  let other: number;

  before(async function () {
    this.timeout(90_000);
    if (!driven) this.skip();
    for (const name of ['clean', 'dirty', 'reverted', 'copied', 'pasted', 'killed'])
      write(`${name}.md`, `${start}${name} 1.\n`);
    const first = vscode.Uri.file(`${folder().uri.fsPath}/clean.md`);
    // Some letters at soft wraps leave no kind of their own.
    await settings({ '[markdown]': { 'editor.wordWrap': 'off' } });
    await show(first);
    await consent(first);
    api = await productApi();
    other = await openWindow();
    await windows.use(0);
  });

  const uri = (name: string) => vscode.Uri.joinPath(folder().uri, `${name}.md`);
  const disk = (name: string) => readFileSync(uri(name).fsPath, 'utf8');

  /** Types at the end of a file in the other window, and saves it there. */
  async function otherTypes(name: string, text: string, saves = true): Promise<void> {
    await windows.use(other);
    await openByName(`${name}.md`);
    await keyboard.press('Control+End');
    await keyboard.type(text);
    await until(`${text} in the journal`, () => held().some(of => of.path === `${name}.md` && of.text.endsWith(text)));
    if (saves) {
      await keyboard.press('Control+s');
      await until(`${text} on the disk`, () => disk(name).endsWith(text));
    }
    await windows.use(0);
  }

  /** Types at the end of a file in this window. */
  async function type(name: string, text: string): Promise<vscode.TextDocument> {
    const { document } = await show(uri(name));
    await keyboard.press('Control+End');
    await keyboard.type(text);
    await until(text, () => document.getText().endsWith(text));
    return document;
  }

  async function runs(name: string): Promise<string[]> {
    let spans: SpansDocument | undefined;
    await until('the saved text', async () => {
      spans = await api.spans(uri(name));
      return spans.current;
    });
    const text = disk(name);
    const out: string[] = [];
    for (const { from, to, kind } of spans!.spans) {
      if (out.at(-1)?.startsWith(`${kind}: `)) out.push(out.pop() + text.slice(from, to));
      else out.push(`${kind}: ${text.slice(from, to)}`);
    }
    return out;
  }

  const inAll = (name: string) => held().filter(of => of.path === `${name}.md`);

  it('one saves, and the other, which is clean, reads the file again: typed is typed in both', async () => {
    await type('clean', 'Here. ');
    await save((await show(uri('clean'))).document);
    await otherTypes('clean', 'There. ');
    await until('the reload', () => inAll('clean').every(({ text }) => text.endsWith('Here. There. ')));
    await type('clean', 'Here again. ');
    await save((await show(uri('clean'))).document);
    await until('the other reload', () => inAll('clean').every(({ text }) => text.endsWith('Here again. ')));
    const expected = [`initial: ${start}clean 1.\n`, 'typed: Here. There. Here again. '];
    allAgree(inAll('clean'), 2, expected);
    agrees(await runs('clean'), expected);
  });

  it('both have unsaved text; one overwrites: its text is the file’s, and the other takes it over', async () => {
    const document = await type('dirty', 'Mine. ');
    await otherTypes('dirty', 'Theirs. ');
    assert.equal(document.getText(), `${start}dirty 1.\nMine. `);
    await settings({ 'files.saveConflictResolution': 'overwriteFileOnDisk' });
    await save(document);
    await settings({ 'files.saveConflictResolution': undefined });
    const expected = [`initial: ${start}dirty 1.\n`, 'typed: Mine. '];
    agrees(await runs('dirty'), expected);
    await until('the other window’s text', () => inAll('dirty').every(({ text }) => text.endsWith('Mine. ')));
    allAgree(inAll('dirty'), 2, expected);
  });

  it('both have unsaved text; one takes the file’s: what was typed there stays typed', async () => {
    const document = await type('reverted', 'Mine. ');
    await otherTypes('reverted', 'Theirs. ');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the file’s text', () => document.getText().endsWith('Theirs. '));
    await breath(300);
    const expected = [`initial: ${start}reverted 1.\n`, 'typed: Theirs. '];
    await until('both texts', () => inAll('reverted').every(({ text }) => text.endsWith('Theirs. ')));
    allAgree(inAll('reverted'), 2, expected);
    agrees(await runs('reverted'), expected);
  });

  it('what is copied in one and pasted in the other stays typed where it is long enough to be known; else it is pasted', async function () {
    this.timeout(60_000);
    const short = 'She kept the oil in a green bottle behind the door.';
    const document = await type('copied', `\n${long}\n${short}`);
    await save(document);
    await windows.use(other);
    await openByName('pasted.md');
    await keyboard.press('Control+End');
    for (const line of [short, long]) {
      await windows.use(0);
      const { range } = document.lineAt(line === short ? document.lineCount - 1 : document.lineCount - 2);
      (await show(document.uri)).selection = new vscode.Selection(range.start, range.end);
      await breath(300);
      await keyboard.press('Control+c');
      await breath(500);
      await windows.use(other);
      await keyboard.press('Control+v');
      await until('the paste', () => inAll('pasted').some(({ text }) => text.endsWith(line)));
      await keyboard.type(' Mine. ');
      await until('the keys', () => inAll('pasted').some(({ text }) => text.endsWith('Mine. ')));
    }
    await windows.use(0);
    agrees(inAll('pasted')[0]?.runs, [
      `initial: ${start}pasted 1.\n`,
      `pasted.editor: ${short}`,
      `typed:  Mine. ${long} Mine. `,
    ]);
  });

  it('an extension host that is killed with keys in flight: what was committed stays, what nobody saw is unknown', async function () {
    this.timeout(120_000);
    await windows.use(other);
    await openByName('killed.md');
    await keyboard.press('Control+End');
    await keyboard.type('Seen to be typed. ');
    await until('the keys in the journal', () => inAll('killed').some(({ text }) => text.endsWith('typed. ')));
    const typing = keyboard.type('Keys in flight while it dies, one after the other, and more of them.', { delay: 20 });
    await until('some of them in the journal', () => inAll('killed').some(({ text }) => / Keys? /.test(text)));
    for (const host of otherHosts()) process.kill(host, 'SIGKILL');
    await typing;
    const committed = inAll('killed')[0]?.text ?? '';
    assert.ok(committed.startsWith(`${start}killed 1.\nSeen to be typed. Keys `), committed);
    // VS Code keeps what is unsaved a second after the last key.
    await breath(2500);
    await windows.reload();
    await until('what was brought back', () => inAll('killed').some(({ text }) => text.endsWith('of them.')), 60);
    const all = inAll('killed')[0]!.text;
    const typed = committed.slice(`${start}killed 1.\n`.length);
    const runs = [`initial: ${start}killed 1.\n`, `typed: ${typed}`, `unknown: ${all.slice(committed.length)}`];
    agrees(inAll('killed')[0]?.runs, runs);
    await page.waitFor('.tab.active:has-text("killed.md")');
    await page.waitFor('.monaco-editor .view-lines');
    await mouse.click('.monaco-editor .view-lines');
    await keyboard.press('Control+End');
    await keyboard.type(' Alive.');
    await keyboard.press('Control+s');
    await until('the save', () => disk('killed') === `${all} Alive.`);
    await windows.use(0);
    await until('the record', async () => (await api.spans(uri('killed'))).current);
    agrees(inAll('killed')[0]?.runs, [...runs, 'typed:  Alive.']);
  });
});
