import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { GitAt } from '../support/gitAt.ts';
import { cli } from './support/cli.ts';
import { driven, keyboard } from './support/driver.ts';
import { journals } from './support/faults.ts';
import { type Api, consent, folder, pathOf, productApi, save, show, spansOrNothing, write } from './support/scene.ts';
import { plain } from './support/truth.ts';
import { until } from './support/until.ts';

const start = 'The harbour was empty when the ferry came in.\nNobody stood on the quay.\n';
const own = 'I had expected somebody';
const theirs = 'A dog lay in the sun, and did not look up.\n';
const many = 120;

/** The window's folder is a repository: what the person does with git in a terminal, seen in the record. */
describe('git in the window', () => {
  let git: GitAt;
  let api: Api;
  let file: vscode.Uri;
  let editor: vscode.TextEditor;

  before(async function () {
    this.timeout(120_000);
    if (!driven) this.skip();
    file = write('quay.md', start);
    write('closed.md', start);
    git = new GitAt(folder().uri.fsPath);
    git.init();
    git.commit('Start');
    const pages = Array.from({ length: many }, (_, i) => [`pages/${i}.md`, `Page ${i} of the others.\n${theirs}`]);
    const others = { 'quay.md': theirs + start, 'closed.md': start + theirs, ...Object.fromEntries(pages) };
    git.branch('other', 'main', 'Theirs', others);
    editor = await show(file);
    await consent(file);
    api = await productApi();
    await keyboard.press('Control+End');
    await keyboard.type(own);
    await until(own, () => plain(editor.document).endsWith(own));
    await save(editor.document);
    git.now('commit', '-q', '-a', '-m', 'Mine');
  });

  after(() => rmSync(pathOf('.git'), { recursive: true, force: true }));

  /** Runs of the text as it stands in the file: `kind basis author: text`. */
  async function runs(path: string): Promise<string[]> {
    const uri = vscode.Uri.file(pathOf(path));
    const text = readFileSync(uri.fsPath, 'utf8');
    let found: string[] = [];
    await until(
      `spans of ${path}`,
      async () => {
        const spans = await spansOrNothing(api, uri);
        if (spans?.current !== true || spans.length !== text.length) return false;
        const authors = new Map(spans.commits?.map(({ id, author }) => [id, author]));
        found = [];
        for (const { from, to, kind, basis, commit } of spans.spans) {
          const of = [kind, basis, authors.get(commit ?? '')].filter(one => one !== undefined).join(' ');
          const last = found.at(-1);
          const part = text.slice(from, to);
          if (last?.startsWith(`${of}: `)) found[found.length - 1] = last + part;
          else found.push(`${of}: ${part}`);
        }
        return !found.some(run => /^(external\.disk|unknown)/.test(run));
      },
      30,
    );
    return found;
  }

  it('a branch that is checked out, in open and closed files and new ones, with its author', async function () {
    this.timeout(120_000);
    git.now('checkout', '-q', 'other');
    await until('their text', () => plain(editor.document) === theirs + start);
    const brought = `external.git proven Дана: ${theirs}`;
    const old = `initial asserted: ${start}`;
    assert.deepEqual(await runs('quay.md'), [brought, old]);
    assert.deepEqual(await runs('closed.md'), [old, brought]);
    for (const page of [0, many - 1]) {
      assert.deepEqual(await runs(`pages/${page}.md`), [
        `external.git proven Дана: Page ${page} of the others.\n${theirs}`,
      ]);
    }
  });

  it('the own branch comes back as it was', async function () {
    this.timeout(60_000);
    git.now('checkout', '-q', 'main');
    await until('the own text', () => plain(editor.document) === start + own);
    assert.deepEqual(await runs('quay.md'), [`initial asserted: ${start}`, `typed asserted: ${own}`]);
    assert.deepEqual(await runs('closed.md'), [`initial asserted: ${start}`]);
  });

  it('own commits on top of theirs keep the person’s words', async function () {
    this.timeout(60_000);
    git.now('rebase', '-q', 'other');
    await until('both', () => plain(editor.document) === theirs + start + own);
    assert.deepEqual(await runs('quay.md'), [
      `external.git reported Дана: ${theirs}`,
      `initial asserted: ${start}`,
      `typed asserted: ${own}`,
    ]);
  });

  it('the report names the commit and its author, and the record verifies', async function () {
    this.timeout(120_000);
    // git is asked of one file after the other.
    for (let page = 0; page < many; page++) await runs(`pages/${page}.md`);
    const report = JSON.parse(cli('report', '--json')) as {
      commits: readonly { author: string; inserted: number; retained: number }[];
    };
    assert.deepEqual(
      report.commits.map(({ author }) => author),
      ['Дана'],
    );
    assert.ok(report.commits[0]!.retained > many * theirs.length);
    for (const journal of journals()) assert.match(cli('verify', journal, '--json'), /"consistent": ?true/);
  });
});
