import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { GitRoom } from '../../support/gitRoom.ts';

const first = 'The wind came over the steppe.\nNobody heard it.\n';
const second = `${first}Then the rain began to fall on the roofs.\n`;
const third = `${second}In the morning there was a rider.\n`;

describe('git says of a file', () => {
  let room: GitRoom;

  beforeEach(() => {
    room = GitRoom.repository();
    room.commit('One', { 'a.md': first });
    room.git('checkout', '-q', '-b', 'other');
    room.commit('Rain', { 'a.md': second });
    room.commit('Rider', { 'a.md': third, 'new file.md': 'A file of its own.\n' });
    room.git('checkout', '-q', 'main');
  });
  afterEach(() => room.close());

  it('that a checkout changed: by line the commit that brought it', async () => {
    assert.deepEqual(await room.after('a.md', () => room.now('checkout', '-q', 'other')), [
      'Rain proven: Then the rain began to fall on the roofs.',
      'Rider proven: In the morning there was a rider.',
    ]);
  });

  it('that a checkout brought', async () => {
    assert.deepEqual(await room.after('new file.md', () => room.now('checkout', '-q', 'other')), [
      'Rider proven: A file of its own.',
    ]);
  });

  it('of many that a checkout brought at once', async () => {
    room.git('checkout', '-q', 'other');
    const pages = Array.from({ length: 30 }, (_, i) => `page ${i}.md`);
    room.commit('Pages', Object.fromEntries(pages.map(path => [path, `${path} is new.\n`])));
    room.commit('More', { 'page 7.md': 'page 7.md is new.\nAnd longer.\n', 'page 8.md': 'all else\n' });
    room.git('checkout', '-q', 'main');
    room.now('checkout', '-q', 'other');
    const seen = pages.map(path => room.pending(path, ''));
    await room.again();
    assert.deepEqual(seen[6]!(), ['Pages proven: page 6.md is new.']);
    assert.deepEqual(seen[7]!(), ['Pages proven: page 7.md is new.', 'More proven: And longer.']);
    assert.deepEqual(seen[8]!(), ['More proven: all else']);
    assert.ok(seen.every(lines => lines()[0]?.includes(' proven: ')));
  });

  it('with HEAD detached', async () => {
    assert.deepEqual(await room.after('a.md', () => room.now('checkout', '-q', 'other~1')), [
      'Rain proven: Then the rain began to fall on the roofs.',
    ]);
  });

  it('that a merge brought forward', async () => {
    const lines = await room.after('a.md', () => room.now('merge', '-q', '--ff-only', 'other'));
    assert.deepEqual(
      lines.map(line => line.split(':')[0]),
      ['Rain proven', 'Rider proven'],
    );
  });

  it('that was brought back alone, from any commit', async () => {
    assert.deepEqual(await room.after('a.md', () => room.now('checkout', '-q', 'other~1', '--', 'a.md')), [
      'Rain proven: Then the rain began to fall on the roofs.',
    ]);
    assert.deepEqual(await room.after('a.md', () => room.now('restore', '--source', 'other', 'a.md')), [
      'Rider proven: In the morning there was a rider.',
    ]);
  });

  it('that another program wrote: nothing, and nothing when it is committed afterwards', async () => {
    const lines = await room.after('a.md', () => room.write('a.md', `${first}A machine wrote this line.\n`));
    assert.deepEqual(lines, ['?: A machine wrote this line.']);
    const seen = room.pending('a.md', first);
    room.now('commit', '-q', '-a', '-m', 'Mine');
    await room.again();
    assert.deepEqual(seen(), ['?: A machine wrote this line.']);
  });

  it('that a program wrote, committed and had merged or rebased at once: nothing', async () => {
    for (const act of [
      ['merge', '-q', '--no-edit', 'side'],
      ['rebase', '-q', 'side'],
    ]) {
      room.git('checkout', '-q', '-B', 'side', 'main');
      room.commit('Side', { 'side.md': 'elsewhere' });
      room.git('checkout', '-q', '-B', 'work', 'main');
      const lines = await room.after('a.md', () => {
        room.write('a.md', `${first}A machine wrote this line.\n`);
        room.now('commit', '-q', '-a', '-m', 'Mine');
        room.now(...act);
      });
      assert.deepEqual(lines, ['?: A machine wrote this line.'], act[0]);
    }
  });

  it('that changed while nobody looked: only what came from elsewhere', async () => {
    const away = new GitRoom();
    try {
      away.now('clone', '-q', room.folder, '.');
      away.config();
      away.git('checkout', '-q', '-b', 'mine');
      away.commit('Mine', { 'a.md': `${first}A line that was committed here.\n` });
      assert.deepEqual(await away.seen('a.md', first, away.read('a.md'), 'a.md', false), [
        '?: A line that was committed here.',
      ]);
      away.now('checkout', '-q', 'origin/other');
      assert.deepEqual(await away.seen('a.md', first, third, 'a.md', false), [
        'Rain reported: Then the rain began to fall on the roofs.',
        'Rider reported: In the morning there was a rider.',
      ]);
    } finally {
      away.close();
    }
  });

  it('before it has moved HEAD, as it does last: nothing yet, and it is asked again by itself', async () => {
    const tree = room.git('rev-parse', 'other^{tree}').trim();
    room.now('branch', '-q', '-D', 'other');
    rmSync(`${room.folder}/.git/logs`, { recursive: true });
    const late = room.git('commit-tree', tree, '-p', 'main', '-m', 'Late').trim();
    room.write('a.md', third);
    const seen = room.pending('a.md', first);
    await room.again();
    assert.deepEqual(seen(), ['?: Then the rain began to fall on the roofs.', '?: In the morning there was a rider.']);
    room.now('reset', '-q', '--soft', late);
    while (seen()[0]?.startsWith('?')) await new Promise(resolve => setTimeout(resolve, 20));
    assert.deepEqual(seen(), [
      'Late proven: Then the rain began to fall on the roofs.',
      'Late proven: In the morning there was a rider.',
    ]);
  });
});
