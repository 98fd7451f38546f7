import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceOf } from '../../../src/cli/journals.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { OutsideEvidence } from '../../../src/outsideEvidence.ts';
import { Origins } from '../../../src/provenance/origins.ts';
import { GitAt } from '../../support/gitAt.ts';
import { disk, initial, Workroom } from '../../support/workroom.ts';

const start = 'The first line was there.\n';

describe('commits that are made while recording', () => {
  let room: Workroom;
  let git: GitAt;
  let writer: JournalWriter;
  let evidence: OutsideEvidence;

  beforeEach(async () => {
    room = new Workroom();
    room.consent();
    git = new GitAt(room.folder);
    git.init();
    git.commit('Before', { 'a.md': start, 'b.md': start });
    await begin();
    await writer.baseline(['a.md', 'b.md'], initial, 'baseline');
  });
  afterEach(async () => {
    evidence.dispose();
    await room.clear();
  });

  async function begin(): Promise<void> {
    writer = await room.writer();
    evidence = new OutsideEvidence({
      writer,
      within: async file => file.slice(room.folder.length + 1),
      origins: new Origins(),
      resolve: () => undefined,
      note: assert.fail,
      failed: error => assert.fail(String(error)),
    });
    evidence.begin();
    await evidence.settle();
  }

  async function edited(path: string, text: string): Promise<void> {
    git.write(path, text);
    await writer.outside(path, { by: 'watcher' }, disk);
  }

  async function settled(): Promise<Extract<JournalEvent, { kind: 'commit' }>[]> {
    await evidence.settle();
    await writer.flush();
    return room.read(reader => {
      assert.deepEqual(reader.verify().wrong, []);
      return [...reader.events()].filter(event => event.kind === 'commit');
    });
  }

  const commit = (...more: readonly string[]) => git.now('commit', '-q', '-a', ...more);
  const head = (what = 'HEAD') => git.now('rev-parse', what).trim();

  it('are bound by their id, with their tree and the recorded files that they hold', async () => {
    await edited('a.md', `${start}More.\n`);
    commit('-m', 'More');
    const [event, ...others] = await settled();
    assert.deepEqual(others, []);
    assert.deepEqual([event?.id, event?.made?.tree, event?.texts], [head(), head('HEAD^{tree}'), ['Дана']]);
    const saved = room.read(reader => reader.document('a.md')!);
    assert.deepEqual(event?.made?.files, [{ document: saved.document, saved: saved.savedAt }]);
  });

  it('do not claim a file that was not recorded as it stands in them', async () => {
    await edited('a.md', `${start}Recorded.\n`);
    writeFileSync(join(room.folder, 'a.md'), `${start}Not yet.\n`);
    git.write('c.md', 'Nobody recorded this.\n');
    git.now('add', '-A');
    commit('-m', 'Other');
    assert.deepEqual((await settled())[0]?.made?.files, []);
  });

  it('hold a file with other line ends and a byte order mark, and one that git keeps with its own', async () => {
    git.write('.gitattributes', '*.txt text eol=crlf\n');
    await edited('crlf.txt', 'One.\r\nTwo.\r\n');
    await edited('bom.md', '\uFEFFThree.\r\n');
    git.now('add', '-A');
    commit('-m', 'Ends');
    assert.equal((await settled())[0]?.made?.files.length, 2);
  });

  it('are all noticed: amended, merged, picked, the first of a repository', async () => {
    await edited('a.md', 'One.\n');
    commit('-m', 'One');
    const ids = [head()];
    await edited('a.md', 'Two.\n');
    commit('--amend', '-m', 'Two');
    ids.push(head());
    git.branch('theirs', 'main', 'Theirs', { 'new.md': 'Theirs.\n' });
    git.now('merge', '-q', '--no-ff', '-m', 'Merge', 'theirs');
    ids.push(head());
    assert.deepEqual(
      (await settled()).map(({ id }) => id),
      ids,
    );
  });

  it('are not those that only moved HEAD: a checkout, a reset, a pull that goes forward', async () => {
    git.branch('theirs', 'main', 'Theirs', { 'new.md': 'Theirs.\n' });
    git.now('checkout', '-q', 'theirs');
    git.now('checkout', '-q', 'main');
    git.now('merge', '-q', '--ff-only', 'theirs');
    git.now('reset', '-q', '--hard', 'HEAD~1');
    assert.deepEqual(await settled(), []);
  });

  it('are not those of before, nor those of a pause, and each is told once though two windows see it', async () => {
    writer.append({ kind: 'paused', by: 'person' });
    await writer.flush();
    await edited('a.md', 'Paused.\n').catch(() => undefined);
    commit('-m', 'Paused');
    await evidence.settle();
    writer.append({ kind: 'resumed', by: 'person' });
    await writer.flush();
    const first = evidence;
    await begin();
    commit('--allow-empty', '-m', 'Both');
    await first.settle();
    const events = await settled();
    first.dispose();
    assert.deepEqual(
      events.map(({ id }) => id),
      [head()],
    );
  });

  it('are bound though git has cleared its notes', async () => {
    commit('--allow-empty', '-m', 'One');
    await settled();
    git.now('reflog', 'expire', '--expire=all', '--all');
    commit('--allow-empty', '-m', 'Two');
    assert.equal((await settled()).at(-1)?.id, head());
  });

  it('stand in the report with the files that they hold, and not among those that brought text', async () => {
    await edited('a.md', `${start}More.\n`);
    commit('-m', 'More');
    await settled();
    const { commits, integrity } = room.read(reader => makeReport([sourceOf(reader)]));
    assert.deepEqual(commits, []);
    assert.deepEqual(
      integrity[0]?.commits?.map(({ id, files }) => [id, files]),
      [[head(), ['a.md']]],
    );
  });

  it('are left alone where git’s notes hold what nobody wrote', async () => {
    const notes = join(room.folder, '.git', 'logs', 'HEAD');
    const before = readFileSync(notes, 'utf8');
    appendFileSync(notes, `garbage\n${'0'.repeat(40)} ${'f'.repeat(40)} X <x> 1 +0000\tcommit: none\n`);
    assert.deepEqual(await settled(), []);
    assert.ok(before.length > 0);
  });
});
