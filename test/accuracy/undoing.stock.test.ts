import * as vscode from 'vscode';
import { caretAfter, completes, select } from './acts.ts';
import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

const start = 'An old line of the text.\n';
const files = { 'chapter.md': start };
const quotation = 'A quotation from elsewhere.';
const machine = ' and an end that a machine proposed';
const allows = ['initial', 'typed', 'pasted.external', 'ai.completion', 'tool.format', 'external.disk'] as const;

type Act = (stage: Stage, sheet: Sheet) => Promise<void>;

/** Presses undo or redo until the text is one of before, which it must have been. */
async function back(
  stage: Stage,
  sheet: Sheet,
  key: 'Control+z' | 'Control+y',
  text: string,
  most = 40,
): Promise<void> {
  for (let n = 0; sheet.text !== text; n++) {
    if (n > most) throw new RangeError(`${key} does not lead to ${JSON.stringify(text)}`);
    const now = sheet.text;
    await stage.press(key);
    await sheet.has(other => other !== now);
  }
  sheet.returned();
}

/** Does something, takes it back, does it again by redo, and types on: all must be what it was. */
function bothWays(name: string, act: Act, files: Scenario['files'] = { 'chapter.md': start }): Scenario {
  return {
    name,
    allows,
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('First.');
      const before = sheet.text;
      await act(stage, sheet);
      const after = sheet.text;
      await back(stage, sheet, 'Control+z', before);
      await back(stage, sheet, 'Control+y', after);
      await back(stage, sheet, 'Control+z', start);
      await back(stage, sheet, 'Control+y', after);
      await stage.press('Control+End');
      await sheet.type(' And last.');
    },
  };
}

const pastes: Act = async (stage, sheet) => {
  await stage.copyOutside(quotation);
  await stage.paste(sheet, quotation);
  sheet.came('pasted.external');
};

const formats: Act = async (stage, sheet) => {
  const registration = vscode.languages.registerDocumentFormattingEditProvider(
    { scheme: 'file' },
    {
      provideDocumentFormattingEdits: document =>
        [...document.getText().matchAll(/\.(?=\n)/g)].map(({ index }) =>
          vscode.TextEdit.insert(document.positionAt(index + 1), ' '),
        ),
    },
  );
  stage.later(() => registration.dispose());
  await vscode.commands.executeCommand('editor.action.formatDocument');
  await sheet.has(text => text.includes('. \n'));
  sheet.came('tool.format');
};

/** What is deleted with a selection or by words. */
const deletes: Act = async (stage, sheet) => {
  await sheet.type(' Some words more.');
  await select(sheet, ' words more.');
  await stage.press('Delete');
  await sheet.has('Some');
  sheet.came('typed');
};

const cuts: Act = async (stage, sheet) => {
  await select(sheet, 'old line');
  await stage.copies('old line', 'Control+x');
  await stage.press('Control+End');
  await stage.paste(sheet, 'old line');
  sheet.became('An ', ' of the text.\nFirst.', kept('old line'));
};

const movesLine: Act = async (stage, sheet) => {
  await sheet.type('\nSecond line, typed.');
  await caretAfter(sheet, 'An old');
  await stage.press('Alt+ArrowDown');
  await sheet.has(text => text.startsWith('First.'));
  sheet.became(
    'First.',
    fresh(['initial', 'typed'], '\n'),
    start.trimEnd(),
    fresh(['initial', 'typed'], '\n'),
    'Second line, typed.',
  );
};

const replacesWord: Act = async (stage, sheet) => {
  const before = sheet.text;
  // Selected by keys: what the editor is told by an extension parts no steps of undo.
  await stage.press('Control+Home', 'Control+ArrowRight', 'Control+Shift+ArrowRight', 'n');
  await sheet.has(text => text !== before && text.startsWith('Ann'));
  sheet.came('typed');
};

group('undoing', [
  bothWays('typing', (_stage, sheet) => sheet.type(' Second, with more words.')),
  bothWays('a typed word over a selection', replacesWord),
  bothWays('a paste', pastes),
  bothWays('a completion that was accepted', async (_stage, sheet) => {
    await sheet.type(' A beginning');
    await completes(sheet, machine);
  }),
  bothWays('the formatter', formats),
  bothWays('words that were deleted', deletes),
  bothWays('words that were cut and pasted', cuts),
  bothWays('a line that was moved', movesLine),
  bothWays('across saves', async (stage, sheet) => {
    await sheet.document?.save();
    await sheet.type(' Second.');
    await sheet.document?.save();
    await pastes(stage, sheet);
    await sheet.document?.save();
  }),
  {
    name: 'what another program wrote',
    allows,
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('First.');
      await sheet.document?.save();
      const before = sheet.text;
      stage.write('chapter.md', before.replace('old', 'outside'));
      await sheet.has(text => text.includes('outside'));
      sheet.reworded({ old: 'outside' }, 'external.disk');
      const after = sheet.text;
      await back(stage, sheet, 'Control+z', before);
      await back(stage, sheet, 'Control+y', after);
      await back(stage, sheet, 'Control+z', before);
    },
  },
  {
    name: 'after the file was closed and opened again',
    allows,
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('First words, typed here and then deleted.');
      await pastes(stage, sheet);
      const full = sheet.text;
      await stage.press('Control+Backspace', 'Control+Backspace', 'Control+Backspace');
      await sheet.has(text => text.length < full.length - 8);
      sheet.came('typed');
      const cut = sheet.text;
      await sheet.document?.save();
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await stage.show(sheet);
      await back(stage, sheet, 'Control+z', full);
      await back(stage, sheet, 'Control+y', cut);
    },
  },
  {
    name: 'two hundred steps of all sorts',
    allows,
    files,
    timeout: 120_000,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await stage.copyOutside(quotation);
      const texts = [sheet.text];
      for (let n = 0; n < 20; n++) {
        if (n % 4 === 1) {
          const length = sheet.text.length + quotation.length;
          await stage.paste(sheet, text => text.length === length);
          sheet.came('pasted.external');
        } else if (n % 4 === 3) {
          const length = sheet.text.length;
          await stage.press('Control+Backspace');
          await sheet.has(text => text.length < length);
          sheet.came('typed');
        } else await sheet.type(` word${n}, and`);
        texts.push(sheet.text);
      }
      // To and fro through what has been, further each time: the steps are VS Code's, a dozen and more each way.
      for (let n = 1; n <= 10; n++) {
        await back(stage, sheet, 'Control+z', texts[20 - 2 * n] ?? start);
        await back(stage, sheet, 'Control+y', texts[20]!, 60);
      }
      await back(stage, sheet, 'Control+z', start, 60);
      await back(stage, sheet, 'Control+y', texts[20]!, 60);
    },
  },
]);
