import { keyboard, page } from '../host/support/driver.ts';
import type { Known, Labelling } from './label.ts';
import type { Sheet } from './sheet.ts';

/**
 * What one key put in: its first grapheme is typed, what the editor added to it (a closing bracket, an indent) is the
 * editor's, and what it only went over stays what it was.
 */
export const byKeys: Labelling = (inserted, removed) => {
  if (inserted.length === removed.length) return removed.map((label, i) => (wasOver(inserted[i]!) ? label : 'typed'));
  const own = firstOf(inserted);
  return Array.from({ length: inserted.length }, (_, i): Known => (i < own ? 'typed' : 'tool.editor'));
};

/** Types by real keys, the editor adding of its own; waits until the text ends so, and tells the truth of it. */
export async function types(sheet: Sheet, text: string, wanted: Parameters<Sheet['has']>[0]): Promise<void> {
  await keyboard.type(text);
  await sheet.has(wanted);
  sheet.came(byKeys);
}

/** Types code by real keys, the editor adding of its own; waits until the text is so, and tells the truth of it. */
export async function typesCode(sheet: Sheet, text: string, result: string): Promise<void> {
  // The editor closes and indents only where it has told the lines before apart into words and signs, when idle.
  for (const part of text.split(/(?<=\n)|(?=[{}])/)) {
    await keyboard.type(part);
    await page.idle();
  }
  await sheet.has(now => now === result);
  sheet.came(byKeys);
}

/** Whether a key that took this character out and put it in went over a closing sign. */
function wasOver(character: string): boolean {
  return /[)\]}"'`]/.test(character);
}

function firstOf(text: string): number {
  for (const { segment } of new Intl.Segmenter('und').segment(text)) return segment.length;
  return 0;
}

/** Composes text as an input method does, and waits for it. */
export async function composes(sheet: Sheet, shown: readonly string[], text: string): Promise<void> {
  const wanted = sheet.text + text;
  await keyboard.compose(shown, text);
  await sheet.has(now => now === wanted);
  sheet.came('typed');
}
