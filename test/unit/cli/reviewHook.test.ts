import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import type { ReviewHookDocument } from '../../../src/cli/reviewHook.ts';
import { hookWith, hookWithout, isShellScript, reviewedFolders } from '../../../src/cli/reviewHookText.ts';
import { GitAt } from '../../support/gitAt.ts';
import { Recorded } from './recorded.ts';

const fits = new Ajv({ strict: true }).compile(
  JSON.parse(readFileSync(new URL('../../../media/schema/reviewHook.schema.json', import.meta.url), 'utf8')),
);
const at = (folder: string) => ({ program: "/o'n e/bin/holograph", top: '/w', folder });

describe('the lines of a hook', () => {
  const scripts: readonly (readonly [string, boolean])[] = [
    ['#!/bin/sh\nx', true],
    ['#!/usr/bin/env bash\n', true],
    ['#!/bin/dash', true],
    ['echo no shebang\n', true],
    ['#!/usr/bin/env python3\n', false],
    ['#!/usr/bin/node\n', false],
    ['#!/usr/bin/env -S bash -eu\r\n', true],
    ['#!/usr/bin/env -S node check.sh\n', false],
    ['#!/home/sh/bin/python3\n', false],
    ['\x7fELF\0', false],
  ];
  for (const [text, shell] of scripts)
    it(`${JSON.stringify(text)} is ${shell ? 'a' : 'no'} script of the shell`, () =>
      assert.equal(isShellScript(text), shell));

  it('name each folder once, and stand first', () => {
    const one = hookWith('#!/bin/sh\necho own\n', at('/a'));
    assert.deepEqual(reviewedFolders(one), ['/a']);
    assert.equal(hookWith(one, at('/a')), one);
    const two = hookWith(one, at("/b 'ж"));
    assert.deepEqual(reviewedFolders(two), ['/a', "/b 'ж"]);
    assert.deepEqual(reviewedFolders(hookWithout(two, '/a') ?? ''), ["/b 'ж"]);
    assert.match(two, /^#!\/bin\/sh\n# >>> holograph review\n/);
    assert.match(two, /\necho own\n$/);
  });

  it('make a hook where there was none, and take it away', () => {
    const made = hookWith(undefined, at('/a'));
    assert.match(made, /^#!\/bin\/sh\n/);
    assert.equal(hookWithout(made, '/a'), undefined);
    assert.equal(hookWithout(`${made}echo later\n`, '/a'), '#!/bin/sh\necho later\n');
    assert.equal(hookWithout(undefined, '/a'), undefined);
  });

  it('leave what somebody wrote between them', () => {
    const between = (text: string) => text.replace('# <<<', 'npm test || exit 1\n# <<<');
    const [whole, beside] = [hookWith(undefined, at('/a')), hookWith('#!/bin/sh\necho own', at('/a'))].map(between);
    assert.equal(hookWithout(whole, '/a'), '#!/bin/sh\nnpm test || exit 1\n');
    assert.equal(hookWithout(beside, '/a'), '#!/bin/sh\nnpm test || exit 1\necho own');
    const again = hookWith(whole, at('/b'));
    assert.deepEqual(reviewedFolders(again), ['/a', '/b']);
    assert.match(again, /^#!\/bin\/sh\nnpm test \|\| exit 1\n# >>> holograph review/);
  });

  it('go to the letter, whatever stands beside them', () => {
    const piece = fc.constantFrom('#!/bin/sh', '\n', '\r\n', 'exit 0', '\u00ff', ' ', '# comment', 'fi');
    const texts = fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join(''));
    fc.assert(
      fc.property(texts, fc.constantFrom('/a', "/b 'ж"), fc.constantFrom('/a', '/c'), (text, first, second) => {
        const both = hookWith(hookWith(text, at(first)), at(second));
        const one = first === second ? both : (hookWithout(both, second) ?? '');
        assert.equal(hookWithout(one, first), text);
      }),
    );
  });
});

describe('holograph review --hook', () => {
  let novel: Recorded;
  let git: GitAt;
  beforeEach(async () => {
    novel = await Recorded.novel();
    git = new GitAt(novel.folder);
    git.init();
  });
  afterEach(() => novel.remove());

  const hook = async (action: string) => {
    const document = await novel.json<ReviewHookDocument>('review', '--hook', action);
    assert.ok(fits(document), JSON.stringify(fits.errors));
    return document;
  };
  const own = (...parts: string[]) => join(novel.folder, ...parts);

  it('puts the review before each commit, and takes it away', async () => {
    const { file, changed, folders } = await hook('install');
    assert.deepEqual([file, changed, folders], [own('.git', 'hooks', 'pre-commit'), true, [novel.folder]]);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o111, 0o111);
    assert.equal((await hook('install')).changed, false);
    assert.equal((await hook('remove')).changed, true);
    assert.equal(existsSync(file), false);
    assert.equal((await hook('remove')).changed, false);
  });

  it('keeps a hook that is there, where core.hooksPath says, to the letter', async () => {
    git.git('config', 'core.hooksPath', 'house hooks');
    mkdirSync(own('house hooks'));
    const file = own('house hooks', 'pre-commit');
    const text = Buffer.from('#!/bin/bash\r\necho \xff own', 'latin1');
    writeFileSync(file, text, { mode: 0o750 });
    const { code, err } = await novel.run('review', '--hook', 'install');
    assert.equal(code, 0);
    // It is a file of the repository's own.
    assert.match(err, /others get these lines too/);
    assert.notDeepEqual(readFileSync(file), text);
    await novel.run('review', '--hook', 'remove');
    assert.deepEqual(readFileSync(file), text);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o750);
  });

  it('goes into what a link leads to, and the link stays', async function () {
    if (process.platform === 'win32') this.skip();
    const [target, link] = [own('check.sh'), own('.git', 'hooks', 'pre-commit')];
    writeFileSync(target, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    mkdirSync(own('.git', 'hooks'), { recursive: true });
    symlinkSync('../../check.sh', link);
    const { err } = await novel.run('review', '--hook', 'install');
    assert.match(err, /others get these lines too/);
    assert.deepEqual(reviewedFolders(readFileSync(target, 'latin1')), [novel.folder]);
    await novel.run('review', '--hook', 'remove');
    assert.equal(readFileSync(target, 'utf8'), '#!/bin/sh\nexit 0\n');
    assert.ok(lstatSync(link).isSymbolicLink());
  });

  it('puts no file in the place of a link that leads nowhere', async function () {
    if (process.platform === 'win32') this.skip();
    const link = own('.git', 'hooks', 'pre-commit');
    mkdirSync(own('.git', 'hooks'), { recursive: true });
    symlinkSync('../../gone.sh', link);
    assert.equal((await novel.run('review', '--hook', 'install')).code, 2);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal((await hook('remove')).changed, false);
  });

  it('leaves alone what is no script of the shell, and what may not be run', async () => {
    const file = own('.git', 'hooks', 'pre-commit');
    mkdirSync(own('.git', 'hooks'), { recursive: true });
    writeFileSync(file, '#!/usr/bin/env python3\n', { mode: 0o755 });
    const { code, err } = await novel.run('review', '--hook', 'install');
    assert.equal(code, 2);
    assert.match(err, /holograph review --staged/);
    if (process.platform === 'win32') return;
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, 0o644);
    assert.equal((await novel.run('review', '--hook', 'install')).code, 2);
  });

  it('stops a commit that the house’s policy does not allow, and no other', async function () {
    if (process.platform === 'win32') this.skip();
    const { file } = await hook('install');
    // In place of the program a stand-in: it answers as it is told and says what it was asked.
    const program = join(novel.home, 'bin', 'holograph');
    const answer = (code: number) =>
      writeFileSync(program, `#!/bin/sh\necho "$@" > '${novel.home}/asked'\nexit ${code}\n`, { mode: 0o700 });
    assert.ok(existsSync(program), file);
    git.git('add', 'ch1.md');
    answer(1);
    assert.match(git.now('commit', '-m', 'no'), /^(?!.*\[main)/s);
    assert.equal(readFileSync(join(novel.home, 'asked'), 'utf8'), `review --staged --folder ${novel.folder}\n`);
    answer(0);
    assert.match(git.now('commit', '-m', 'yes'), /yes/);
    git.write('ch1.md', 'More.\n');
    writeFileSync(program, '');
    chmodSync(program, 0o600);
    assert.match(git.now('commit', '-am', 'without the program'), /without the program/);
  });
});
