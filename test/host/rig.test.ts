import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { clipboard, driven, gate, keyboard, page } from './support/driver.ts';
import { until } from './support/until.ts';

/** What this build of VS Code may add to the event. */
type ReasonedEvent = vscode.TextDocumentChangeEvent & { readonly detailedReason?: { readonly source: string } };

interface Seen {
  readonly event: ReasonedEvent;
  /** Kind of the selection event that came next, once it has. */
  kind?: vscode.TextEditorSelectionChangeKind | undefined;
}

describe('the rig', () => {
  const seen: Seen[] = [];
  const subscriptions: vscode.Disposable[] = [];
  let editor: vscode.TextEditor;

  before(async function () {
    if (!driven) this.skip();
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const file = join(folder.uri.fsPath, 'rig.md');
    writeFileSync(file, 'first line\n');
    editor = await vscode.window.showTextDocument(vscode.Uri.file(file));
    await page.waitFor('.monaco-editor.focused');
    subscriptions.push(
      vscode.workspace.onDidChangeTextDocument(event => {
        if (event.document === editor.document && event.contentChanges.length > 0) seen.push({ event });
      }),
      vscode.window.onDidChangeTextEditorSelection(event => {
        const last = seen.at(-1);
        if (last && !('kind' in last)) last.kind = event.kind;
      }),
    );
  });

  beforeEach(() => {
    seen.length = 0;
  });

  after(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });

  it('types real keys, each followed by a keyboard selection', async () => {
    await keyboard.press('Control+End');
    await keyboard.type('typed');
    await until('the events', () => seen.length === 5 && seen.every(one => 'kind' in one));
    assert.equal(editor.document.getText(), 'first line\ntyped');
    assert.deepEqual(
      seen.map(one => one.kind),
      seen.map(() => vscode.TextEditorSelectionChangeKind.Keyboard),
    );
  });

  it('types Cyrillic and Kazakh letters by key events too', async () => {
    await keyboard.type('слово қазақ');
    await until('the events', () => seen.length === 11 && seen.every(one => 'kind' in one));
    assert.ok(editor.document.getText().endsWith('слово қазақ'));
    assert.ok(seen.every(one => one.kind === vscode.TextEditorSelectionChangeKind.Keyboard));
  });

  it('shows detailedReason with the open gate and hides it with the stock gate', async () => {
    await keyboard.type('x');
    await until('the events', () => seen.length === 1);
    const reason = seen[0]?.event.detailedReason?.source;
    assert.equal(reason, gate === 'open' ? 'cursor' : undefined);
  });

  it('pastes what another program copied; a one-line paste leaves a keyboard selection too', async () => {
    await clipboard.writeExternal('a quotation');
    await keyboard.press('Control+V');
    await until('the events', () => seen.some(one => 'kind' in one));
    assert.equal(seen.map(one => one.event.contentChanges[0]?.text).join(), 'a quotation');
    assert.equal(seen[0]?.kind, vscode.TextEditorSelectionChangeKind.Keyboard);
  });

  it('pastes lines without a keyboard selection', async () => {
    await clipboard.writeExternal('one\ntwo\n');
    await keyboard.press('Control+V');
    await until('the events', () => seen.some(one => 'kind' in one));
    assert.equal(seen[0]?.event.contentChanges[0]?.text, 'one\ntwo\n');
    assert.equal(seen[0]?.kind, undefined);
  });

  it('takes pictures', async () => {
    await page.screenshot(`rig-${gate}`);
  });
});
