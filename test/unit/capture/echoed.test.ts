import assert from 'node:assert/strict';
import type { AgentRecords } from '../../../src/agents/agent.ts';
import type { Echoed } from '../../../src/journal/echoed.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { evidenceOf } from '../../support/agentDesk.ts';
import { LiveEditor } from '../../support/liveEditor.ts';
import { Workroom } from '../../support/workroom.ts';

const said = 'The keeper wound the clock every evening at six, and the harbour set its watches by him.';
const about = { agent: 'c', conversation: '1' };

describe('a window that hears of text that an AI gave', () => {
  let room: Workroom;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
  });
  afterEach(() => room.clear());

  const records = (time: number, more: Partial<AgentRecords> = {}): AgentRecords => ({
    prompts: [{ ...about, id: 'c:1:p', time, text: 'A sentence, please.' }],
    answers: [{ ...about, id: 'c:1:m', time, text: `Here:\n\n${said}`, prompt: 'c:1:p' }],
    edits: [],
    decisions: [],
    problems: [],
    ...more,
  });
  const heard = (writer: JournalWriter, editor: LiveEditor) =>
    new Promise<Echoed>(resolve => {
      writer.echoes.onFound(found => {
        if (found.kind === 'resolved')
          for (const { serial, length } of found.ranges)
            editor.origins.resolve(serial, length, found.origin, found.act);
        resolve(found);
      });
    });
  const live = ({ tracker, origins }: LiveEditor) => tracker.provenance?.toString(origins);

  for (const late of [false, true])
    it(`shows a paste as the AI’s at once, the answer recorded ${late ? 'after' : 'before'} it`, async () => {
      room.write('1.md', '');
      const writer = await room.writer();
      const editor = await LiveEditor.open(writer, 1, '1.md', '');
      const found = heard(writer, editor);
      const evidence = evidenceOf(writer, editor.origins);
      const answered = records(Date.now() - 10_000);
      if (!late) await evidence.take(answered);
      editor.paste(0, 0, said);
      await editor.tracker.quiet();
      assert.equal(live(editor), 'p'.repeat(said.length));
      if (late) await evidence.take(answered);
      const { kind } = await found;
      assert.equal(kind, 'resolved');
      assert.equal(live(editor), 'a'.repeat(said.length));
      await writer.flush();
      room.read(reader => {
        const state = reader.replay();
        assert.equal(state.at('1.md') === undefined, false);
        assert.equal([...state.trackers][0]?.provenance.toString(state.origins), 'a'.repeat(said.length));
      });
    });

  it('marks what was typed, at the save, and knows it in the next session', async () => {
    room.write('1.md', '');
    const writer = await room.writer();
    const editor = await LiveEditor.open(writer, 1, '1.md', '');
    const found = heard(writer, editor);
    await evidenceOf(writer, editor.origins).take(records(Date.now() - 10_000));
    await writer.flush();
    for (const [at, letter] of [...said].entries()) editor.type([at], letter);
    room.write('1.md', said);
    editor.save();
    const repeat = await found;
    assert.deepEqual([repeat.kind, repeat.kind === 'repeats' && repeat.of], ['repeats', 'c:1:m']);
    const serial = editor.tracker.provenance!.spans()[0]!.serial;
    assert.equal(writer.echoes.of(serial)?.prompt, 'c:1:p');
    assert.match(live(editor) ?? '', /^t+$/);
    await writer.close();
    const next = await room.writer();
    assert.deepEqual([next.echoes.of(serial)?.of, next.echoes.of(serial + said.length)], ['c:1:m', undefined]);
  });

  it('keeps of an edit where it put something in, and nothing where that cannot be told', async () => {
    const writer = await room.writer();
    const edit = { ...about, time: 1, prompt: 'c:1:p', file: 'a.md' };
    const edits = [
      { ...edit, id: 'c:1:1', before: 'One. Two.', after: 'One. And more. Two.' },
      { ...edit, id: 'c:1:2', before: null, after: 'All.' },
      { ...edit, id: 'c:1:3', after: 'What of it?' },
    ];
    await evidenceOf(writer).take(records(1, { edits }));
    await writer.flush();
    const brings = room.read(reader =>
      [...reader.events()].flatMap(event => (event.kind === 'agentEdit' ? [event.brings] : [])),
    );
    assert.deepEqual(brings, [[[5, 15]], [[0, 4]], undefined]);
  });
});
