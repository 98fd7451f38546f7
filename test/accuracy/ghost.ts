import * as vscode from 'vscode';
import { page } from '../host/support/driver.ts';
import type { Sheet } from './sheet.ts';

/**
 * Has a machine propose this text as ghost text where the caret stands now, and the rest of it once some of it stands
 * there; waits until it is shown. It goes on proposing till it is disposed.
 */
export async function proposes(sheet: Sheet, text: string): Promise<vscode.Disposable> {
  const editor = vscode.window.activeTextEditor!;
  const from = editor.selection.active;
  const provider = vscode.languages.registerInlineCompletionItemProvider(
    { pattern: sheet.uri.fsPath },
    {
      provideInlineCompletionItems: (_document, at) => [
        new vscode.InlineCompletionItem(text, new vscode.Range(from, at)),
      ],
    },
  );
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  await page.waitFor('[class*="ghost-text"]');
  return provider;
}
