import * as vscode from 'vscode';
import { keyboard, page } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';

const widget = '.quick-input-widget:not([style*="display: none"])';
const input = `${widget} input[type=text]`;
const row = `${widget} .monaco-list-row`;
const busy = `${widget} .monaco-progress-container.active`;

/** Saves the text that has the focus under a path, by keys, in the editor's own dialog; it is shown then. */
export async function savesAs(path: string): Promise<void> {
  await keyboard.press('Control+Shift+s');
  await page.waitFor(input);
  // While the dialog is looking it hears no Enter, and may yet put the path that it proposes over another; while it
  // has a file chosen in its list, Enter means that file.
  await until('the path', async () => {
    if (!(await isCalm()) || (await page.count(row)) === 0) return false;
    if ((await page.value(input)) === path) return (await page.count(`${row}.focused`)) === 0;
    await keyboard.press('Control+a');
    await keyboard.insert(path);
    return false;
  });
  await keyboard.press('Enter');
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
const isCalm = async () => (await page.count(busy)) === 0;
const isEmpty = async () => (await page.value(input)) === '';
