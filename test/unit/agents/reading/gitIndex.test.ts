import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { isTracked } from '../../../../src/agents/reading/gitIndex.ts';
import { cleanFolders, folder } from '../transcript.ts';

const some = [
  '.aider.chat.history.md',
  '.aider.conf.yml',
  '.aider.chat.history',
  'a',
  'ab',
  'b/.aider.chat.history.md',
  'ж/é',
];

describe("what git's index has", () => {
  after(cleanFolders);

  for (const version of ['2', '3', '4']) {
    for (const format of ['sha1', 'sha256']) {
      it(`version ${version} with ${format}: what git says`, async () => {
        const names = fc.subarray(some);
        await fc.assert(
          fc.asyncProperty(names, names, async (staged, later) => {
            const top = repository(format);
            write(top, staged);
            if (staged.length > 0) git(top, 'add', '--', ...staged);
            const rest = later.filter(name => !staged.includes(name));
            write(top, rest);
            // A flag of an entry that needs version 3.
            if (version === '3' && rest.length > 0) git(top, 'add', '-N', '--', ...rest);
            else git(top, 'update-index', '--index-version', version);
            const told = git(top, 'ls-files', '-z').split('\0').filter(Boolean);
            const found: string[] = [];
            for (const name of some) if (await isTracked(join(top, name))) found.push(name);
            assert.deepEqual(found.sort(), told.sort());
          }),
          { numRuns: 8 },
        );
      });
    }
  }

  it('of a worktree, a folder that was opened by a link, and one without a repository', async () => {
    const top = repository('sha1');
    write(top, ['in/a', 'b']);
    git(top, 'add', 'in/a');
    git(top, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'a');
    const tree = join(folder(), 'tree');
    git(top, 'worktree', 'add', '-q', tree);
    const link = join(folder(), 'link');
    symlinkSync(join(top, 'in'), link);
    const files = [join(top, 'in/a'), join(tree, 'in/a'), join(link, 'a'), join(top, 'b'), join(folder(), 'a')];
    assert.deepEqual(await Promise.all(files.map(isTracked)), [true, true, true, false, false]);
  });

  it('under whichever of its forms a name is asked for', async () => {
    const top = repository('sha1');
    const [composed, apart] = ['é'.normalize('NFC'), 'é'.normalize('NFD')];
    write(top, [`${composed}/a`]);
    git(top, '-c', 'core.precomposeUnicode=false', 'add', '.');
    assert.equal(await isTracked(join(top, apart, 'a')), true);
  });

  it('what cannot be told counts as its own: a part of it elsewhere, or no index at all', async () => {
    const top = repository('sha1');
    write(top, ['a', 'b']);
    git(top, 'add', 'a');
    git(top, 'update-index', '--split-index');
    assert.equal(await isTracked(join(top, 'b')), true);
    for (const bytes of ['', 'DIRC', 'DIRC\0\0\0\u0002\0\0\0\u0001', 'DIRC\0\0\0\u0005\0\0\0\0']) {
      writeFileSync(join(top, '.git', 'index'), bytes);
      assert.equal(await isTracked(join(top, 'b')), true);
    }
  });

  it('no bytes make it throw', async () => {
    const top = repository('sha1');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async bytes => {
        writeFileSync(join(top, '.git', 'index'), Buffer.concat([Buffer.from('DIRC\0\0\0\u0004'), bytes]));
        assert.equal(typeof (await isTracked(join(top, 'a'))), 'boolean');
      }),
      { numRuns: 50 },
    );
  });
});

function repository(format: string): string {
  const top = folder();
  git(top, 'init', '-q', `--object-format=${format}`);
  return top;
}

function write(top: string, names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(top, name)), { recursive: true });
    writeFileSync(join(top, name), name);
  }
}

function git(top: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: top, encoding: 'utf8' });
}
