import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { keyboard, windows } from '../host/support/driver.ts';
import { held, openByName, openWindow } from '../host/support/otherWindow.ts';
import { save } from '../host/support/scene.ts';
import { until } from '../host/support/until.ts';
import { select } from './acts.ts';
import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

const start = 'The steppe was there.\n';
let other: number | undefined;

/** Does something in another window on the same folder, which is opened when it is first needed. */
async function inOther(act: () => Promise<void>): Promise<void> {
  if (other === undefined) other = await openWindow();
  else await windows.use(other);
  await act();
  await windows.use(0);
}

/** Types at the end of a file in the other window; saves it there, if asked to. */
const typedThere = (stage: Stage, name: string, text: string, saves = true) =>
  inOther(async () => {
    await openByName(name);
    await keyboard.press('Control+End');
    await keyboard.type(text);
    await until(`${text} there`, () => held().some(of => of.path?.endsWith(name) && of.text.endsWith(text)));
    if (!saves) return;
    await keyboard.press('Control+s');
    await until(`${text} on the disk`, () => readFileSync(stage.path(name), 'utf8').endsWith(text));
  });

/** A scenario on a file of its own, since the other window opens it by its name. */
function scenario(
  of: Omit<Scenario, 'files' | 'timeout' | 'run'> & { run(stage: Stage, file: string): Promise<void> },
): Scenario {
  const file = `${of.name.replaceAll(/[^a-z]+/g, '-')}.txt`;
  return { ...of, files: { [file]: start }, timeout: 180_000, run: stage => of.run(stage, file) };
}

group('windows', [
  scenario({
    name: 'typed and saved in another window',
    allows: ['initial', 'typed'],
    async run(stage, file) {
      const sheet = await stage.open(file);
      await sheet.type('Typed here. ');
      await save(sheet.document!);
      await typedThere(stage, file, 'Typed there. ');
      await sheet.has('there. ');
      sheet.became(kept(sheet.told), fresh('typed', 'Typed there. '));
      await stage.show(sheet);
      await stage.press('Control+End');
      await sheet.type('And here.');
    },
  }),
  scenario({
    name: 'unsaved in both and overwritten here',
    allows: ['initial', 'typed'],
    async run(stage, file) {
      const sheet = await stage.open(file);
      await sheet.type('Typed here. ');
      await typedThere(stage, file, 'Typed there. ');
      await stage.settings({ 'files.saveConflictResolution': 'overwriteFileOnDisk' });
      await save(sheet.document!);
      const ended = (text: string) => held().filter(of => of.path?.endsWith(file) && of.text.endsWith(text));
      await until('the other window’s text', () => ended('here. ').length === 2);
    },
  }),
  scenario({
    name: 'unsaved in both and taken from the file',
    allows: ['initial', 'typed'],
    async run(stage, file) {
      const sheet = await stage.open(file);
      await sheet.type('Typed here. ');
      await typedThere(stage, file, 'Typed there. ');
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await sheet.has('there. ');
      sheet.became(kept(start), fresh('typed', 'Typed there. '));
    },
  }),
  scenario({
    name: 'copied here and pasted in another window',
    allows: ['initial', 'typed', 'pasted.editor'],
    async run(stage, file) {
      const sheet = await stage.open(file);
      const sentence = 'A short sentence, typed.';
      await sheet.type(sentence);
      await save(sheet.document!);
      await select(sheet, sentence);
      await stage.copies(sentence);
      await inOther(async () => {
        await openByName(file);
        await keyboard.press('Control+End');
        await keyboard.press('Control+v');
        await until('the paste', () =>
          held().some(of => of.path?.endsWith(file) && of.text.endsWith(sentence + sentence)),
        );
        await keyboard.press('Control+s');
      });
      await sheet.has(sentence + sentence);
      // The clipboard says only that it comes from an editor, and so short a text is not looked for in the journal.
      sheet.became(kept(sheet.told), fresh(['typed', 'pasted.editor'], sentence));
    },
  }),
]);
