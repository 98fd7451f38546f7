import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleGit } from 'simple-git';
import { Repository } from '../../../src/git/repository.ts';

describe('a repository', () => {
  let root: string;
  let repository: Repository;

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'holograph-git-'));
    for (const place of ['work', 'work/part', 'away']) {
      mkdirSync(join(root, place));
      writeFileSync(join(root, place, '.gitignore'), 'hidden*\n');
    }
    for (const place of ['work', 'work/part']) await simpleGit(join(root, place)).init();
    const part = simpleGit(join(root, 'work/part'));
    await part.addConfig('user.name', 'A').addConfig('user.email', 'a@b.c').add('.').commit('One');
    // A repository inside another that is added to it stands in its index as a submodule does.
    await simpleGit(join(root, 'work')).raw(['add', 'part']);
    if (process.platform !== 'win32') symlinkSync(join(root, 'away'), join(root, 'work', 'link'));
    const found = await Repository.of(join(root, 'work'));
    assert.ok(found instanceof Repository);
    repository = found;
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const cases: readonly (readonly [path: string, ignored: boolean])[] = [
    ['shown.md', false],
    ['hidden.md', true],
    ['a/b/hidden.md', true],
    ['-z', false],
    ['--stdin', false],
    [':(top)x', false],
    ['part/shown.md', false],
    ['part/hidden.md', true],
    ['link/hidden.md', false],
  ];
  for (const [path, ignored] of cases) {
    it(`${ignored ? 'ignores' : 'does not ignore'} ${path}`, async () =>
      assert.equal(await repository.ignores(path), ignored));
  }
});
