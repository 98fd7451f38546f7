import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { select } from './acts.ts';
import { savesAs } from './dialogs.ts';
import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

// Long enough, and of enough different words, that nobody else writes the same by chance.
const start =
  'The steppe lay there long before anybody began to write about it, and the railway crossed it slowly, station ' +
  'after station, without ever waking the herds.\n';
const own =
  'My grandmother counted telegraph poles from the window until evening came, then she closed both eyes and told ' +
  'us which villages had already disappeared behind.';
const other =
  'Nobody remembers who built the first house of the village, only that its door opened towards the river and that ' +
  'two apple trees stood beside the well.';
const files = { 'chapter.md': start };

/** An old line and a typed one, saved. */
async function written(stage: Stage, name = 'chapter.md'): Promise<Sheet> {
  const sheet = await stage.open(name);
  await sheet.type(own);
  await sheet.document?.save();
  return sheet;
}

const close = () => vscode.commands.executeCommand('workbench.action.closeActiveEditor');

function rename(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
  return Promise.resolve();
}

/** A file with a typed sentence gets another path; there it is what it was. */
function moves(
  name: string,
  given: { from?: string; to: string; closed?: boolean },
  act: (stage: Stage) => Promise<unknown>,
): Scenario {
  const from = given.from ?? 'chapter.md';
  return {
    name,
    allows: ['initial', 'typed'],
    files: { [from]: start },
    async run(stage) {
      const sheet = await written(stage, from);
      if (given.closed) await close();
      await act(stage);
      stage.moved(sheet, given.to);
      stage.forget(sheet);
    },
  };
}

async function renamed(stage: Stage, from: string, to: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(vscode.Uri.file(stage.path(from)), vscode.Uri.file(stage.path(to)));
  await vscode.workspace.applyEdit(edit);
}

group('files', [
  moves('a file is renamed in the editor', { to: 'renamed.md' }, stage => renamed(stage, 'chapter.md', 'renamed.md')),
  moves('a closed file is renamed in the editor', { to: 'renamed.md', closed: true }, stage =>
    renamed(stage, 'chapter.md', 'renamed.md'),
  ),
  moves('a folder is renamed in the editor', { from: 'part/chapter.md', to: 'other/chapter.md', closed: true }, stage =>
    renamed(stage, 'part', 'other'),
  ),
  moves('a closed file is renamed by another program', { to: 'renamed.md', closed: true }, stage =>
    rename(stage.path('chapter.md'), stage.path('renamed.md')),
  ),
  moves('an open file is moved to another folder by another program', { to: 'part/chapter.md' }, stage =>
    rename(stage.path('chapter.md'), stage.path('part/chapter.md')),
  ),
  moves(
    'a folder is moved by another program',
    { from: 'part/chapter.md', to: 'book/part/chapter.md', closed: true },
    stage => rename(stage.path('part'), stage.path('book/part')),
  ),
  {
    name: 'a file that was renamed is written on',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await written(stage);
      await renamed(stage, 'chapter.md', 'renamed.md');
      const there = stage.moved(sheet, 'renamed.md');
      stage.forget(sheet);
      await stage.show(there);
      await stage.press('Control+End');
      await there.type(' And one more.');
    },
  },
  {
    name: 'a file is copied by another program',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await written(stage);
      cpSync(stage.path('chapter.md'), stage.path('copy.md'));
      stage.moved(sheet, 'copy.md');
    },
  },
  {
    name: 'a file is saved under another name',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await written(stage);
      await savesAs(stage.path('other.md'));
      const other = stage.moved(sheet, 'other.md');
      await stage.press('Control+End');
      await other.type(' Here too.');
    },
  },
  {
    name: 'a file is deleted and comes back',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await written(stage);
      await close();
      cpSync(stage.path('chapter.md'), stage.path('aside.txt'));
      rmSync(stage.path('chapter.md'));
      renameSync(stage.path('aside.txt'), stage.path('chapter.md'));
      await sheet.has(own);
    },
  },
  {
    name: 'a program splits a file in two',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await written(stage);
      const there = stage.write('second.md', own);
      stage.write('chapter.md', start);
      await sheet.has(text => text === start);
      const second = stage.follow(there, '', 'initial');
      second.became(kept(own, undefined, sheet.truth));
      sheet.became(start);
    },
  },
  {
    name: 'a program joins two files',
    allows: ['initial', 'typed'],
    files: { 'chapter.md': start, 'more.md': `${other}\n` },
    async run(stage) {
      const sheet = await written(stage);
      const more = await stage.open('more.md');
      const whole = stage.follow(stage.write('book.md', more.told + sheet.told), '', 'initial');
      whole.became(kept(more.told, undefined, more.truth), kept(sheet.told, undefined, sheet.truth));
    },
  },
  {
    name: 'a refactoring moves a passage to another file',
    allows: ['initial', 'typed'],
    files: { 'chapter.md': start, 'target.md': 'The other file.\n' },
    async run(stage) {
      const target = await stage.open('target.md');
      const sheet = await written(stage);
      const edit = new vscode.WorkspaceEdit();
      edit.delete(sheet.uri, new vscode.Range(1, 0, 1, own.length));
      edit.insert(target.uri, new vscode.Position(1, 0), own);
      await vscode.workspace.applyEdit(edit);
      await target.has(own);
      target.became('The other file.\n', kept(own, undefined, sheet.truth));
      await sheet.has(text => text === start);
      sheet.became(start);
    },
  },
  {
    name: 'a passage is cut in one file and pasted into another',
    allows: ['initial', 'typed'],
    files: { 'chapter.md': start, 'target.md': 'The other file.\n' },
    async run(stage) {
      const sheet = await written(stage);
      const truth = sheet.truth;
      await select(sheet, own);
      await stage.copies(own, 'Control+x');
      await sheet.has(text => text === start);
      sheet.became(start);
      const target = await stage.open('target.md');
      await stage.paste(target, own);
      target.became('The other file.\n', kept(own, 'paste', truth));
    },
  },
  {
    name: 'a program changes the order of two paragraphs, in an open file',
    allows: ['initial', 'typed', 'external.disk'],
    files,
    async run(stage) {
      const sheet = await written(stage);
      stage.write('chapter.md', `${own}\n${start.trimEnd()}`);
      await sheet.has(text => text.startsWith(own));
      sheet.became(own, fresh(['initial', 'external.disk'], '\n'), start.trimEnd());
    },
  },
  {
    name: 'a program changes the order of two paragraphs, in a closed file',
    allows: ['initial', 'typed', 'external.disk'],
    files,
    async run(stage) {
      const sheet = await written(stage);
      await close();
      stage.write('chapter.md', `${own}\n${start.trimEnd()}`);
      await sheet.has(text => text.startsWith(own));
      sheet.became(own, fresh(['initial', 'external.disk'], '\n'), start.trimEnd());
    },
  },
]);
