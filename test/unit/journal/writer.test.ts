import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { signerOf } from '../../../src/journal/keys.ts';
import type { Opened } from '../../../src/journal/messages.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { privateKeyOf } from '../../support/testKey.ts';
import { disk, initial, keystroke, lf, typedOrigin, Workroom } from '../../support/workroom.ts';

describe('a writer', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
  });
  afterEach(() => room.clear());

  /** Opens a text as the editor would. */
  const open = (writer: JournalWriter, text: string, path?: string, tracker = 1): Promise<Opened> =>
    writer.openDocument({
      tracker,
      text,
      format: lf,
      origin: disk,
      observation: { by: 'open' },
      ...(path !== undefined && { path }),
    });

  /** Types a word at an offset, all in one step. */
  const type = (
    writer: JournalWriter,
    { document }: Opened,
    version: number,
    from: number,
    word: string,
    tracker = 1,
  ) => writer.append(...keystroke({ document, tracker, version, first: writer.serials(word.length) }, from, word));

  const picture = (path: string) =>
    room.read(reader => reader.document(path)?.provenance.toString(reader.replay().origins));

  it('records what is typed, and the reader finds the text with its spans', async () => {
    room.consent();
    room.write('a.md', 'old\n');
    const writer = await room.writer();
    await writer.baseline(['a.md'], initial, 'baseline');
    const opened = await open(writer, 'old\n', 'a.md');
    const act = type(writer, opened, 1, 3, ' new');
    const { document } = opened;
    writer.append({ kind: 'saved', document, tracker: 1, format: lf, textDigest: 'x', fileDigest: 'y' });
    assert.equal(writer.sequenceOf(act), undefined);
    await writer.flush();
    assert.equal(picture('a.md'), 'iiitttti');
    room.read(reader => assert.deepEqual([...reader.events(writer.sequenceOf(act))][0]?.texts, [' new']));
  });

  it('refuses a folder without consent', () => assert.rejects(room.writer(), /notConsented/));

  it('commits by itself within a quarter of a second', async () => {
    room.consent();
    const writer = await room.writer();
    const opened = await open(writer, '');
    const committed = new Promise<number>(resolve => writer.onCommitted(() => resolve(performance.now())));
    const begin = performance.now();
    type(writer, opened, 1, 0, 'a');
    const took = (await committed) - begin;
    assert.ok(took < 1000, `${took} ms`);
  });

  it('aligns what it only knows before and after: words that stay keep their serials', async () => {
    room.consent();
    room.write('a.md', 'one two three\n');
    const writer = await room.writer();
    const opened = await open(writer, 'one two three\n', 'a.md');
    const aligned = await writer.align({
      document: opened.document,
      tracker: 1,
      version: 1,
      changes: [{ from: 0, to: 14, insert: 'one four three\n' }],
      origin: { kind: 'ai.agent', basis: 'reported', rule: 'test' },
      placement: 'reload',
      observation: { by: 'reload' },
    });
    assert.deepEqual(
      aligned.changes.map(({ from, to, insert }) => [from, to, insert]),
      [[4, 7, 'four']],
    );
    assert.equal(await writer.text(`${aligned.outside?.before}`), 'one two three\n');
    assert.equal(await writer.text(`${aligned.outside?.after}`), 'one four three\n');
    const change = (await writer.outsideChanges()).at(-1);
    assert.deepEqual([change?.sequence, change?.path, change?.fresh], [aligned.act, 'a.md', aligned.outside?.fresh]);
  });

  it('knows after a reload that the text is the file’s, though the editor has saved nothing', async () => {
    room.consent();
    room.write('a.md', 'one\r\n');
    const writer = await room.writer();
    const { document } = await open(writer, 'one\n', 'a.md');
    room.write('a.md', 'one two\n');
    const changes = [{ from: 3, to: 3, insert: ' two' }];
    const step = { document, tracker: 1, version: 1, changes, origin: disk, placement: 'reload' } as const;
    await writer.align({ ...step, observation: { by: 'reload' } });
    room.read(reader => {
      const state = reader.document('a.md');
      assert.deepEqual([state?.text, state?.format], ['one two\n', lf]);
    });
    room.write('a.md', 'by another again\n');
    const more = { ...step, version: 2, changes: [{ from: 7, to: 7, insert: ' three' }] };
    await writer.align({ ...more, observation: { by: 'reload' } });
    assert.equal(
      room.read(reader => reader.document('a.md')?.text),
      'one two\n',
    );
  });

  it('takes over an untitled text when it gets a name', async () => {
    room.consent();
    const writer = await room.writer();
    const untitled = await open(writer, '');
    type(writer, untitled, 1, 0, 'mine');
    const { request } = { request: { tracker: 2, path: 'b.md', continues: 1, text: 'mine', format: lf } };
    const named = await writer.openDocument({ ...request, origin: disk, observation: { by: 'open' } });
    assert.deepEqual(named.changed, []);
    assert.equal(named.document, untitled.document);
    writer.append({ kind: 'saved', document: named.document, tracker: 2, format: lf, textDigest: '', fileDigest: '' });
    await writer.flush();
    assert.equal(picture('b.md'), 'tttt');
  });

  it('knows a text again that the editor brings back unsaved', async () => {
    room.consent();
    room.write('a.md', 'old');
    const first = await room.writer();
    type(first, await open(first, 'old', 'a.md'), 1, 3, ' mine');
    await first.close();
    const second = await room.writer();
    const opened = await open(second, 'old mine', 'a.md');
    assert.deepEqual(opened.changed, []);
    const kinds = opened.known.findings.map(({ count, origin }) => [count, origin.kind]);
    assert.deepEqual(kinds, [
      [3, 'external.disk'],
      [5, 'typed'],
    ]);
  });

  it('says of a text that changed unseen what changed, and never more', async () => {
    room.consent();
    room.write('a.md', 'one two\n');
    const first = await room.writer();
    await first.baseline(['a.md'], initial, 'baseline');
    await first.close();
    const second = await room.writer();
    const opened = await open(second, 'one two three\n', 'a.md');
    assert.equal(
      opened.changed.flatMap(({ fresh }) => fresh).reduce((n, { length }) => n + length, 0),
      ' three'.length,
    );
    await second.flush();
    const kinds = room.read(reader => [...reader.events()].slice(-3).map(event => event.kind));
    assert.deepEqual(kinds, ['opened', 'gap', 'changed']);
  });

  it('tells each finding once, so that the thread can add what it hears', async () => {
    room.consent();
    room.write('a.md', 'one');
    const writer = await room.writer();
    const before = await open(writer, 'one', 'a.md', 1);
    const again = await open(writer, 'one', 'a.md', 2);
    assert.deepEqual([before.known.findings.length, again.known.findings.length], [1, 0]);
  });

  it('replaces an act that does not fit by a gap, and all that its text shows after it; other texts go on', async () => {
    room.consent();
    const writer = await room.writer();
    const [lost, other] = [await open(writer, '', 'a.md', 1), await open(writer, '', 'b.md', 2)];
    const problems: string[] = [];
    writer.onProblem(({ code }) => problems.push(code));
    type(writer, lost, 1, 99, 'x');
    type(writer, lost, 2, 0, 'y');
    writer.append({ kind: 'saved', document: lost.document, tracker: 1, format: lf, textDigest: '', fileDigest: '' });
    type(writer, other, 1, 0, 'z', 2);
    await writer.flush();
    assert.deepEqual(problems, ['misfit', 'misfit', 'misfit']);
    const kinds = room.read(reader => [...reader.events()].slice(-4).map(event => event.kind));
    assert.deepEqual(kinds, ['gap', 'gap', 'gap', 'changed']);
  });

  it('signs checkpoints that the reader verifies, the key first', async () => {
    room.consent();
    const writer = await room.writer({ signer: signerOf('test', privateKeyOf('5a'.repeat(32))) });
    const note = await writer.checkpoint();
    type(writer, await open(writer, ''), 1, 0, 'more');
    await writer.close();
    room.read(reader => {
      const verified = reader.verify();
      assert.deepEqual(verified.wrong, []);
      assert.equal(reader.checkpoints()[0]?.note, note);
      assert.equal(reader.checkpoints().at(-1)?.size, reader.size);
    });
  });

  it('keeps everything to its owner', async function () {
    if (process.platform === 'win32') this.skip();
    const { file } = room.consent();
    const writer = await room.writer();
    await writer.flush();
    const catalogue = join(room.home, 'catalogue.sqlite');
    for (const path of [file, `${file}-wal`, catalogue, `${catalogue}-wal`])
      if (existsSync(path)) assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(statSync(room.home).mode & 0o777, 0o700);
  });

  it('remembers prompts, so that none is recorded twice', async () => {
    room.consent();
    const first = await room.writer();
    const prompt = { kind: 'prompt', id: 'a:b:c', agent: 'a', conversation: 'b', asked: 1, by: 'record' } as const;
    first.append(prompt, ['write me a line']);
    assert.ok(first.hasRecord(prompt));
    await first.close();
    const second = await room.writer();
    assert.deepEqual([second.hasRecord(prompt), second.hasRecord({ ...prompt, id: 'a:b:d' })], [true, false]);
  });

  it('hears when another window pauses', async () => {
    room.consent();
    const [one, other] = [await room.writer(), await room.writer()];
    const heard = new Promise(resolve => other.onRecording(resolve));
    one.append({ kind: 'paused', by: 'person' });
    await one.flush();
    await other.flush();
    assert.equal(await heard, false);
    assert.equal(other.recording, false);
  });

  it('says once what two windows find in the same records', async () => {
    room.consent();
    room.write('a.md', 'one');
    const [one, other] = [await room.writer(), await room.writer()];
    const { document, spans } = await open(one, 'one', 'a.md');
    const prompt = { kind: 'prompt', id: 'a:b:c', agent: 'a', conversation: 'b', asked: 1, by: 'record' } as const;
    const origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: 'a:b:c' } as const;
    for (const writer of [one, other]) {
      writer.append(prompt, ['please']);
      writer.append({ kind: 'answer', id: 'a:b:d', agent: 'a', conversation: 'b', answered: 1, prompt: 'a:b:c' }, [
        'no',
      ]);
      writer.append({ kind: 'decision', edit: 'a:b:e', agent: 'a', decided: 1, outcome: 'rejected' });
      const act = writer.append({ kind: 'resolution', ranges: spans, origin });
      const last = writer.append({ kind: 'gap', reason: 'channel', document });
      await writer.flush();
      assert.equal(writer.sequenceOf(act) === undefined, writer === other);
      assert.equal(typeof writer.sequenceOf(last), 'number');
    }
    const kinds = room.read(reader => [...reader.events()].map(event => event.kind).filter(kind => kind !== 'gap'));
    for (const kind of ['prompt', 'answer', 'decision', 'resolution'])
      assert.equal(kinds.filter(one => one === kind).length, 1, kind);
  });

  it('sets aside the one act that cannot be written, and writes those around it', async () => {
    room.consent();
    const writer = await room.writer();
    const opened = await open(writer, '');
    const problems: string[] = [];
    writer.onProblem(({ code }) => problems.push(code));
    type(writer, opened, 1, 0, 'a');
    type(writer, opened, 1.5, 1, 'x');
    type(writer, opened, 2, 1, 'b');
    await writer.flush();
    assert.deepEqual(problems, ['misfit']);
    await writer.close();
    assert.equal(
      room.read(reader => reader.replay().documents.get(1)?.left?.text.toString()),
      'ab',
    );
  });

  it('takes over what another window saved, with its spans', async () => {
    room.consent();
    room.write('a.md', 'one\n');
    const [one, other] = [await room.writer(), await room.writer()];
    const here = await open(one, 'one\n', 'a.md');
    const there = await open(other, 'one\n', 'a.md');
    type(one, here, 1, 3, ' two');
    one.append({ kind: 'saved', document: here.document, tracker: 1, format: lf, textDigest: '', fileDigest: '' });
    await one.flush();
    const aligned = await other.align({
      document: there.document,
      tracker: 1,
      version: 1,
      changes: [{ from: 3, to: 3, insert: ' two' }],
      origin: disk,
      placement: 'reload',
      observation: { by: 'reload' },
    });
    assert.equal(aligned.fresh.count, 0);
    assert.deepEqual(
      aligned.known.findings.map(({ origin }) => origin),
      [typedOrigin],
    );
  });
});
