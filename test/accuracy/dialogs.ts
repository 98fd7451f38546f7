import * as vscode from 'vscode';
import { input, row, tellsPath } from '../host/support/dialogs.ts';
import { keyboard, page } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';

/** Saves the text that has the focus under a path, by keys, in the editor's own dialog; it is shown then. */
export async function savesAs(path: string): Promise<void> {
  await keyboard.press('Control+Shift+s');
  await tellsPath(path);
  await until(`${path} in the editor`, () => vscode.window.activeTextEditor?.document.uri.fsPath === path);
  await page.waitFor('.monaco-editor.focused');
}

/** Runs a command that asks, and gives these answers, one from each list. */
export async function answers(command: string, ...chosen: readonly string[]): Promise<void> {
  void vscode.commands.executeCommand(command);
  for (const [i, answer] of chosen.entries()) {
    const before = chosen[i - 1];
    await page.waitFor(input);
    if (before !== undefined)
      await until('the next question', async () => (await page.count(rowOf(before))) === 0 && (await isEmpty()));
    await keyboard.type(answer);
    await page.waitFor(`${rowOf(answer)}.focused`);
    await keyboard.press('Enter');
  }
}

const rowOf = (text: string) => `${row}:has-text("${text}")`;
const isEmpty = async () => (await page.value(input)) === '';
