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
  await ghostShown();
  return provider;
}

/** Asks for ghost text until it is shown: the editor drops a proposal for a text that it has just left. */
export async function ghostShown(): Promise<void> {
  const editor = vscode.window.activeTextEditor!;
  // Lines below the last one in sight are not drawn.
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.AtTop);
  for (let tries = 5; ; tries--) {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    // The first of several pieces may be a line break, which has no width.
    const shown = page.waitFor('[class*="ghost-text"]', { state: 'attached', timeout: tries > 1 ? 2_000 : 10_000 });
    if (tries === 1) return shown;
    const there = await shown.then(
      () => true,
      () => false,
    );
    if (there) return;
  }
}
