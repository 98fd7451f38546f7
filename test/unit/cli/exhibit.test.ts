import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ExhibitsDocument } from '../../../src/cli/exhibit.ts';
import type { MilestonesDocument } from '../../../src/cli/milestone.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { largestExhibit } from '../../../src/journal/exhibits.ts';
import { GitAt } from '../../support/gitAt.ts';
import { Recorded } from './recorded.ts';

const schema = (name: string) =>
  new Ajv({ strict: true }).compile(
    JSON.parse(readFileSync(new URL(`../../../media/schema/${name}.schema.json`, import.meta.url), 'utf8')),
  );
const [exhibits, milestones] = [schema('exhibits'), schema('milestones')];

describe('holograph exhibit', () => {
  let novel: Recorded;
  beforeEach(async () => {
    novel = await Recorded.novel();
  });
  afterEach(() => novel.remove());

  const listed = async (...argv: string[]) => {
    const document = await novel.json<ExhibitsDocument>('exhibit', ...argv);
    assert.ok(exhibits(document), JSON.stringify(exhibits.errors));
    return document.exhibits;
  };
  const write = (name: string, text: string) => writeFileSync(novel.path(name), text);

  it('attaches, lists and takes back', async () => {
    write('letter.txt', 'Dear editor');
    const [one] = await listed('add', 'letter.txt', '--shows', 'The plan', '--kind', 'letter', '--date', '2026-11');
    const { event, attached, ...said } = one!;
    assert.match(event, /^[^:]+:\d+$/);
    assert.match(attached, /^\d{4}-/);
    assert.deepEqual(said, {
      name: 'EX-01',
      what: 'letter',
      shows: 'The plan',
      file: 'letter.txt',
      dated: '2026-11',
      size: 11,
      sha256: hash('sha256', 'Dear editor', 'hex'),
      commit: null,
      removed: null,
      purged: false,
      kept: true,
    });
    const [gone] = await listed('remove', 'EX-01');
    assert.deepEqual([gone?.removed === null, gone?.kept, gone?.purged], [false, true, false]);
    const [purged] = await listed('remove', 'ex-01', '--purge');
    assert.deepEqual([purged?.kept, purged?.purged, purged?.sha256], [false, true, said.sha256]);
    assert.equal((await novel.run('exhibit', 'remove', 'EX-01', '--purge')).code, 2);
    const { out } = await novel.run('exhibit', '--language', 'ru');
    assert.match(out, /EX-01 {2}письмо, letter\.txt/);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no file', ['add'], /FILE/],
    ['a file that is not there', ['add', 'none.txt', '--shows', 'x'], /none\.txt/],
    ['a folder', ['add', '.', '--shows', 'x'], /folder/],
    ['nothing said of it', ['add', 'ch1.md'], /--shows/],
    ['another kind', ['add', 'ch1.md', '--shows', 'x', '--kind', 'poem'], /draft, plan/],
    ['no date', ['add', 'ch1.md', '--shows', 'x', '--date', 'May'], /May/],
    ['an exhibit that there is not', ['remove', 'EX-07'], /EX-07/],
    ['an action that there is not', ['show'], /show/],
    ['a commit where git is not', ['add', 'ch1.md', '--shows', 'x', '--git', 'HEAD'], /HEAD/],
  ];
  for (const [what, argv, says] of refused) {
    it(`refuses ${what} in one line`, async () => {
      const { code, out, err } = await novel.run('exhibit', ...argv);
      assert.deepEqual([code, out, err.trim().split('\n').length], [2, '', 1]);
      assert.match(err, says);
    });
  }

  it('refuses a file that is too large without reading it', async () => {
    write('large.bin', '');
    truncateSync(novel.path('large.bin'), largestExhibit + 1);
    const { code, err } = await novel.run('exhibit', 'add', 'large.bin', '--shows', 'x');
    assert.equal(code, 2);
    assert.match(err, /32 MB/);
  });

  it('attaches a file as git has it, byte for byte', async () => {
    const git = new GitAt(novel.folder);
    git.init();
    writeFileSync(novel.path('map.bin'), Buffer.from([0, 255, 10, 13, 128]));
    git.git('add', 'map.bin');
    git.git('commit', '-q', '-m', 'map');
    writeFileSync(novel.path('map.bin'), 'other');
    const [one] = await listed('add', 'map.bin', '--shows', 'The first map', '--git', 'HEAD');
    assert.equal(one?.what, 'version');
    assert.equal(one?.commit, git.git('rev-parse', 'HEAD').trim());
    assert.equal(one?.sha256, hash('sha256', Buffer.from([0, 255, 10, 13, 128]), 'hex'));
  });

  it('goes into the package, unless it is withheld', async () => {
    write('letter.txt', 'Dear editor');
    await listed('add', 'letter.txt', '--shows', 'The plan');
    await novel.json('export', '--out', 'with.zip');
    assert.ok(unzip(novel.read('with.zip')).members.has('data/exhibits/EX-01.txt'));
    await novel.json('export', '--out', 'without.zip', '--withhold-exhibit', 'ex-01');
    assert.ok(!unzip(novel.read('without.zip')).members.has('data/exhibits/EX-01.txt'));
    for (const name of ['with.zip', 'without.zip']) assert.equal((await novel.run('verify', name)).code, 0, name);
    assert.match((await novel.run('verify', 'without.zip')).out, /left the exhibit EX-01 out/);
    assert.equal((await novel.run('export', '--out', 'x.zip', '--withhold-exhibit', 'EX-02')).code, 2);
  });

  it('is printed without what could move a cursor', async () => {
    write('letter.txt', 'x');
    await listed('add', 'letter.txt', '--shows', 'a\u001b[2Jb\nc');
    const { out } = await novel.run('exhibit');
    assert.ok(!out.includes('\u001b'));
  });
});

describe('holograph milestone', () => {
  let novel: Recorded;
  beforeEach(async () => {
    novel = await Recorded.novel();
  });
  afterEach(() => novel.remove());

  it('marks and lists', async () => {
    assert.match((await novel.run('milestone')).out, /No milestones/);
    const first = await novel.json<MilestonesDocument>('milestone', 'First draft');
    assert.ok(milestones(first), JSON.stringify(milestones.errors));
    const git = new GitAt(novel.folder);
    git.init();
    git.git('commit', '-q', '--allow-empty', '-m', 'x');
    await novel.json('milestone', 'Second draft', '--git', 'HEAD');
    const all = await novel.json<MilestonesDocument>('milestone');
    assert.deepEqual(
      all.milestones.map(({ text, commit }) => [text, commit]),
      [
        ['First draft', null],
        ['Second draft', git.git('rev-parse', 'HEAD').trim()],
      ],
    );
    assert.equal((await novel.run('milestone', ' ')).code, 2);
    assert.equal((await novel.run('milestone', 'x', '--git', 'nowhere')).code, 2);
  });
});
