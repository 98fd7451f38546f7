import assert from 'node:assert/strict';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { disk, initial, keystroke, lf, Workroom } from '../../support/workroom.ts';

const sentence = 'What was typed before the editor went down, and was never saved.';

describe('a text that an editor opens', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
  });
  afterEach(() => room.clear());

  const open = (
    writer: JournalWriter,
    text: string,
    given: { path?: string; dirty?: true; continues?: number; tracker?: number },
  ) => writer.openDocument({ tracker: 1, text, format: lf, origin: disk, observation: { by: 'open' }, ...given });

  /** Types into a new tracker and leaves it unsaved. */
  async function typed(writer: JournalWriter, start: string, text: string, path?: string): Promise<void> {
    const { document } = await open(writer, start, path === undefined ? {} : { path });
    const first = writer.serials(text.length);
    writer.append(...keystroke({ document, tracker: 1, version: 1, first }, start.length, text));
    await writer.flush();
  }

  /** What the tracker of this number holds in the session that runs, a letter a character. */
  const picture = (writer: JournalWriter, tracker: number) =>
    room.read(reader => {
      const replay = reader.replay();
      return replay.tracker(writer.session, tracker)?.provenance.toString(replay.origins);
    });

  for (const [name, path, start] of [
    ['a file', 'a.md', 'old\n'],
    ['no file', undefined, ''],
  ] as const) {
    it(`keeps what was typed into ${name}, though the last keys were lost in a crash or not recorded`, async () => {
      room.write('a.md', 'old\n');
      const before = await room.writer();
      await before.baseline(['a.md'], initial, 'baseline');
      await typed(before, start, sentence, path);
      await before.close();
      const writer = await room.writer();
      const at = path === undefined ? {} : { path };
      await open(writer, `${start}${sentence.slice(0, -7)}`, { ...at, dirty: true });
      await open(writer, `${start}${sentence} Yes`, { ...at, dirty: true, tracker: 2 });
      await writer.flush();
      const first = 'i'.repeat(start.length);
      assert.equal(picture(writer, 1), `${first}${'t'.repeat(sentence.length - 7)}`);
      if (path !== undefined) assert.equal(picture(writer, 2), `${first}${'t'.repeat(sentence.length)}eeee`);
    });
  }

  it('is known to be brought back, though the editor does not call it dirty yet: its file holds another', async () => {
    room.write('a.md', 'old\n');
    const before = await room.writer();
    await before.baseline(['a.md'], initial, 'baseline');
    await typed(before, 'old\n', sentence, 'a.md');
    await before.close();
    const writer = await room.writer();
    await open(writer, `old\n${sentence} Yes`, { path: 'a.md' });
    await writer.flush();
    assert.equal(picture(writer, 1), `iiii${'t'.repeat(sentence.length)}eeee`);
  });

  it('takes nothing from what was left unsaved where it is nearer to its file', async () => {
    room.write('a.md', 'old\n');
    const before = await room.writer();
    await before.baseline(['a.md'], initial, 'baseline');
    await typed(before, 'old\n', sentence, 'a.md');
    await before.close();
    const writer = await room.writer();
    await open(writer, 'old\nsaved.', { path: 'a.md', dirty: true });
    await writer.flush();
    assert.equal(picture(writer, 1), 'iiiieeeeee');
  });

  it('is a new file’s by the untitled text that was saved to it', async () => {
    const writer = await room.writer();
    await typed(writer, '', 'a few words');
    room.write('a.md', 'a few words');
    await open(writer, 'a few words', { path: 'a.md', continues: 1, tracker: 2 });
    await writer.flush();
    assert.equal(picture(writer, 2), 't'.repeat(11));
  });

  it('is not typed because an untitled text has the same words as a file that was there', async () => {
    const writer = await room.writer();
    room.write('a.md', 'a few words');
    await writer.outside('a.md', { by: 'watcher' }, disk);
    await typed(writer, '', 'a few words');
    await open(writer, 'a few words', { path: 'a.md', continues: 1, tracker: 2 });
    await writer.flush();
    assert.equal(picture(writer, 2), 'e'.repeat(11));
  });
});
