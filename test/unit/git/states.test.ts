import assert from 'node:assert/strict';
import { GitRoom } from '../../support/gitRoom.ts';

const base = 'One line of the book.\nTwo lines of the book.\nThree lines of the book.\n';
const ours = base.replace('Two', 'Our two');
const theirs = base.replace('Two', 'Their two');
const more = (text: string) => `${text}And here the others went on with it.\n`;

/** In the middle of what git is at, and after it. */
describe('git says of a file', () => {
  let room: GitRoom;

  beforeEach(() => {
    room = GitRoom.repository();
    room.commit('Base', { 'a.md': base, 'b.md': 'b\n' });
    room.git('checkout', '-q', '-b', 'other');
    room.commit('Theirs', { 'a.md': theirs });
    room.git('checkout', '-q', 'main');
  });
  afterEach(() => room.close());

  const conflict = (of: string) => [
    'mark reported: <<<<<<< HEAD',
    'mark reported: =======',
    `${of} reported: Their two lines of the book.`,
    `mark reported: >>>>>>> ${of}`,
  ];
  const named = (lines: readonly string[]) => lines.map(line => line.replace(/(>>>>>>> ).*/, '$1Theirs'));

  for (const [what, act] of [
    ['a merge', ['merge', '-q', 'other']],
    ['a cherry-pick', ['cherry-pick', 'other']],
  ] as const) {
    it(`in conflict, by ${what}: its marks, and by line the commit of the other side`, async () => {
      room.commit('Ours', { 'a.md': ours });
      const lines = await room.after('a.md', () => room.now(...act));
      assert.deepEqual(named(lines), conflict('Theirs'));
    });
  }

  it('in conflict, by a rebase: the lines of both sides, as they come', async () => {
    room.commit('Ours', { 'a.md': ours });
    room.git('checkout', '-q', 'other');
    const lines = await room.after('a.md', () => room.now('rebase', '-q', 'main'));
    assert.deepEqual(named(lines), [
      'mark reported: <<<<<<< HEAD',
      'Ours reported: Our two lines of the book.',
      'mark reported: =======',
      'mark reported: >>>>>>> Theirs',
    ]);
  });

  it('that was merged with what both changed: each line is of the commit that brought it', async () => {
    room.commit('Ours', { 'a.md': more(base) });
    const lines = await room.after('a.md', () => room.now('merge', '-q', '--no-edit', 'other'));
    assert.match(lines.join(), /^Theirs (proven|reported): Their two lines of the book\.$/);
  });

  it('that was rebased, without a conflict', async () => {
    room.commit('Ours', { 'a.md': more(base) });
    const lines = await room.after('a.md', () => room.now('rebase', '-q', 'other'));
    assert.deepEqual(lines, ['Theirs reported: Their two lines of the book.']);
  });

  it('whose commits were picked or taken back', async () => {
    room.commit('Ours', { 'b.md': 'bb\n' });
    assert.deepEqual(await room.after('a.md', () => room.now('cherry-pick', 'other')), [
      'Theirs proven: Their two lines of the book.',
    ]);
    const back = await room.after('a.md', () => room.now('revert', '--no-edit', 'HEAD'));
    assert.match(back.join(), /^Base (proven|reported): Two lines of the book\.$/);
  });

  it('that was put aside and is taken back, once git has forgotten it', async () => {
    room.write('a.md', more(base));
    room.git('stash', 'push', '-q', '-m', 'Aside');
    await room.begin();
    assert.deepEqual(await room.after('a.md', () => room.now('stash', 'pop', '-q')), [
      'On main: Aside proven: And here the others went on with it.',
    ]);
  });

  it('that was put aside and is taken back onto a newer text: the lines that it brought', async () => {
    room.write('a.md', more(base));
    room.git('stash', 'push', '-q', '-m', 'Aside');
    await room.begin();
    room.commit('Ours', { 'a.md': base.replace('One', 'Our one') });
    assert.deepEqual(await room.after('a.md', () => room.now('stash', 'pop', '-q')), [
      'On main: Aside inferred: And here the others went on with it.',
    ]);
  });

  it('that git did not follow, was put aside and is taken back', async () => {
    room.write('new.md', more(base));
    room.git('stash', 'push', '-q', '-u', '-m', 'Aside');
    await room.begin();
    const lines = await room.after('new.md', () => room.now('stash', 'pop', '-q'));
    assert.deepEqual(
      [lines.length, lines.every(line => /^untracked files on main: \w+ Base proven: /.test(line))],
      [4, true],
    );
  });

  it('that a rebase stops at, to be edited', async () => {
    room.git('checkout', '-q', 'other');
    room.commit('Last', { 'a.md': more(theirs) });
    room.git('checkout', '-q', 'main');
    const lines = await room.after('a.md', () => {
      room.now('checkout', '-q', 'other');
      room.now('-c', 'sequence.editor=sed -i 1s/pick/edit/', 'rebase', '-q', '-i', 'main');
    });
    assert.deepEqual(lines, ['Theirs proven: Their two lines of the book.']);
  });
});
