import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitRoom } from '../../support/gitRoom.ts';

const one = 'First line of a file.\n';
const two = `${one}Second line of a file.\n`;

/** Where a repository lies, and what files in it are like. */
describe('git is asked', () => {
  const rooms: GitRoom[] = [];
  const open = (room: GitRoom) => {
    rooms.push(room);
    return room;
  };
  afterEach(() => {
    for (const room of rooms.splice(0)) room.close();
  });

  const checkout = async (room: GitRoom, path: string, texts: readonly [string, string]) => {
    room.commit('One', { [path]: texts[0] });
    room.git('checkout', '-q', '-b', 'other');
    room.commit('Two', { [path]: texts[1] });
    room.git('checkout', '-q', 'main');
    return room.after(path, () => room.now('checkout', '-q', 'other'));
  };
  const brought = ['Two proven: Second line of a file.'];

  for (const path of [
    'a b.md',
    'глава «1».md',
    '-n.md',
    ':(top)x.md',
    'quo"te\\.md',
    'deep/er/a.md',
    '[a]*.md',
  ] as const) {
    it(`of ${path}`, async () =>
      assert.deepEqual(await checkout(open(GitRoom.repository()), path, [one, two]), brought));
  }

  it('of a repository whose ids are longer', async () => {
    assert.deepEqual(await checkout(open(GitRoom.repository('--object-format=sha256')), 'a.md', [one, two]), brought);
  });

  it('of files with other line ends than git keeps', async () => {
    const room = open(GitRoom.repository());
    room.git('config', 'core.autocrlf', 'true');
    assert.deepEqual(await checkout(room, 'a.md', [one, two]), brought);
    assert.match(room.now('ls-files', '--eol', 'a.md'), /i\/lf\s+w\/crlf/);
  });

  it('of files that git keeps with `\\r\\n` and a byte order mark', async () => {
    const room = open(GitRoom.repository());
    const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    assert.deepEqual(await checkout(room, 'a.md', [crlf(one), crlf(two)]), brought);
  });

  it('of files in another encoding, which git keeps in UTF-8', async () => {
    const room = open(GitRoom.repository());
    room.commit('Attributes', { '.gitattributes': 'a.md working-tree-encoding=UTF-16LE-BOM eol=lf\n' });
    const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
    for (const [message, text] of [
      ['One', one],
      ['Two', two],
    ] as const) {
      room.git('checkout', '-q', '-B', message === 'One' ? 'main' : 'other');
      room.write('a.md', utf16(text));
      room.commit(message, {});
    }
    room.git('checkout', '-q', 'main');
    room.now('checkout', '-q', 'other');
    assert.deepEqual(await room.seen('a.md', one, two), brought);
  });

  it('of files that it keeps in another encoding', async () => {
    const room = open(GitRoom.repository());
    const bytes = (text: string) => Buffer.from([...text].map(letter => letter.charCodeAt(0)));
    room.write('a.md', bytes('Zürich\n'));
    room.commit('Two', {});
    assert.deepEqual(await room.seen('a.md', 'Genf\n', 'Zürich\n'), ['Two reported: Zürich']);
  });

  it('in a further worktree, by its own HEAD', async () => {
    const room = open(GitRoom.repository());
    room.commit('One', { 'a.md': one });
    room.git('branch', 'other');
    room.git('worktree', 'add', '-q', '.trees/w', 'other');
    const tree = open(new GitRoom('', join(room.folder, '.trees/w')));
    room.commit('Two', { 'a.md': two });
    assert.deepEqual(await tree.after('a.md', () => tree.now('merge', '-q', 'main')), brought);
  });

  it('in a repository whose history begins late: without the commit of what is older', async () => {
    const from = open(GitRoom.repository());
    from.commit('One', { 'a.md': one, 'b.md': '' });
    from.git('branch', 'early');
    from.commit('Between', { 'a.md': two });
    from.commit('Two', { 'b.md': two });
    const room = open(new GitRoom());
    room.now('clone', '-q', '--depth', '2', `file://${from.folder}`, '.');
    const brought = (path: string) => room.seen(path, one, two);
    assert.deepEqual(await brought('a.md'), ['git reported: Second line of a file.']);
    assert.deepEqual(await brought('b.md'), ['Two reported: Second line of a file.']);
  });

  it('in a submodule, of its own repository', async () => {
    const inner = open(GitRoom.repository());
    inner.commit('One', { 'a.md': one });
    const room = open(GitRoom.repository());
    room.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'part');
    room.git('commit', '-q', '-m', 'Part');
    inner.commit('Two', { 'a.md': two });
    room.now('-C', 'part', 'fetch', '-q');
    const part = open(new GitRoom('', join(room.folder, 'part')));
    const lines = await room.after('part/a.md', () => part.now('merge', '-q', '--ff-only', 'origin/main'));
    assert.match(lines.join(), /^(Two|git) proven: Second line of a file\.$/);
  });

  it('of a recorded folder that lies inside the repository', async () => {
    const room = open(GitRoom.repository());
    const inner = open(new GitRoom('book', room.folder));
    room.commit('One', { 'book/a.md': one });
    room.git('checkout', '-q', '-b', 'other');
    room.commit('Two', { 'book/a.md': two });
    room.git('checkout', '-q', 'main');
    assert.deepEqual(await inner.after('book/a.md', () => room.now('checkout', '-q', 'other'), 'a.md'), brought);
  });

  it('of nothing in a folder without it', async () => {
    const room = open(new GitRoom());
    room.write('a.md', two);
    assert.deepEqual(await room.seen('a.md', one, two), ['?: Second line of a file.']);
    assert.deepEqual(room.refused, []);
  });

  it('once, where it cannot answer', async () => {
    const room = open(GitRoom.repository());
    rmSync(join(room.folder, '.git'), { recursive: true });
    mkdirSync(join(room.folder, '.git'));
    room.write('a.md', two);
    for (const _ of [1, 2]) assert.deepEqual(await room.seen('a.md', one, two), ['?: Second line of a file.']);
    assert.equal(room.refused.length, 1);
  });

  it('of a repository without a commit', async () => {
    const room = open(GitRoom.repository());
    room.write('a.md', two);
    assert.deepEqual(await room.seen('a.md', one, two), ['?: Second line of a file.']);
  });

  it('without its hooks, and without a lock', async () => {
    const room = open(GitRoom.repository());
    await checkout(room, 'a.md', [one, two]);
    for (const hook of ['post-index-change', 'post-checkout', 'reference-transaction', 'fsmonitor-watchman']) {
      const file = join(room.folder, '.git/hooks', hook);
      writeFileSync(file, `#!/bin/sh\ntouch "${room.folder}/hook-${hook}"\n`, { mode: 0o755 });
    }
    room.now('config', 'core.fsmonitor', '.git/hooks/fsmonitor-watchman');
    const held = join(room.folder, '.git/index.lock');
    writeFileSync(held, '');
    assert.deepEqual(await room.seen('a.md', one, two), brought);
    rmSync(held);
    assert.deepEqual(
      readdirSync(room.folder).filter(name => name.startsWith('hook-')),
      [],
    );
  });

  it('without the filters that the repository itself names', async () => {
    const room = open(GitRoom.repository());
    await checkout(room, 'a.md', [one, two]);
    room.write('.gitattributes', 'a.md filter=own\n');
    const ran = join(room.folder, 'filtered');
    room.now('config', 'filter.own.clean', `touch "${ran}"; cat`);
    room.write('a.md', `${two}and a line that git has not\n`);
    await room.seen('a.md', one, room.read('a.md'));
    assert.equal(existsSync(ran), false);
  });
});
