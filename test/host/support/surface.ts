import * as vscode from 'vscode';
import { page } from './driver.ts';
import { until } from './until.ts';

/** The item in the status bar, and the marks of origins in the text, as CSS selectors. */
export const statusBar = '[id*="holograph.status"]';
export const marks = '.view-overlays [class*="ced-"], .view-lines [class*="ced-"]';

/** What stands before a selector of something inside a webview panel's page. */
export const inPanel =
  'iframe.webview.ready >> internal:control=enter-frame >> iframe#active-frame >> internal:control=enter-frame >> ';

/**
 * The texts of the notifications that stand. Toasts are off while a driver runs the window, so the
 * list is opened, read and closed.
 */
export async function notifications(): Promise<readonly string[]> {
  await vscode.commands.executeCommand('notifications.showList');
  const texts = await page.text('.notifications-center .notification-list-item-message');
  await vscode.commands.executeCommand('notifications.hideList');
  return texts;
}

/** Waits for a notification that holds a text. */
export async function said(text: string): Promise<void> {
  let all: readonly string[] = [];
  try {
    await until(`the message “${text}”`, async () => {
      all = await notifications();
      return all.join('\n').includes(text);
    });
  } catch (error) {
    throw new Error(`${text}: not among the messages ${JSON.stringify(all)}`, { cause: error });
  }
}

/** Sets the person's settings; `undefined` takes one back. */
export async function settings(values: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [id, value] of Object.entries(values))
    await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
}
