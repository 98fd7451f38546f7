import * as vscode from 'vscode';
import { caretAfter, completes, drag, select } from './acts.ts';
import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

const initial = 'An old line of the text, long enough to be known.\n';
const pasted = 'A line that came from outside, and no key made it.\n';
const typed = 'A line that was typed here, letter after letter.\n';
const files = { 'chapter.md': initial };
const allows = ['initial', 'typed', 'pasted.external'] as const;

/** A text of three lines: initial, pasted, typed. The caret is at its end. */
async function threeLines(stage: Stage, name = 'chapter.md'): Promise<Sheet> {
  const sheet = await stage.open(name);
  await stage.copyOutside(pasted);
  await stage.paste(sheet, pasted);
  sheet.came('pasted.external');
  // A key after the last line break, taken back, so that the break stands between two keys.
  await sheet.type(`${typed}x`);
  await stage.press('Backspace');
  await sheet.has(typed);
  sheet.came('typed');
  return sheet;
}

/** A command or key that puts the three lines in another order. */
function reorders(
  name: string,
  wanted: readonly string[],
  act: (stage: Stage, sheet: Sheet) => PromiseLike<unknown>,
): Scenario {
  return {
    name,
    allows,
    files,
    async run(stage) {
      const sheet = await threeLines(stage);
      await act(stage, sheet);
      await sheet.has(text => text === wanted.join(''));
      // Of line breaks whose lines change places nobody can say which is which.
      sheet.became(...wanted.flatMap(line => [line.slice(0, -1), fresh(allows, '\n')]));
    },
  };
}

const command = (id: string) => () => vscode.commands.executeCommand(id);

group('moving', [
  {
    name: 'a sentence is cut and pasted',
    allows,
    files,
    async run(stage) {
      const sheet = await threeLines(stage);
      await sheet.type('The end');
      await select(sheet, typed);
      await stage.copies(typed, 'Control+x');
      await stage.press('Control+Home');
      await stage.paste(sheet, text => text.startsWith(typed));
      sheet.became(kept(typed, 'paste'), initial, pasted, 'The end');
    },
  },
  {
    name: 'a pasted sentence that is cut and pasted stays pasted',
    allows,
    files,
    async run(stage) {
      const sheet = await threeLines(stage);
      await select(sheet, pasted);
      await stage.copies(pasted, 'Control+x');
      await stage.press('Control+Home');
      await stage.paste(sheet, text => text.startsWith(pasted));
      sheet.became(kept(pasted, 'paste'), initial, typed);
    },
  },
  {
    name: 'a word that a machine completed is cut and pasted, and stays a machine’s',
    allows: [...allows, 'ai.completion'],
    files,
    async run(stage) {
      const sheet = await threeLines(stage);
      await sheet.type('A typed beginning');
      await completes(sheet, ' and an end by a machine');
      await select(sheet, ' and an end by a machine');
      await stage.copies(' and an end by a machine', 'Control+x');
      await caretAfter(sheet, 'An old line');
      await stage.paste(sheet, text => text.includes('line and an end'));
      sheet.became(
        'An old line',
        kept(' and an end by a machine', 'paste'),
        kept(initial.slice(11)),
        pasted,
        typed,
        'A typed beginning',
      );
    },
  },
  {
    name: 'a cut line of one letter',
    allows,
    files: { 'chapter.md': 'a\nb\nc\n' },
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('words');
      await stage.press('Control+Home');
      await stage.copies('a\n', 'Control+x');
      await stage.press('ArrowDown');
      await stage.paste(sheet, 'b\na\nc\nwords');
      sheet.became('b\n', kept('a\n', 'paste'), 'c\n', 'words');
    },
  },
  {
    name: 'words are dragged with the mouse',
    allows,
    files,
    async run(stage) {
      const sheet = await threeLines(stage);
      await drag(sheet, ' that was typed here', 'An old line');
      await sheet.has(text => text.startsWith('An old line that was typed here of'));
      sheet.became(
        'An old line',
        kept(' that was typed here', 'move'),
        initial.slice(11) + pasted + typed.slice(0, 6),
        ', letter after letter.\n',
      );
    },
  },
  reorders('a line moved down by key', [initial, typed, pasted], async (stage, sheet) => {
    await caretAfter(sheet, 'A line that came');
    await stage.press('Alt+ArrowDown');
  }),
  reorders('a line moved up by key, twice', [typed, initial, pasted], async (stage, sheet) => {
    await caretAfter(sheet, 'A line that was');
    await stage.press('Alt+ArrowUp', 'Alt+ArrowUp');
  }),
  reorders('two lines moved by key', [typed, initial, pasted], async (stage, sheet) => {
    await select(sheet, initial + pasted);
    await stage.press('Alt+ArrowDown');
  }),
  reorders('lines sorted', [pasted, typed, initial], async (_stage, sheet) => {
    await select(sheet, (initial + pasted + typed).slice(0, -1));
    await command('editor.action.sortLinesAscending')();
  }),
  reorders('lines in reverse', [typed, pasted, initial], async (_stage, sheet) => {
    await select(sheet, (initial + pasted + typed).slice(0, -1));
    await command('editor.action.reverseLines')();
  }),
  reorders('a line copied down', [initial, pasted, pasted, typed], async (_stage, sheet) => {
    await caretAfter(sheet, 'A line that came');
    await command('editor.action.copyLinesDownAction')();
  }),
  {
    name: 'lines joined',
    allows: [...allows, 'tool.editor'],
    unknown: 'The blank that joins two lines: stock VS Code does not name the command.',
    files,
    async run(stage) {
      const sheet = await threeLines(stage);
      await caretAfter(sheet, 'A line that came');
      await command('editor.action.joinLines')();
      await sheet.has(text => text.includes('made it. A line'));
      sheet.became(initial, pasted.slice(0, -1), fresh(['tool.editor', 'unknown'], ' '), typed);
    },
  },
  {
    name: 'two letters transposed',
    allows,
    unknown: 'Of two letters that change places one may be unknown: nothing tells it from a new one.',
    files,
    async run(stage) {
      const sheet = await threeLines(stage);
      await sheet.type('teh');
      await stage.press('ArrowLeft');
      await command('editor.action.transposeLetters')();
      await sheet.has('the');
      sheet.became(kept(`${initial}${pasted}${typed}t`), fresh(['typed', 'unknown'], 'he'));
    },
  },
]);
