import * as vscode from 'vscode';
import { keyboard } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';
import { caretAfter, select, selectRanges } from './acts.ts';
import { composes, types, typesCode } from './keys.ts';
import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

const prose = 'The wind came over the steppe at night, and nobody in the house could sleep.';
const long = `${prose} She lit the lamp, took a sheet and wrote down what she remembered of the day: the road, the well, the boy who had sold them melons, the long light on the hills. `;

/** Text typed at the end of a file, each key putting in what it says. */
function typed(
  name: string,
  text: string,
  settings: Readonly<Record<string, unknown>> = {},
  more: Partial<Scenario> = {},
): Scenario {
  return {
    name,
    allows: ['initial', 'typed'],
    ...more,
    files: { 'chapter.md': 'The steppe was there.\n' },
    async run(stage) {
      await stage.settings({ 'editor.wordWrap': 'off', ...settings });
      const sheet = await stage.open('chapter.md');
      await sheet.type(text);
    },
  };
}

/** Code typed into an empty file, the editor closing brackets and indenting. */
function coded(name: string, text: string, result: string, more: Partial<Scenario> = {}): Scenario {
  return {
    name,
    allows: ['typed', 'tool.editor'],
    ...more,
    async run(stage) {
      await stage.settings({ 'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' } });
      const sheet = await stage.open('code.ts');
      await typesCode(sheet, text, result);
    },
  };
}

/** Keys in a file of some lines, and what the text is made of then. */
function keyed(
  name: string,
  act: (stage: Stage, sheet: Sheet) => Promise<unknown>,
  more: Partial<Scenario> = {},
): Scenario {
  return {
    name,
    allows: ['initial', 'typed', 'tool.editor'],
    files: { 'lines.md': 'one two three\nfour five six\nseven\n' },
    ...more,
    async run(stage) {
      const sheet = await stage.open('lines.md');
      await act(stage, sheet);
    },
  };
}

/** Text that an input method composes: without a gate, since the editor tells of it in pieces. */
function composed(name: string, parts: readonly (readonly [shown: readonly string[], text: string])[]): Scenario {
  return {
    name,
    allows: ['initial', 'typed', 'unknown'],
    unknown:
      'Some of an input method’s letters replace one another without a sign of the keyboard; no key after the last one tells.',
    gate: false,
    files: { 'composed.md': 'Before.\n' },
    async run(stage) {
      const sheet = await stage.open('composed.md');
      for (const [shown, text] of parts) await composes(sheet, shown, text);
    },
  };
}

group('typing', [
  typed('a sentence', prose),
  typed('paragraphs with an empty line between them', `${prose}\n\nShe got up. ${prose}\n\nIt was still dark.`),
  typed(
    'a passage that the window wraps',
    long,
    { 'editor.wordWrap': 'bounded', 'editor.wordWrapColumn': 40 },
    {
      unknown:
        'A letter that makes the window wrap a line may leave no sign of the keyboard; nor does a letter that another extension puts in at the caret.',
    },
  ),
  typed(
    'Kazakh and Russian letters',
    'Түнде дала желі соқты да, үйде ешкім ұйықтай алмады. Ночью дул степной ветер, и в доме никто не спал.',
  ),
  typed(
    'letters of several units',
    'A family 👪 and a face 😀, a zẇ and the combining é̂ of an old hand, 𝒳 of a proof; again 😀 at the end of it all.',
  ),
  typed('while the file is saved all the time', long, { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 50 }),
  typed('in right-to-left script', 'הרוח באה בלילה מן הערבה, ואיש בבית לא ישן. جاءت الريح من السهب ليلا.'),
  coded('brackets that the editor closes', "f(a[0], 'b')", "f(a[0], 'b')"),
  coded(
    'a block that the editor indents',
    'function tell(of) {\nif (of) {\nreturn of;\n\n',
    'function tell(of) {\n    if (of) {\n        return of;\n\n        \n    }\n}',
    { unknown: 'A line break at the end of what was typed: nothing typed after it tells that a key made it.' },
  ),
  coded(
    'a block that is typed on',
    'const one = () => {\nconst two = 2;\n\nreturn two;',
    'const one = () => {\n    const two = 2;\n\n    return two;\n}',
  ),
  {
    name: 'a closing bracket that takes blanks with it',
    allows: ['typed', 'tool.editor'],
    async run(stage) {
      await stage.settings({ 'editor.autoClosingBrackets': 'never', 'editor.quickSuggestions': { other: 'off' } });
      const sheet = await stage.open('code.ts');
      await typesCode(sheet, 'const a = () => {\ncall(b);\n}', 'const a = () => {\n    call(b);\n}');
    },
  },
  coded(
    'a comment that goes on',
    '/**\nTells what is known.\nAnd what is not.',
    '/**\n * Tells what is known.\n * And what is not.\n */',
  ),
  keyed('over a selection', async (_stage, sheet) => {
    await select(sheet, 'two', 'five');
    await keyboard.type('xyz');
    await sheet.has(text => text.includes('four xyz six'));
    sheet.became('one ', fresh('typed', 'xyz'), kept(' three\nfour '), fresh('typed', 'xyz'), kept(' six\nseven\n'));
  }),
  keyed('a bracket around a selection', async (_stage, sheet) => {
    await select(sheet, 'two three');
    await keyboard.type('(');
    await sheet.has(text => text.includes('(two three)'));
    sheet.became(
      'one ',
      fresh('typed', '('),
      kept('two three'),
      fresh('tool.editor', ')'),
      kept('\nfour five six\nseven\n'),
    );
  }),
  keyed('quotes around two selections', async (_stage, sheet) => {
    await select(sheet, 'two', 'five');
    await keyboard.type('"');
    await sheet.has(text => text.includes('"five"'));
    sheet.became(
      'one ',
      fresh('typed', '"'),
      kept('two'),
      fresh('tool.editor', '"'),
      kept(' three\nfour '),
      fresh('typed', '"'),
      kept('five'),
      fresh('tool.editor', '"'),
      kept(' six\nseven\n'),
    );
  }),
  keyed('at three carets', async (_stage, sheet) => {
    await caretAfter(sheet, 'three', 'six', 'seven');
    await types(sheet, ', and (so) on', text => text.endsWith('seven, and (so) on\n'));
  }),
  keyed('in a column', async (_stage, sheet) => {
    await caretAfter(sheet, 'one ');
    for (const way of ['Down', 'Right', 'Right']) await vscode.commands.executeCommand(`cursorColumnSelect${way}`);
    await types(sheet, 'column', text => text.startsWith('one columno three\nfourcolumnive six'));
  }),
  keyed('words behind a tab stop', async (stage, sheet) => {
    await sheet.type('a:');
    await stage.press('Tab');
    await sheet.has(text => / {2,}$/.test(text));
    sheet.came('tool.editor');
    await sheet.type('a tab stop');
  }),
  keyed('here and there, by arrow keys and the mouse', async (stage, sheet) => {
    await stage.press('Control+Home');
    await sheet.type('At first ');
    await stage.press('ArrowDown', 'End');
    await sheet.type(' and more');
    await caretAfter(sheet, 'two ');
    await sheet.type('small ');
  }),
  keyed('words are deleted and typed again', async (stage, sheet) => {
    await sheet.type('A wrong word');
    await stage.press('Control+Backspace', 'Backspace', 'Backspace');
    await sheet.has('A wron');
    sheet.came('typed');
    await sheet.type('g turn');
  }),
  keyed(
    'Enter over a selection, and at two carets',
    async (stage, sheet) => {
      const unmarked = { known: ['typed', 'unknown'] as const };
      await select(sheet, ' three');
      await stage.press('Enter');
      await sheet.has(text => text.startsWith('one two\n\n'));
      sheet.came(() => [unmarked]);
      await caretAfter(sheet, 'four', 'seven');
      await stage.press('Enter');
      await sheet.has(text => text.endsWith('seven\n\n'));
      sheet.came((inserted, removed) => (inserted === '' ? [] : removed.length > 0 ? removed : [unmarked]));
      await stage.press('Control+End');
      await sheet.type('And on.');
    },
    { unknown: 'A line break over a selection or at several carets: nothing tells that a key made it.' },
  ),
  keyed('several hundred letters without a pause', async (stage, sheet) => {
    await stage.settings({ 'editor.wordWrap': 'off' });
    const text = long.repeat(2);
    await keyboard.type(text);
    await until('all letters', () => sheet.text.length >= text.length + 'one two three\nfour five six\nseven\n'.length);
    sheet.came('typed');
  }),
  composed('Japanese by an input method', [
    [['n', 'に', 'にh', 'にほ', 'にほn', 'にほん', '日本'], '日本'],
    [['n', 'の', 'のk', 'のか', 'のかz', 'のかぜ', 'の風'], 'の風'],
  ]),
  composed('Korean by an input method', [
    [['ㅎ', '하', '한'], '한'],
    [['ㄱ', '그', '글'], '글'],
  ]),
  composed('an accent by a dead key', [[['´'], 'é']]),
  {
    name: 'dictation',
    allows: ['initial', 'typed', 'unknown'],
    unknown: 'Dictated text comes in one go, as no key gives it.',
    gate: false,
    files: { 'said.md': 'Before.\n' },
    async run(stage) {
      const sheet = await stage.open('said.md');
      await keyboard.insert('A sentence that was spoken.');
      await sheet.has('spoken.');
      sheet.came('typed');
    },
  },
  {
    name: 'an extension that runs the command of a key',
    allows: ['initial', 'typed', 'unknown'],
    unknown: 'The command that keys run cannot be told from a key when an extension runs it.',
    gate: false,
    files: { 'run.md': 'Before.\n' },
    async run(stage) {
      const sheet = await stage.open('run.md');
      for (const text of 'machine') await vscode.commands.executeCommand('type', { text });
      await sheet.has('machine');
      sheet.came('unknown');
      await selectRanges(sheet, [[0, 0]]);
    },
  },
]);
