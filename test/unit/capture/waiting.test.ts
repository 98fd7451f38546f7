import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { ChangeSet } from '../../../src/text/change.ts';
import { LiveEditor } from '../../support/liveEditor.ts';
import { Workroom } from '../../support/workroom.ts';

const acts = fc.array(
  fc.tuple(
    fc.constantFrom('type', 'delete', 'paste', 'undo', 'redo', 'reload', 'save', 'wait'),
    fc.nat(1000),
    fc.nat(1000),
  ),
  { minLength: 5, maxLength: 30 },
);

describe('steps that come while a reload is still being understood', () => {
  let room: Workroom;
  let writer: JournalWriter;
  before(async () => {
    room = new Workroom();
    room.consent();
    writer = await room.writer();
  });
  after(() => room.clear());

  it('wait, and are found to be what they are, live and in the journal', async function () {
    this.timeout(60_000);
    const editors: LiveEditor[] = [];
    for (const [n, steps] of fc.sample(acts, { numRuns: 200, seed: 9 }).entries()) {
      const editor = await LiveEditor.open(writer, n + 1, `${n}.md`, 'one line\nanother line\n');
      const reloads: Promise<void>[] = [];
      for (const [name, a, b] of steps) {
        const at = a % (editor.text.length + 1);
        const to = Math.min(at + (b % 6), editor.text.length);
        if (name === 'type') editor.type([at], 'abcdefgh'[b % 8]!);
        else if (name === 'delete' && to > at) editor.delete(at, to);
        else if (name === 'paste') editor.paste(at, to, `quoted ${b} `);
        else if (name === 'undo') editor.undo(1 + (b % 2));
        else if (name === 'redo') editor.redo(1 + (b % 2));
        else if (name === 'reload') reloads.push(editor.reload(at, `«outside${b}»`));
        else if (name === 'save') editor.save();
        else if (name === 'wait') await Promise.all(reloads);
      }
      await Promise.all(reloads);
      await editor.tracker.quiet();
      editor.save();
      editors.push(editor);
    }
    await writer.flush();
    const replay = room.read(reader => reader.replay());
    const documents = new Map([...replay.documents.values()].map(d => [d.path, d]));
    for (const [n, editor] of editors.entries()) {
      const replayed = documents.get(`${n}.md`);
      const live = editor.tracker.provenance;
      assert.equal(replayed?.text, editor.text, `${n}`);
      assert.equal(live?.toString(editor.origins), editor.letters, `${n}, live`);
      assert.equal(replayed?.provenance.toString(replay.origins), editor.letters, `${n}, from the journal`);
    }
  });

  it('and the close that follows at once are handed over without being asked for', async () => {
    const editor = await LiveEditor.open(writer, 1001, 'closed.md', 'one line\n');
    const closed = new Promise<void>(resolve => {
      editor.closed = resolve;
    });
    const { tracker } = editor;
    const { now } = Date;
    const time = now();
    // However long the worker takes, the key is a young one when it answers.
    Date.now = () => time;
    try {
      const seen = { clean: false, selected: true, time };
      const all = ChangeSet.of(9, [{ from: 0, to: 9, insert: 'another line\n' }]);
      tracker.observe({ ...seen, changes: all, observation: { by: 'reload' } });
      tracker.settle();
      const key = ChangeSet.of(13, [{ from: 0, to: 0, insert: 'k' }]);
      tracker.observe({ ...seen, changes: key, observation: { by: 'editor' } });
      tracker.close();
      await closed;
    } finally {
      Date.now = now;
    }
  });

  it('an undo of a long text that nobody remembers is aligned off the thread of the editor', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `line ${i}\n`).join('');
    const { tracker, origins } = await LiveEditor.open(writer, 1000, 'long.md', lines);
    const { length } = lines;
    const changes = ChangeSet.of(length, [{ from: 0, to: length, insert: lines.replace('line 500', 'verse 500') }]);
    tracker.observe({ changes, observation: { by: 'editor', reason: 'undo' }, time: 0, clean: false, selected: true });
    tracker.settle();
    const live = () => tracker.provenance;
    assert.equal(live(), undefined);
    await tracker.quiet();
    const letters = live()?.toString(origins) ?? '';
    assert.equal(letters.length, length + 1);
    assert.equal(letters.replaceAll('i', ''), '?????');
  });
});
