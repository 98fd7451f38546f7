import { rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { until } from '../host/support/until.ts';
import { GitAt } from '../support/gitAt.ts';
import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

const start = 'Three riders left the winter camp before it was light.\nNobody had told them how far it was.\n';
const own = 'The youngest of them carried the letter inside his coat';
const line = 'Behind the hills a fourth one followed, and kept his distance.\n';
const last = 'On the third day it snowed!';
const files = { 'chapter.md': start };
const allows = ['initial', 'typed', 'external.git'] as const;

/** A repository in the scenario's folder, in which the file was committed long ago. */
function repository(stage: Stage): GitAt {
  const git = new GitAt(stage.path('.'));
  git.init();
  git.commit('Start');
  // Packs and worktrees of others would be files of the work.
  stage.later(() => rmSync(stage.path('.git'), { recursive: true, force: true }));
  return git;
}

/** The file with an own line at its end, saved. */
async function written(stage: Stage): Promise<Sheet> {
  const sheet = await stage.open('chapter.md');
  await sheet.type(own);
  await sheet.document?.save();
  return sheet;
}

const becomes = (sheet: Sheet, text: string) => until(JSON.stringify(text), () => sheet.text === text);

const scenarios: readonly Scenario[] = [
  {
    name: 'a branch of others is checked out and left again, the file open',
    allows,
    files,
    async run(stage) {
      const git = repository(stage);
      git.branch('other', 'main', 'Theirs', { 'chapter.md': start + last });
      const sheet = await written(stage);
      git.now('commit', '-q', '-a', '-m', 'Mine');
      for (const _ of [1, 2]) {
        git.now('checkout', '-q', 'other');
        await becomes(sheet, start + last);
        sheet.became(kept(start), fresh('external.git', last));
        git.now('checkout', '-q', 'main');
        await becomes(sheet, start + own);
        sheet.returned();
      }
    },
  },
  {
    name: 'a branch of others is checked out, the files closed',
    allows,
    files: { ...files, 'notes.md': start },
    async run(stage) {
      const git = repository(stage);
      const more = { 'chapter.md': line + start, 'notes.md': start + last, 'deep/new.md': line };
      git.branch('other', 'main', 'Theirs', more);
      const sheets = ['chapter.md', 'notes.md'].map(name =>
        stage.follow(vscode.Uri.file(stage.path(name)), start, 'initial'),
      );
      git.now('checkout', '-q', 'other');
      sheets[0]!.became(fresh('external.git', line), kept(start));
      sheets[1]!.became(kept(start), fresh('external.git', last));
      stage.follow(vscode.Uri.file(stage.path('deep/new.md')), line, 'external.git');
    },
  },
  {
    name: 'a merge brings lines of others beside own ones',
    allows,
    files,
    async run(stage) {
      const git = repository(stage);
      git.branch('other', 'main', 'Theirs', { 'chapter.md': line + start });
      const sheet = await written(stage);
      git.now('commit', '-q', '-a', '-m', 'Mine');
      git.now('merge', '-q', '--no-edit', 'other');
      await becomes(sheet, line + start + own);
      sheet.became(fresh('external.git', line), kept(start), kept(own));
    },
  },
  {
    name: 'own commits are rebased onto those of others',
    allows,
    files,
    async run(stage) {
      const git = repository(stage);
      git.branch('other', 'main', 'Theirs', { 'chapter.md': line + start });
      const sheet = await written(stage);
      git.now('commit', '-q', '-a', '-m', 'Mine');
      git.now('rebase', '-q', 'other');
      await becomes(sheet, line + start + own);
      sheet.became(fresh('external.git', line), kept(start), kept(own));
    },
  },
  {
    name: 'a merge stops at a conflict, and it is resolved by keys',
    allows,
    files,
    async run(stage) {
      const git = repository(stage);
      git.branch('other', 'main', 'Theirs', { 'chapter.md': start + last });
      const sheet = await written(stage);
      git.now('commit', '-q', '-a', '-m', 'Mine');
      git.now('merge', '-q', 'other');
      const end = `\n=======\n${last}\n>>>>>>> other\n`;
      await becomes(sheet, `${start}<<<<<<< HEAD\n${own}${end}`);
      const mark = (text: string) => fresh('external.git', text);
      sheet.became(kept(start), mark('<<<<<<< HEAD\n'), kept(own), mark(end));
      await stage.show(sheet);
      await stage.press('Control+End');
      await sheet.type('And so it was settled.');
      await sheet.document?.save();
      git.now('add', '-A');
      git.now('commit', '-q', '-m', 'Settled');
    },
  },
  {
    name: 'own lines are put aside and taken back',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const git = repository(stage);
      const sheet = await written(stage);
      git.now('stash', '-q');
      await becomes(sheet, start);
      sheet.became(kept(start));
      git.now('stash', 'pop', '-q');
      await becomes(sheet, start + own);
      sheet.returned();
    },
  },
  {
    name: 'a commit of others is picked, and taken back',
    allows,
    files,
    async run(stage) {
      const git = repository(stage);
      git.branch('other', 'main', 'Theirs', { 'chapter.md': line + start });
      const sheet = await written(stage);
      git.now('commit', '-q', '-a', '-m', 'Mine');
      git.now('cherry-pick', 'other');
      await becomes(sheet, line + start + own);
      sheet.became(fresh('external.git', line), kept(start), kept(own));
      git.now('revert', '--no-edit', 'HEAD');
      await becomes(sheet, start + own);
      sheet.became(kept(start), kept(own));
    },
  },
  {
    name: 'a file alone is brought back from an older commit',
    allows,
    files,
    async run(stage) {
      const git = repository(stage);
      git.branch('other', 'main', 'Theirs', { 'chapter.md': start + last });
      const sheet = await written(stage);
      git.now('checkout', '-q', 'other', '--', 'chapter.md');
      await becomes(sheet, start + last);
      sheet.became(kept(start), fresh('external.git', last));
    },
  },
  {
    name: 'another program writes, and the person commits what it wrote',
    allows: ['initial', 'typed', 'external.disk'],
    files,
    async run(stage) {
      const git = repository(stage);
      const sheet = await written(stage);
      const alien = '\nNo commit ever held this before it stood here, whoever may claim it later';
      stage.write('chapter.md', start + own + alien);
      await becomes(sheet, start + own + alien);
      sheet.became(kept(start), kept(own), fresh('external.disk', alien));
      git.now('commit', '-q', '-a', '-m', 'Mine');
      git.now('commit', '-q', '--allow-empty', '-m', 'More');
      await stage.show(sheet);
      await stage.press('Control+End');
      await sheet.type('It went on.');
    },
  },
];

group('git', scenarios);
