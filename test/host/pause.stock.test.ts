import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { driven, keyboard } from './support/driver.ts';
import { type Api, breath, consent, kindsOf, pathOf, productApi, save, show, write } from './support/scene.ts';
import { plain } from './support/truth.ts';
import { until } from './support/until.ts';

const start = 'Before the record.\n';

describe('recording, as the person steers it', () => {
  let api: Api;
  let editor: vscode.TextEditor;

  before(async function () {
    if (!driven) this.skip();
    write('holograph.json', '{\n\t"title": "A draft"\n}\n');
    const file = write('draft.md', start);
    write('.gitignore', 'hidden*\n');
    execFileSync('git', ['init', '--quiet'], { cwd: dirname(pathOf('draft.md')) });
    editor = await show(file);
    await consent(file);
    api = await productApi();
    await keyboard.press('Control+End');
  });

  async function types(text: string): Promise<void> {
    await keyboard.type(text);
    await until('the text', () => plain(editor.document).endsWith(text));
    await breath(200);
  }

  /** Runs of one kind, as `kind: text`. */
  async function runs(uri = editor.document.uri): Promise<string[]> {
    const text = readFileSync(uri.fsPath, 'utf8');
    const out: { kind: string; text: string }[] = [];
    for (const [i, kind] of kindsOf(await api.spans(uri)).entries()) {
      const last = out.at(-1);
      if (last?.kind === kind) last.text += text[i];
      else out.push({ kind, text: text[i] ?? '' });
    }
    return out.map(run => `${run.kind}: ${run.text}`);
  }

  it('consent names the work in its description, and leaves the rest to the author', async () => {
    const { work } = await api.spans(editor.document.uri);
    await until('the id', () => readFileSync(pathOf('holograph.json'), 'utf8').includes('"work"'));
    assert.equal(readFileSync(pathOf('holograph.json'), 'utf8'), `{\n\t"work": "${work}",\n\t"title": "A draft"\n}\n`);
    await assert.rejects(api.spans(vscode.Uri.file(pathOf('holograph.json'))));
  });

  it('what another program writes is recorded, but not where git ignores the file', async () => {
    write('hidden.md', 'Ignored.');
    write('shown.md', 'Shown.');
    const shown = vscode.Uri.file(pathOf('shown.md'));
    await until('the file', async () => (await runs(shown).catch(() => [])).length === 1);
    assert.deepEqual(await runs(shown), ['external.disk: Shown.']);
    await breath();
    await assert.rejects(api.spans(vscode.Uri.file(pathOf('hidden.md'))));
  });

  it('nothing is taken in during a pause, and what came meanwhile is unknown', async () => {
    await types('Typed. ');
    await save(editor.document);
    await vscode.commands.executeCommand('holograph.pauseRecording');
    await types('Paused. ');
    await save(editor.document);
    assert.ok(!(await api.spans(editor.document.uri)).current);
    await vscode.commands.executeCommand('holograph.resumeRecording');
    await breath();
    await types('Again.');
    await save(editor.document);
    assert.deepEqual(await runs(), [`initial: ${start}`, 'typed: Typed. ', 'unknown: Paused. ', 'typed: Again.']);
  });

  it('a text that is renamed keeps what is known of it, open and closed', async () => {
    const renamed = vscode.Uri.file(pathOf('final.md'));
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(editor.document.uri, renamed);
    await vscode.workspace.applyEdit(edit);
    editor = await show(renamed);
    await keyboard.press('Control+End');
    await types('!');
    await save(editor.document);
    const expected = [`initial: ${start}`, 'typed: Typed. ', 'unknown: Paused. ', 'typed: Again.!'];
    assert.deepEqual(await runs(renamed), expected);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const moved = vscode.Uri.file(pathOf('moved.md'));
    const again = new vscode.WorkspaceEdit();
    again.renameFile(renamed, moved);
    await vscode.workspace.applyEdit(again);
    await until('the file under its new name', async () => (await runs(moved).catch(() => [])).length === 4);
    assert.deepEqual(await runs(moved), expected);
  });
});
