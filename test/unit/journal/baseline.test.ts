import assert from 'node:assert/strict';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { plainTextDigest } from '../../../src/journal/parts.ts';
import { handOf, unknown } from '../../../src/provenance/origin.ts';
import { disk, initial, lf, Workroom } from '../../support/workroom.ts';

describe('the files of a folder', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
  });
  afterEach(() => room.clear());

  /** A session in which nothing but the baseline happens. */
  const start = async (paths: string[], by: 'baseline' | 'start' = 'start') => {
    const writer = await room.writer();
    const result = await writer.baseline(paths, by === 'start' ? unknown : initial, by);
    await writer.close();
    return result;
  };

  const picture = (path: string) =>
    room.read(reader => reader.document(path)?.provenance.toString(reader.replay().origins));

  it('are earlier than the record at consent, and unknown where they changed while nobody looked', async () => {
    room.write('a.md', 'one two\n');
    room.write('sub/қ.md', 'same\r\n');
    await start(['a.md', 'sub/қ.md'], 'baseline');
    room.write('a.md', 'one more two\n');
    room.write('new.md', 'new');
    const result = await start(['a.md', 'new.md', 'sub/қ.md']);
    assert.deepEqual(
      result.changed.map(({ path }) => path),
      ['a.md', 'new.md'],
    );
    assert.deepEqual([picture('a.md'), picture('new.md'), picture('sub/қ.md')], ['iiii?????iiii', '???', 'iiiii']);
    room.read(reader => {
      const gaps = [...reader.events()].flatMap(event => (event.kind === 'gap' ? [event.reason] : []));
      assert.deepEqual(gaps, ['notRunning']);
      assert.deepEqual(reader.verify().wrong, []);
    });
  });

  it('are not earlier than the record where they were touched after consent, before they were read', async () => {
    const writer = await room.writer();
    room.write('a.md', 'there before');
    const consented = statSync(join(room.folder, 'a.md')).ctimeMs;
    // Longer than a tick of the clock that the disk goes by.
    await new Promise(resolve => setTimeout(resolve, 30));
    room.write('b.md', 'an agent was quick');
    room.write('c.md', 'opened at once');
    await writer.baseline(['a.md', 'b.md'], initial, 'baseline', undefined, consented);
    const file = { origin: initial, until: consented };
    const text = 'opened at once';
    await writer.openDocument({
      tracker: 1,
      path: 'c.md',
      text,
      format: lf,
      origin: disk,
      file,
      observation: { by: 'open' },
    });
    await writer.close();
    assert.deepEqual(['a.md', 'b.md', 'c.md'].map(picture), ['i'.repeat(12), '?'.repeat(18), '?'.repeat(14)]);
  });

  it('that did not change leave no event', async () => {
    room.write('a.md', 'one');
    await start(['a.md'], 'baseline');
    const before = room.read(reader => reader.size);
    await start(['a.md']);
    assert.equal(
      room.read(reader => reader.size),
      before + 2,
    );
  });

  it('that are gone are deleted, keep their number, and come back with their origins', async () => {
    room.write('a.md', 'one two');
    await start(['a.md'], 'baseline');
    room.remove('a.md');
    assert.deepEqual((await start([])).vanished, ['a.md']);
    room.read(reader => assert.equal(reader.document('a.md')?.present, false));
    room.write('a.md', 'one two three');
    await start(['a.md']);
    room.read(reader =>
      assert.deepEqual([reader.document('a.md')?.document, reader.document('a.md')?.present], [1, true]),
    );
    assert.equal(picture('a.md'), 'iiiiiii??????');
  });

  it('are not all deleted when the folder itself is not there', async () => {
    room.write('a.md', 'one');
    await start(['a.md'], 'baseline');
    rmSync(room.folder, { recursive: true });
    assert.deepEqual((await start([])).vanished, []);
    mkdirSync(room.folder);
  });

  it('that are no text are named with their reason, once', async () => {
    room.write('a.bin', Uint8Array.of(1, 0, 2));
    room.write('b.md', Uint8Array.of(0x61, 0xff));
    const { skipped } = await start(['a.bin', 'b.md', 'none.md'], 'baseline');
    assert.deepEqual(skipped, [
      { path: 'a.bin', reason: 'binary' },
      { path: 'b.md', reason: 'encoding' },
    ]);
    await start(['a.bin', 'b.md']);
    const events = room.read(reader => [...reader.events()].filter(event => event.kind === 'skipped').length);
    assert.equal(events, 2);
  });

  it('are taken in while acts go on', async () => {
    const paths = Array.from({ length: 60 }, (_, i) => `${i}.md`);
    for (const path of paths) room.write(path, path);
    const writer = await room.writer();
    const heard: number[] = [];
    const all = writer.baseline(paths, initial, 'baseline', done => heard.push(done));
    await writer.flush();
    assert.ok(room.read(reader => reader.replay().documents.size) < 60);
    assert.deepEqual([(await all).done, heard], [60, [16, 32, 48]]);
  });

  it('that another program changes are followed, word by word', async () => {
    room.write('a.md', 'one two\r\n');
    const writer = await room.writer();
    await writer.baseline(['a.md'], initial, 'baseline');
    room.write('a.md', 'one three\n');
    const seen = await writer.outside('a.md', { by: 'watcher' }, disk);
    assert.equal(seen?.changed?.fresh[0]?.length, 'three'.length);
    assert.deepEqual(await writer.outside('a.md', { by: 'watcher' }, disk), { document: 1 });
    assert.equal(await writer.outside('none.md', { by: 'watcher' }, disk), undefined);
    await writer.flush();
    assert.equal(picture('a.md'), 'iiiieeeeei');
    room.read(reader => assert.deepEqual(reader.document('a.md')?.format, lf));
  });

  it('that were not there before are changes from outside, but for those of consent', async () => {
    for (const path of ['a.md', 'b.md', 'c.md', 'd.md']) room.write(path, path);
    const writer = await room.writer();
    const nothing = plainTextDigest('');
    assert.deepEqual((await writer.baseline(['a.md'], initial, 'baseline')).changed, []);
    const seen = await writer.outside('b.md', { by: 'watcher' }, disk);
    assert.deepEqual(
      seen?.changed?.fresh.map(({ at, length }) => [at, length]),
      [[0, 4]],
    );
    const unseen = { kind: 'unknown', basis: 'none', rule: 'disk.start' } as const;
    const started = await writer.baseline(['a.md', 'b.md', 'c.md'], unseen, 'start');
    assert.deepEqual(
      started.changed.map(({ path, before, after }) => [path, before, after]),
      [['c.md', nothing, plainTextDigest('c.md')]],
    );
    const request = { tracker: 1, path: 'd.md', text: 'd.md', format: lf, origin: unseen } as const;
    const opened = await writer.openDocument({ ...request, observation: { by: 'open' } });
    assert.deepEqual(
      opened.changed.map(({ before, after }) => [before, after]),
      [[nothing, plainTextDigest('d.md')]],
    );
    const waiting = await writer.outsideChanges();
    assert.deepEqual(
      waiting.map(({ path }) => path),
      ['b.md', 'c.md', 'd.md'],
    );
    assert.deepEqual([await writer.text(nothing), await writer.text(waiting[0]!.after)], ['', 'b.md']);
  });

  it('what git is known to have brought stays open to an agent’s record, and to nothing weaker', async () => {
    room.write('a.md', 'one two three');
    const writer = await room.writer();
    const fresh = (await writer.outside('a.md', { by: 'watcher' }, disk))!.changed!.fresh;
    const serial = fresh[0]!.serial;
    const resolve = async (kind: 'external.git' | 'ai.agent', from: number, length: number) => {
      writer.append({
        kind: 'resolution',
        ranges: [{ serial: serial + from, length }],
        origin: { kind, basis: 'proven', rule: 'test' },
      });
      await writer.flush();
    };
    const open = async () => (await writer.unexplained({ ranges: fresh, acts: [] })).ranges;
    await resolve('ai.agent', 0, 4);
    await resolve('external.git', 8, 5);
    assert.deepEqual(await open(), [{ serial: serial + 4, length: 4 }]);
    await resolve('external.git', 4, 4);
    assert.equal((await writer.outsideChanges()).length, 1);
    await resolve('ai.agent', 4, 9);
    assert.deepEqual([await open(), await writer.outsideChanges()], [[], []]);
  });

  it('that cannot be read give one problem each, and the rest goes on', async () => {
    const writer = await room.writer();
    const problems: unknown[] = [];
    writer.onProblem(problem => problems.push(problem));
    room.write('a.md', Uint8Array.of(0xff, 0x61));
    room.write('b.md', 'text');
    for (const path of ['a.md', 'a.md', 'b.md']) await writer.outside(path, { by: 'watcher' }, disk);
    assert.deepEqual(problems, [{ code: 'encoding', path: 'a.md' }]);
    assert.equal(picture('b.md'), 'eeee');
    assert.equal(handOf('external.disk'), 'unknown');
  });

  it('keep their record when they or their folder get another name', async () => {
    room.write('sub/a.md', 'one');
    room.write('sub/deep/b.md', 'two');
    const writer = await room.writer();
    await writer.baseline(['sub/a.md', 'sub/deep/b.md'], initial, 'baseline');
    await writer.renamed('sub', 'other');
    await writer.renamed('other/a.md', 'c.md');
    await writer.deleted('other/deep');
    const paths = room.read(reader =>
      [...reader.replay().documents.values()].map(({ path, present }) => [path, present]),
    );
    assert.deepEqual(paths, [
      ['c.md', true],
      ['other/deep/b.md', false],
    ]);
  });

  it('are under the folder that is nearest above them', () => {
    mkdirSync(join(room.folder, 'inner'));
    const inner = room.catalogue(catalogue =>
      catalogue.consent(join(room.folder, 'inner'), { by: 'person', software: 'test' }),
    );
    room.catalogue(catalogue => {
      assert.equal(catalogue.find(join(room.folder, 'inner', 'x', 'a.md'))?.journal, inner.journal);
      assert.equal(catalogue.find(join(room.folder, 'innermost', 'a.md'))?.folder, room.folder);
      assert.equal(catalogue.find(join(room.home, 'a.md')), undefined);
    });
  });
});
