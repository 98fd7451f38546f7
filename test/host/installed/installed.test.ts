import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/until.ts';

interface Tally {
  readonly kinds?: Readonly<Record<string, number>>;
}

describe('the installed package', () => {
  const extension = () => vscode.extensions.getExtension('holograph.holograph');

  it('stands among the installed extensions and activates', async () => {
    const found = extension();
    assert.ok(found, 'holograph.holograph is not there');
    assert.notEqual(found.extensionPath, '');
    await found.activate();
    assert.ok(found.isActive);
  });

  it('records a folder by command, with the SQLite of the package', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const file = join(folder, 'work.md');
    writeFileSync(file, 'before recording\n');
    await vscode.commands.executeCommand('holograph.startRecording');
    const home = process.env.HOLOGRAPH_HOME ?? '';
    await until(
      'a journal',
      () => existsSync(join(home, 'journals')) && readdirSync(join(home, 'journals')).length === 1,
    );

    const document = await vscode.workspace.openTextDocument(file);
    const api = extension()?.exports as { tally(uri: vscode.Uri): Promise<Tally | undefined> };
    let tally: Tally | undefined;
    await until('the file in the journal', async () => {
      tally = await api.tally(document.uri).catch(() => undefined);
      return tally !== undefined;
    });
    // `initial`, or `external.disk` where the watcher told of the new file first: never typed.
    const { initial = 0, 'external.disk': outside = 0 } = tally?.kinds ?? {};
    assert.equal(initial + outside, 17);
  });
});
