import assert from 'node:assert/strict';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noRecords } from '../../../../src/agents/agent.ts';
import { Relevance } from '../../../../src/agents/following/relevance.ts';
import { otherWorktrees } from '../../../../src/agents/following/worktrees.ts';
import { GitAt } from '../../../support/gitAt.ts';
import { cleanFolders, folder } from '../transcript.ts';

describe('worktrees of one repository', () => {
  after(cleanFolders);

  it('are the same folder in each of them, from wherever one looks', async () => {
    const home = realpathSync(folder());
    const main = join(home, 'book');
    mkdirSync(main);
    const git = new GitAt(main);
    git.init();
    git.commit('Begin', { 'part/a.md': 'One.\n' });
    const [near, far] = [join(main, '.claude', 'worktrees', 'x'), join(home, 'y')];
    git.git('worktree', 'add', '-q', near, '-b', 'x');
    git.git('worktree', 'add', '-q', far, '-b', 'y');
    const others = async (of: string) => [...(await otherWorktrees(of))].sort();
    assert.deepEqual(await others(main), [near, far].sort());
    assert.deepEqual(await others(join(far, 'part')), [join(near, 'part'), join(main, 'part')].sort());
    assert.deepEqual(await others(home), []);
  });

  it('are only those that name their repository too: what a folder says of another one takes nothing from there', async () => {
    const home = realpathSync(folder());
    const [own, other, tree] = [join(home, 'own'), join(home, 'other'), join(home, 'tree')];
    for (const at of [own, other]) {
      const git = new GitAt(at);
      git.init();
      git.commit('Begin', { 'a.md': 'One.\n' });
      if (at === other) git.git('worktree', 'add', '-q', tree, '-b', 'x');
    }
    const forged = join(own, '.git', 'worktrees', 'y');
    mkdirSync(forged, { recursive: true });
    for (const at of [other, tree]) {
      writeFileSync(join(forged, 'gitdir'), `${join(at, '.git')}\n`);
      assert.deepEqual(await otherWorktrees(own), []);
    }
    rmSync(join(own, '.git'), { recursive: true });
    const place = join(own, 'place', 'worktrees', 'y');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'commondir'), join(other, '.git'));
    writeFileSync(join(place, 'gitdir'), join(own, '.git'));
    for (const named of [place, join(other, '.git'), join(other, '.git', 'worktrees', 'x')]) {
      writeFileSync(join(own, '.git'), `gitdir: ${named}\n`);
      assert.deepEqual(await otherWorktrees(own), []);
    }
  });

  it('an edit in one is told as one of the same file here, and says that it was elsewhere', () => {
    const relevance = new Relevance(['/book'], 0, []);
    relevance.alias('/book/.claude/worktrees/x', '/book', true);
    relevance.alias('/y', '/book', true);
    const about = { agent: 'claude-code', conversation: 'talk', time: 1 };
    const files = ['/book/a.md', '/book/.claude/worktrees/x/a.md', '/y/part/a.md', '/z/a.md'];
    const edits = files.map((file, i) => ({ ...about, id: `claude-code:talk:${i}`, file, after: 'One.\n' }));
    const told = relevance.of({ name: 'claude-code', checked: 'samples' }, { ...noRecords, edits });
    assert.deepEqual(
      told.edits.map(({ file, elsewhere }) => `${file}${elsewhere ? ' elsewhere' : ''}`),
      ['/book/a.md', '/book/a.md elsewhere', '/book/part/a.md elsewhere'],
    );
  });
});
