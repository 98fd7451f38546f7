import { keyboard, page } from './driver.ts';
import { until } from './until.ts';

/** The editor's quick input, where it is shown. */
export const widget = '.quick-input-widget:not([style*="display: none"])';
export const input = `${widget} input[type=text]`;
export const row = `${widget} .monaco-list-row`;

/** Gives a path to the editor's own dialog for files to save, by keys. */
export async function tellsPath(path: string): Promise<void> {
  await page.waitFor(input);
  // While the dialog is looking it hears no Enter, and may yet put the path that it proposes over another; while it
  // has a file chosen in its list, Enter means that file.
  await until('the path', async () => {
    if ((await page.count(busy)) > 0 || (await page.count(row)) === 0) return false;
    if ((await page.value(input)) === path) return (await page.count(`${row}.focused`)) === 0;
    await keyboard.press('Control+a');
    await keyboard.insert(path);
    return false;
  });
  await keyboard.press('Enter');
}

/** It stands while a dialog for files is looking. */
export const busy = `${widget} .monaco-progress-container.active`;
