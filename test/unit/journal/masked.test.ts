import assert from 'node:assert/strict';
import { Content } from '../../../src/journal/content.ts';
import { JournalDatabase } from '../../../src/journal/database.ts';
import { masked } from '../../../src/journal/masked.ts';
import { purge } from '../../../src/journal/purge.ts';
import { redact } from '../../../src/journal/redaction.ts';
import type { Replay } from '../../../src/journal/replay.ts';
import { placesOf } from '../../support/everyByte.ts';
import { disk, initial, keystroke, lf, typedOrigin, Workroom } from '../../support/workroom.ts';

describe('a text that comes where words were taken out', () => {
  for (const [recorded, coming, expected] of [
    ['one ▮▮▮ two', 'one abc two', 'one ▮▮▮ two'],
    ['one ▮▮▮ two', 'one abc two three', 'one ▮▮▮ two three'],
    ['one ▮▮▮ two', 'zero one abc two', 'zero one ▮▮▮ two'],
    // Another word may stand there.
    ['one ▮▮▮ two', 'one ab two', 'one ab two'],
    ['one ▮▮▮ two', 'one abcd two', 'one abcd two'],
    ['one ▮▮▮ two', 'one a c two', 'one a c two'],
    ['▮▮▮', 'abc', '▮▮▮'],
    ['▮▮▮ two', 'abc', 'abc'],
    ['a\nb ▮▮ c\nd', 'A\nb xy c\nD', 'A\nb ▮▮ c\nD'],
    ['a\nb ▮▮ c\ne ▮\nd', 'A\nnew\nb xy c\nmore\ne z\nD', 'A\nnew\nb ▮▮ c\nmore\ne ▮\nD'],
    ['nothing gone', 'all else', 'all else'],
  ] as const) {
    it(`${JSON.stringify(recorded)} ← ${JSON.stringify(coming)}: ${JSON.stringify(expected)}`, () => {
      const ranges = [...recorded.matchAll(/▮+/g)].map(({ index, 0: run }) => ({
        serial: index + 1,
        length: run.length,
      }));
      const content = Content.of(recorded, [{ serial: 1, length: recorded.length }]);
      const replay = { redactions: [{ ranges }] } as unknown as Replay;
      assert.equal(masked(replay, content, coming), expected);
    });
  }
});

describe('the author’s files after a redaction', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
  });
  afterEach(() => room.clear());

  const text = 'The road to Zhezqazghan was long.\n';
  const word = 'Zhezqazghan';
  const open = { path: 'a.md', format: lf, origin: typedOrigin, observation: { by: 'open' } } as const;
  const take = () => {
    const { file } = room.consent();
    const database = JournalDatabase.open(file);
    try {
      redact(database, { targets: [{ kind: 'text', text: word }], reason: 'r', by: 'person', software: 't' });
      return purge(database);
    } finally {
      database.close();
    }
  };
  const kinds = () =>
    room.read(reader => {
      const replay = reader.replay();
      const { provenance, text: own } = replay.at('a.md')!;
      const found = [...replay.origins.walk(provenance.spans())].map(
        ({ origin: { kind }, length }) => `${kind} ${length}`,
      );
      return { text: own, found, wrong: reader.verify().wrong };
    });
  const blanked = text.replace(word, '▮'.repeat(word.length));

  it('are known again, and keep their origin, without the word’s coming back', async () => {
    room.write('a.md', text);
    const first = await room.writer();
    await first.baseline(['a.md'], initial, 'baseline');
    await room.close();
    assert.ok(take());
    const writer = await room.writer();
    const { changed } = await writer.baseline(['a.md'], disk, 'start');
    assert.deepEqual(changed, []);
    const opened = await writer.openDocument({ ...open, tracker: 1, text });
    assert.deepEqual(opened.version, 0);
    const [body, texts] = keystroke(
      { document: opened.document, tracker: 1, version: 1, first: writer.serials(1) },
      3,
      '!',
    );
    writer.append(body, texts);
    writer.append({ kind: 'saved', document: opened.document, tracker: 1, format: lf, textDigest: '', fileDigest: '' });
    room.write('a.md', text.replace('The', 'The!'));
    await writer.outside('a.md', { by: 'watcher' }, disk);
    await room.close();
    assert.deepEqual(placesOf(word, room.home), []);
    assert.deepEqual(kinds(), {
      text: blanked.replace('The', 'The!'),
      found: ['initial 3', 'typed 1', 'initial 31'],
      wrong: [],
    });
  });

  it('changed elsewhere meanwhile, they bring what is new alone', async () => {
    room.write('a.md', text);
    const first = await room.writer();
    await first.baseline(['a.md'], initial, 'baseline');
    await room.close();
    assert.ok(take());
    room.write('a.md', `${text}And dusty.\n`);
    const writer = await room.writer();
    await writer.baseline(['a.md'], disk, 'start');
    await room.close();
    assert.deepEqual(placesOf(word, room.home), []);
    assert.deepEqual(kinds(), { text: `${blanked}And dusty.\n`, found: ['initial 34', 'external.disk 11'], wrong: [] });
  });

  it('open while it is taken out, are recorded on, and undo brings blanks', async () => {
    room.write('a.md', text);
    const writer = await room.writer();
    await writer.baseline(['a.md'], initial, 'baseline');
    const opened = await writer.openDocument({ ...open, tracker: 1, text });
    const { document, spans } = opened;
    const change = { kind: 'changed', document, tracker: 1 } as const;
    const observation = { by: 'editor' } as const;
    const rest = { placement: 'undo', findings: [], observation } as const;
    writer.append(
      {
        ...change,
        version: 1,
        changes: [{ from: 0, to: text.length }],
        first: writer.serials(1),
        ...rest,
        placement: 'insert',
      },
      [''],
    );
    await writer.flush();
    take();
    const placed = writer.serials(1);
    const actor = { kind: 'typed', basis: 'asserted', rule: 'undo' } as const;
    writer.append(
      { ...change, version: 2, changes: [{ from: 0, to: 0, spans }], first: placed, placed, actor, ...rest },
      [text],
    );
    writer.append({ kind: 'saved', document, tracker: 1, format: lf, textDigest: '', fileDigest: '' });
    await room.close();
    // The next start finishes what the open window stood in the way of.
    await room.writer();
    await room.close();
    assert.deepEqual(placesOf(word, room.home), []);
    assert.deepEqual(kinds(), { text: blanked, found: ['initial 34'], wrong: [] });
  });

  it('never saved, are brought back as they were left', async () => {
    const first = await room.writer();
    const untitled = { format: lf, origin: typedOrigin, observation: { by: 'open' }, tracker: 1 } as const;
    const { document } = await first.openDocument({ ...untitled, text: '' });
    const [body, texts] = keystroke({ document, tracker: 1, version: 1, first: first.serials(text.length) }, 0, text);
    first.append(body, texts);
    await room.close();
    assert.ok(take());
    const writer = await room.writer();
    const opened = await writer.openDocument({ ...untitled, text, dirty: true });
    assert.deepEqual([opened.document, opened.version], [document, 0]);
    await room.close();
    assert.deepEqual(placesOf(word, room.home), []);
  });

  it('moved meanwhile, are known under their new name', async () => {
    room.write('a.md', text);
    const first = await room.writer();
    await first.baseline(['a.md'], initial, 'baseline');
    await room.close();
    assert.ok(take());
    room.remove('a.md');
    room.write('b.md', text);
    const writer = await room.writer();
    await writer.baseline(['b.md'], disk, 'start');
    await room.close();
    assert.deepEqual(placesOf(word, room.home), []);
    room.read(reader => assert.equal(reader.document('b.md')?.text, blanked));
  });
});
