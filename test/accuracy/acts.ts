import * as vscode from 'vscode';
import { keyboard, mouse, page } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';
import { proposes } from './ghost.ts';
import { plain, type Sheet } from './sheet.ts';

/** Selects these parts of the text, each there exactly once; waits until the window has it so. */
export function select(sheet: Sheet, ...parts: readonly string[]): Promise<void> {
  return selectRanges(
    sheet,
    parts.map(part => [placeOf(sheet, part), placeOf(sheet, part) + part.length]),
  );
}

/** Puts carets behind these parts of the text, each there exactly once. */
export function caretAfter(sheet: Sheet, ...parts: readonly string[]): Promise<void> {
  return selectRanges(
    sheet,
    parts.map(part => [placeOf(sheet, part) + part.length, placeOf(sheet, part) + part.length]),
  );
}

/** Selects ranges, in UTF-16 units of the text with `\n` line ends. */
export async function selectRanges(sheet: Sheet, ranges: readonly (readonly [number, number])[]): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(e => e.document.uri.toString() === sheet.uri.toString());
  if (!editor) throw new RangeError(`${sheet.uri.fsPath} is not shown`);
  const wanted = ranges.map(
    ([from, to]) => new vscode.Selection(positionAt(sheet.text, from), positionAt(sheet.text, to)),
  );
  const holds = (selections: readonly vscode.Selection[]) =>
    selections.length === wanted.length && wanted.every((one, i) => selections[i]?.isEqual(one));
  if (holds(editor.selections)) return;
  // The editor object believes at once; the window has it when it says so.
  let said = false;
  const subscription = vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
    said ||= textEditor === editor && holds(selections);
  });
  editor.selections = wanted;
  try {
    await until('the selection', () => said);
  } finally {
    subscription.dispose();
  }
}

/** Drags a part of the text with the mouse to behind another part of it. Both must be in sight, on one line each. */
export async function drag(sheet: Sheet, part: string, behind: string): Promise<void> {
  await caretAfter(sheet, behind);
  const to = await boxOf('.monaco-editor.focused .cursor');
  await select(sheet, part);
  const from = await boxOf('.monaco-editor.focused .selected-text');
  await mouse.drag({ x: from.x + from.width / 2, y: from.y + from.height / 2 }, { x: to.x, y: to.y + to.height / 2 });
}

/** Has a machine propose this text at the caret as ghost text, and accepts it by Tab. */
export async function completes(sheet: Sheet, text: string): Promise<void> {
  const wanted = sheet.text.length + text.length;
  const provider = await proposes(sheet, text);
  try {
    await keyboard.press('Tab');
    await sheet.has(now => now.length === wanted);
  } finally {
    provider.dispose();
  }
  sheet.came('ai.completion');
}

function placeOf(sheet: Sheet, part: string): number {
  const at = sheet.text.indexOf(part);
  if (at < 0 || sheet.text.indexOf(part, at + 1) >= 0)
    throw new RangeError(`${JSON.stringify(part)} does not stand in the text once`);
  return at;
}

function positionAt(text: string, offset: number): vscode.Position {
  const before = plain(text).slice(0, offset);
  return new vscode.Position(before.split('\n').length - 1, offset - before.lastIndexOf('\n') - 1);
}

async function boxOf(selector: string): Promise<NonNullable<Awaited<ReturnType<typeof page.box>>>> {
  let box: Awaited<ReturnType<typeof page.box>>;
  await until(selector, async () => {
    box = await page.box(selector);
    return box !== undefined;
  });
  return box!;
}
