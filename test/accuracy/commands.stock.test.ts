import * as vscode from 'vscode';
import { caretAfter, select } from './acts.ts';
import { fresh, type Piece, pieceText } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

/** A command of the editor that puts in few characters of its own, or none, and leaves all others. */
function commanded(
  name: string,
  act: (stage: Stage, sheet: Sheet) => PromiseLike<unknown>,
  result: readonly Piece[],
  adds = true,
): Scenario {
  return {
    name,
    allows: adds ? ['initial', 'typed', 'tool.editor'] : ['initial', 'typed'],
    ...(adds ? { unknown: 'Stock VS Code does not say which command of its own changed a text.' } : {}),
    files: { 'lines.ts': 'const one = 1;\nconst two = 2;  \n' },
    async run(stage) {
      await stage.settings({ 'editor.autoClosingBrackets': 'never', 'editor.quickSuggestions': { other: 'off' } });
      const sheet = await stage.open('lines.ts');
      await sheet.type('const three = 3;');
      await act(stage, sheet);
      await sheet.has(text => text === result.map(pieceText).join(''));
      sheet.became(...result);
    },
  };
}

const put = (text: string) => fresh(['tool.editor', 'unknown'], text);
const [one, two, three] = ['const one = 1;\n', 'const two = 2;  \n', 'const three = 3;'] as const;
const command = (id: string) => () => vscode.commands.executeCommand(id);
const all = (stage: Stage) => stage.press('Control+a');

group('commands', [
  commanded(
    'blanks at line ends are taken away',
    command('editor.action.trimTrailingWhitespace'),
    [one, 'const two = 2;', '\n', three],
    false,
  ),
  commanded(
    'letters become capitals',
    async (_stage, sheet) => {
      await select(sheet, 'three');
      await command('editor.action.transformToUppercase')();
    },
    [one + two, 'const ', put('THREE'), ' = 3;'],
  ),
  commanded(
    'lines are indented by key',
    async stage => {
      await all(stage);
      await stage.press('Tab');
    },
    [put('    '), one, put('    '), two, put('    '), three],
  ),
  commanded(
    'lines are indented and outdented again',
    async stage => {
      await all(stage);
      await stage.press('Tab', 'Shift+Tab');
    },
    [one, two, three],
    false,
  ),
  commanded(
    'lines become comments by key',
    async stage => {
      await all(stage);
      await stage.press('Control+/');
    },
    [put('// '), one, put('// '), two, put('// '), three],
  ),
  commanded(
    'a line becomes a comment and no comment again',
    async (stage, sheet) => {
      await caretAfter(sheet, 'const one');
      await stage.press('Control+/', 'Control+/');
    },
    [one, two, three],
    false,
  ),
]);
