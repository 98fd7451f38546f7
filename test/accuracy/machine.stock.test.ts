import * as vscode from 'vscode';
import { keyboard, page } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';
import { caretAfter, completes } from './acts.ts';
import { proposes } from './ghost.ts';
import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

const files = { 'chapter.md': 'The steppe was there.\n' };
const extension = 'An edit by another extension: the editor does not say which, and no record names it.';

/** A machine's text in the middle of typed text. */
function completed(name: string, act: (stage: Stage, sheet: Sheet) => Promise<unknown>): Scenario {
  return {
    name,
    allows: ['initial', 'typed', 'ai.completion'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('She wrote: ');
      await act(stage, sheet);
      await sheet.type(' And on.');
    },
  };
}

/** What another extension does to a text that a person types. */
function edited(name: string, act: (editor: vscode.TextEditor, sheet: Sheet) => Promise<unknown>): Scenario {
  return {
    name,
    allows: ['initial', 'typed', 'unknown'],
    unknown: extension,
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('She wrote: ');
      await act(vscode.window.activeTextEditor!, sheet);
      await stage.press('Control+End');
      await sheet.type(' And on.');
    },
  };
}

group('machine', [
  completed('ghost text accepted by Tab', (_stage, sheet) => completes(sheet, 'the wind was a machine.')),
  completed('ghost text of several lines', (_stage, sheet) =>
    completes(sheet, 'one line\n  a second, indented\n\nand a last'),
  ),
  completed('ghost text of one letter', (_stage, sheet) => completes(sheet, 'q')),
  completed('ghost text of one line break', (_stage, sheet) => completes(sheet, '\n')),
  completed('ghost text accepted word by word', async (_stage, sheet) => {
    const ghost = await proposes(sheet, 'a b, and then a longer one');
    for (let i = 0; i < 4; i++) {
      const { length } = sheet.text;
      await page.waitFor('[class*="ghost-text"]');
      await keyboard.press('Control+ArrowRight');
      await sheet.has(text => text.length > length);
      sheet.came('ai.completion');
    }
    await keyboard.press('Tab');
    await sheet.has('a longer one');
    sheet.came('ai.completion');
    ghost.dispose();
  }),
  completed('ghost text that is typed over for a while, then accepted', async (_stage, sheet) => {
    const ghost = await proposes(sheet, 'the wind came');
    await sheet.type('the w');
    await page.waitFor('[class*="ghost-text"]');
    await keyboard.press('Tab');
    await sheet.has('the wind came');
    // What was typed of it stays typed, also where the editor puts the whole in its place.
    sheet.became(kept(sheet.told), fresh('ai.completion', 'ind came'));
    ghost.dispose();
  }),
  completed('ghost text that is refused', async (_stage, sheet) => {
    const ghost = await proposes(sheet, 'the wind came');
    await keyboard.press('Escape');
    ghost.dispose();
    await sheet.type('the rain came');
  }),
  completed('ghost text that is accepted, taken back and accepted again', async (stage, sheet) => {
    await completes(sheet, 'the wind was a machine.');
    await stage.press('Control+z');
    await sheet.has('wrote: ');
    sheet.returned();
    await stage.press('Control+y');
    await sheet.has('machine.');
    sheet.returned();
  }),
  completed('a word of ghost text that is changed by hand', async (_stage, sheet) => {
    await completes(sheet, 'the wind was a machine.');
    await caretAfter(sheet, 'was a ');
    await keyboard.press('Control+Delete');
    await sheet.has('was a .');
    sheet.came('typed');
    await sheet.type('voice');
    await keyboard.press('End');
  }),
  completed('ghost text twice in a row, with a line break', async (_stage, sheet) => {
    await completes(sheet, 'first words.');
    await sheet.type(' Then\nmore: ');
    await completes(sheet, 'second words.');
  }),
  edited('another extension inserts a sentence at the caret', async (editor, sheet) => {
    await editor.edit(builder => builder.insert(editor.selection.active, 'A machine was here.'));
    sheet.came('unknown');
  }),
  edited('another extension inserts one letter at the caret, and an arrow key follows', async (editor, sheet) => {
    await editor.edit(builder => builder.insert(editor.selection.active, 'q'));
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowRight');
    sheet.came('unknown');
  }),
  edited(
    'another extension inserts one letter behind the caret, and an arrow key goes over it',
    async (editor, sheet) => {
      await keyboard.press('Home');
      await until('the caret at the start', () => editor.selection.active.character === 0);
      for (let i = 0; i < 5; i++) {
        const edit = new vscode.WorkspaceEdit();
        edit.insert(editor.document.uri, editor.selection.active, 'q');
        const done = vscode.workspace.applyEdit(edit);
        await keyboard.press('ArrowRight');
        await done;
      }
      await until('five letters', () => sheet.text.split('q').length === 6);
      sheet.came('unknown');
    },
  ),
  edited('another extension inserts letters one by one, as a modal editor does', async (editor, sheet) => {
    for (const letter of 'modal') await editor.edit(builder => builder.insert(editor.selection.active, letter));
    await sheet.has('modal');
    sheet.came('unknown');
  }),
  edited('another extension inserts letters between those that are typed', async (editor, sheet) => {
    for (const letter of 'abc') {
      await sheet.type(letter);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(editor.document.uri, new vscode.Position(0, 0), 'Z');
      await vscode.workspace.applyEdit(edit);
      sheet.came('unknown');
    }
  }),
  edited('another extension changes words of a sentence', async (editor, sheet) => {
    const from = sheet.text.indexOf('steppe');
    const at = (offset: number) => editor.document.positionAt(offset);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(
      editor.document.uri,
      new vscode.Range(at(0), at(sheet.text.length)),
      sheet.text.replace('steppe', 'highland'),
    );
    await vscode.workspace.applyEdit(edit);
    await sheet.has(text => text.includes('highland') && from > 0);
    sheet.became(kept('The '), fresh('unknown', 'highland'), kept(' was there.\nShe wrote: '));
  }),
  edited('another extension inserts a snippet', async (editor, sheet) => {
    const snippet = new vscode.SnippetString('a snippet of ').appendPlaceholder('some').appendText(' words');
    await editor.insertSnippet(snippet);
    await sheet.has('some words');
    sheet.came('unknown');
    await keyboard.press('Escape');
  }),
  {
    ...edited('another extension inserts a line break between two keys', async (editor, sheet) => {
      await editor.edit(builder => builder.insert(editor.selection.active, '\n'));
      await sheet.has('\n');
      sheet.came('unknown');
    }),
    unknown: 'A line break that another extension puts in at the caret, between two keys, cannot be told from Enter.',
    gate: false,
  },
]);
