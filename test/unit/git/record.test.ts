import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type AgentEdit, noRecords } from '../../../src/agents/agent.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { OutsideEvidence } from '../../../src/outsideEvidence.ts';
import { Origins } from '../../../src/provenance/origins.ts';
import { GitAt } from '../../support/gitAt.ts';
import { disk, initial, Workroom } from '../../support/workroom.ts';

const start = 'The first line was there.\n';
const line = 'Riders came from elsewhere, two of them.\n';
const more = 'Nobody had sent for any more!\n';

/** What the record holds of what git says. */
describe('git and the record', () => {
  let room: Workroom;
  let git: GitAt;
  let writer: JournalWriter;
  let evidence: OutsideEvidence;

  beforeEach(async () => {
    room = new Workroom();
    room.consent();
    git = new GitAt(room.folder);
    git.init();
    git.commit('Start', { 'a.md': start, 'b.md': start });
    git.branch('other', 'main', 'Theirs', { 'a.md': start + line, 'b.md': line, 'new.md': line });
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
  }

  /** The watcher tells of these files. */
  async function watched(...paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const seen = await writer.outside(path, { by: 'watcher' }, disk);
      if (seen?.changed) evidence.seen(path, seen.changed, true);
    }
    await evidence.settle();
    await writer.flush();
  }

  const told = (path: string) =>
    room.read(reader => {
      const state = reader.replay();
      const { provenance, text } = state.at(path)!;
      let at = 0;
      return [...state.origins.walk(provenance.spans())].map(({ length, origin: { kind, basis, commit } }) => {
        const of = commit === undefined ? undefined : state.commits.get(commit)?.texts?.[0];
        const part = text.slice(at, at + length);
        at += length;
        return [kind, basis, of, JSON.stringify(part)].filter(one => one !== undefined).join(' ');
      });
    });
  const events = (kind: string) => room.read(reader => [...reader.events()].filter(event => event.kind === kind));

  const wrote: AgentEdit = {
    id: 'claude-code:c:e1',
    agent: 'claude-code',
    conversation: 'c',
    time: Date.now(),
    file: 'a.md',
    before: start,
    after: start + line,
  };
  const record = () => ({ ...noRecords, edits: [{ ...wrote, file: join(room.folder, 'a.md') }] });

  it('each line is of its commit, which is named once with its author', async () => {
    git.now('checkout', '-q', 'other');
    await watched('a.md', 'b.md', 'new.md');
    assert.deepEqual(told('a.md'), [
      `initial asserted ${JSON.stringify(start)}`,
      `external.git proven Дана ${JSON.stringify(line)}`,
    ]);
    assert.deepEqual(told('new.md'), [`external.git proven Дана ${JSON.stringify(line)}`]);
    assert.equal(events('commit').length, 1);
    room.read(reader => assert.deepEqual(reader.verify().wrong, []));
  });

  it('what it took away, it took; what a program took away, it did not', async () => {
    git.now('checkout', '-q', 'other');
    await watched('b.md');
    git.write('a.md', 'first');
    await watched('a.md');
    const actors = room.read(reader => [...reader.replay().actors].map(([, { kind, basis }]) => `${kind} ${basis}`));
    assert.deepEqual(actors, ['external.git proven']);
  });

  for (const first of ['its', 'git’s']) {
    it(`an agent’s record is stronger, where ${first} word comes first`, async () => {
      if (first === 'its') await evidence.take(record());
      git.now('checkout', '-q', 'other');
      await watched('a.md');
      if (first !== 'its') {
        assert.match(told('a.md').join(), /external\.git/);
        await evidence.take(record());
      }
      await evidence.settle();
      await writer.flush();
      assert.deepEqual(told('a.md').slice(1), [`ai.agent proven ${JSON.stringify(line)}`]);
    });
  }

  it('what changed between two sessions is asked about when the next begins, as far as git had it from elsewhere', async () => {
    git.now('checkout', '-q', 'other');
    await writer.outside('a.md', { by: 'watcher' }, disk);
    await writer.close();
    git.now('-c', 'user.name=Мен', 'commit', '-q', '--allow-empty', '-m', 'Mine');
    git.write('b.md', line + more);
    git.now('commit', '-q', '-a', '-m', 'Mine too');
    await begin();
    const unseen = { kind: 'unknown', basis: 'none', rule: 'disk.start' } as const;
    const { changed } = await writer.baseline(['a.md', 'b.md'], unseen, 'start');
    for (const { path, ...change } of changed) evidence.seen(path, change, false);
    const open = await writer.outsideChanges();
    evidence.remember(open.map(({ path = '', sequence, ...change }) => ({ ...change, path, act: sequence })));
    await evidence.settle();
    await writer.flush();
    assert.match(told('a.md').join(), /external\.git reported Дана/);
    const [brought, own, end] = told('b.md');
    assert.deepEqual([brought, end], [`external.git reported Дана ${JSON.stringify(line)}`, 'initial asserted "\\n"']);
    assert.equal(own, `unknown none ${JSON.stringify(more.trim())}`);
  });
});
