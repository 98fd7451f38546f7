import * as vscode from 'vscode';
import { keyboard, mouse } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';
import { select } from './acts.ts';
import { fresh, type Piece, pieceText } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

const start = 'The steppe was there before the record began, and nobody had crossed it in the winter.\n';
const own = 'I saw it first from the window of a train, one grey morning in March.';
const files = { 'chapter.md': start };
const words = { 'steppe was': 'prairie lay', 'grey morning': 'grim evening' };
const allows = ['initial', 'typed', 'external.disk'] as const;

/** An old line and a typed one, saved. */
async function written(stage: Stage, name = 'chapter.md'): Promise<Sheet> {
  const sheet = await stage.open(name);
  await sheet.type(own);
  await sheet.document?.save();
  return sheet;
}

function reworded(text: string): string {
  return Object.entries(words).reduce((now, [old, other]) => now.replace(old, other), text);
}

const nothing = () => Promise.resolve();
const close = () => vscode.commands.executeCommand('workbench.action.closeActiveEditor');

/** Another program writes the whole file with some words changed: all others keep their origin. */
function outside(
  name: string,
  before: (stage: Stage, sheet: Sheet) => PromiseLike<unknown>,
  after: (stage: Stage) => PromiseLike<unknown> = nothing,
): Scenario {
  return {
    name,
    allows,
    files,
    async run(stage) {
      const sheet = await written(stage);
      await before(stage, sheet);
      stage.write('chapter.md', reworded(start + own));
      await after(stage);
      await sheet.has(text => text === reworded(start + own));
      // What was typed in between is gone, and the file's text stands there again with its words.
      sheet.went(start + own);
      sheet.reworded(words, 'external.disk');
    },
  };
}

/** Another program writes what these pieces make. */
function rewritten(name: string, old: string, pieces: readonly Piece[], closed = false): Scenario {
  return {
    name,
    allows,
    files: { 'chapter.md': old },
    async run(stage) {
      const sheet = await written(stage);
      if (closed) await close();
      const text = pieces.map(pieceText).join('');
      stage.write('chapter.md', text);
      await sheet.has(now => now === text);
      sheet.became(...pieces);
    },
  };
}

const disk = (text: string) => fresh('external.disk', text);

const put = (text: string) => fresh(['tool.editor', 'unknown'], text);
const command = (id: string) => () => vscode.commands.executeCommand(id);

/** A formatter that leaves one blank of several and puts one after each comma. */
function formatter(stage: Stage): void {
  const registration = vscode.languages.registerDocumentFormattingEditProvider(
    { scheme: 'file' },
    { provideDocumentFormattingEdits: tidied },
  );
  stage.later(() => registration.dispose());
}

function tidied(document: vscode.TextDocument): vscode.TextEdit[] {
  return [...document.getText().matchAll(/(?<=\S) {2,}(?=\S)|,(?=\w)/g)].map(({ index, 0: found }) => {
    const range = new vscode.Range(document.positionAt(index), document.positionAt(index + found.length));
    return vscode.TextEdit.replace(range, found === ',' ? ', ' : ' ');
  });
}

const loose = { 'chapter.md': 'Old words,and  a comma.\n' };
const tidy: readonly Piece[] = [
  'Old words,',
  fresh('tool.format', ' '),
  'and',
  fresh(['initial', 'tool.format'], ' '),
  'a comma.\nNew,',
  fresh('tool.format', ' '),
  'typed',
  fresh(['typed', 'tool.format'], ' '),
  'words.',
];

group('rewriting', [
  outside('another program changes words of an open file', nothing),
  outside('another program changes words of a closed file', close),
  outside(
    'another program saves while the text here is unsaved, and the person takes the file’s',
    (_stage, sheet) => sheet.type(' Not saved.'),
    command('workbench.action.files.revert'),
  ),
  {
    name: 'another program saves while the text here is unsaved, and the person overwrites it',
    allows,
    files,
    async run(stage) {
      const sheet = await written(stage);
      await sheet.type(' Not saved.');
      stage.write('chapter.md', reworded(start + own));
      await stage.press('Control+s');
      await vscode.commands.executeCommand('notifications.showList');
      await mouse.click('.notifications-center .monaco-button:has-text("Overwrite")');
      await until('the save', () => sheet.document?.isDirty === false);
    },
  },
  rewritten('another program wraps hard-wrapped prose anew', 'One two three\nfour five six\nseven eight.\n', [
    'One two three',
    disk(' '),
    'four five',
    disk('\n'),
    'six',
    disk(' '),
    `seven eight.\n${own}`,
  ]),
  rewritten(
    'another program wraps prose of a closed file anew',
    'One two three\nfour five six\nseven eight.\n',
    ['One two', disk('\n'), 'three', disk(' '), `four five six\nseven eight.\n${own}`],
    true,
  ),
  rewritten('another program indents every line', start, [disk('    '), start, disk('    '), own]),
  rewritten('another program keeps the words and adds sentences', start, [
    disk('At first a new beginning, that was not there.\n'),
    start,
    disk('A passage between the two.\n'),
    own,
    disk(' And a last word.\n'),
  ]),
  {
    name: 'a search and replacement in the file',
    allows: ['initial', 'typed', 'tool.editor'],
    unknown: 'Stock VS Code does not say that a replacement was made by its search.',
    files,
    async run(stage) {
      const sheet = await written(stage);
      await select(sheet, 'winter');
      await stage.press('Control+h');
      // With a word selected the search has it, and the keys go to the replacement.
      await stage.waitFor('.find-widget .replace-part :focus');
      await keyboard.type('May');
      await stage.press('Control+Alt+Enter');
      await sheet.has(text => text.includes('May'));
      await stage.press('Escape');
      sheet.became(start.slice(0, start.indexOf('winter')), put('May'), `.\n${own}`);
    },
  },
  {
    name: 'a replacement over files, one open and one closed',
    allows: ['initial', 'typed', 'external.disk', 'tool.editor'],
    unknown: 'Stock VS Code does not say that a replacement was made by its search.',
    files: { ...files, 'other.md': 'Nobody crosses it in the winter.\n' },
    async run(stage) {
      const other = await stage.open('other.md');
      await close();
      const sheet = await written(stage);
      // What the search over files does: one edit of many files, and then a save of each.
      const edit = new vscode.WorkspaceEdit();
      for (const { uri, told } of [sheet, other]) {
        const line = told.slice(0, told.indexOf('\n'));
        const at = line.indexOf('winter');
        edit.replace(uri, new vscode.Range(0, at, 0, at + 6), 'May');
      }
      await vscode.workspace.applyEdit(edit, { isRefactoring: true });
      await vscode.workspace.saveAll();
      await until('both files', () => [sheet, other].every(({ text }) => text.includes('May')));
      sheet.became(start.slice(0, start.indexOf('winter')), put('May'), `.\n${own}`);
      other.became('Nobody crosses it in the ', fresh(['tool.editor', 'external.disk', 'unknown'], 'May'), '.\n');
    },
  },
  {
    name: 'the formatter, by its command',
    allows: ['initial', 'typed', 'tool.format'],
    files: loose,
    async run(stage) {
      formatter(stage);
      const sheet = await stage.open('chapter.md');
      await sheet.type('New,typed  words.');
      await command('editor.action.formatDocument')();
      await sheet.has('typed words.');
      sheet.became(...tidy);
    },
  },
  {
    name: 'the formatter, on saving',
    allows: ['initial', 'typed', 'tool.format'],
    files: loose,
    async run(stage) {
      formatter(stage);
      const sheet = await stage.open('chapter.md');
      await stage.settings({ 'editor.formatOnSave': true });
      await sheet.type('New,typed  words.');
      await stage.press('Control+s');
      await sheet.has('typed words.');
      sheet.became(...tidy);
    },
  },
  {
    name: 'blanks at line ends and the last line break, on saving',
    allows: ['initial', 'typed', 'tool.format'],
    files: { 'chapter.md': 'Old words.   \n' },
    async run(stage) {
      await stage.settings({ 'files.trimTrailingWhitespace': true, 'files.insertFinalNewline': true });
      const sheet = await stage.open('chapter.md');
      await sheet.type('Typed words.');
      await stage.press('Control+s');
      await sheet.has('Old words.\nTyped words.\n');
      sheet.became('Old words.', '\nTyped words.', fresh('tool.format', '\n'));
    },
  },
  {
    name: 'unsaved typing is given up',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await written(stage);
      const saved = sheet.told;
      await sheet.type(' Given up.');
      await command('workbench.action.files.revert')();
      await sheet.has(text => text === saved);
      sheet.returned();
    },
  },
  {
    name: 'the line ends change, and change back',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await written(stage);
      for (const eol of [vscode.EndOfLine.CRLF, vscode.EndOfLine.LF]) {
        await vscode.window.activeTextEditor?.edit(builder => builder.setEndOfLine(eol));
        await until('the line ends', () => sheet.document?.eol === eol);
        await sheet.type(' more');
        await sheet.document?.save();
      }
    },
  },
]);
