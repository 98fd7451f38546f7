import assert from 'node:assert/strict';
import type { Observation } from '../../../src/classify/observation.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { ChangeSet } from '../../../src/text/change.ts';
import { LiveEditor } from '../../support/liveEditor.ts';
import { Workroom } from '../../support/workroom.ts';

const ghost = 'editor.action.inlineSuggest.commit';
const key: Observation = { by: 'editor', selection: 'keyboard', carets: true };
const sentence = 'Outside the harbour slept; only the buoy at the mole rang, slowly, as if it were counting boats.';
const other = 'Nobody had written this sentence before, and nobody asked for it.';

describe('text that is looked for in the journal', () => {
  let room: Workroom;
  let writer: JournalWriter;
  let editor: LiveEditor;
  let numbers = 0;
  before(async () => {
    room = new Workroom();
    room.consent();
    writer = await room.writer();
  });
  beforeEach(async () => {
    editor = await LiveEditor.open(writer, ++numbers, `${numbers}.md`, 'i');
  });
  after(() => room.clear());

  /** A step as VS Code tells it now, understood at once as far as it can be. */
  function step(from: number, to: number, insert: string, observation: Observation): void {
    const { tracker } = editor;
    const changes = ChangeSet.of(tracker.length, [{ from, to, insert }]);
    tracker.observe({ changes, observation: { ...observation }, time: Date.now(), clean: false, selected: true });
    tracker.settle();
  }

  function type(at: number, text: string): void {
    for (const [i, letter] of [...text].entries()) step(at + i, at + i, letter, key);
  }

  /** What is shown, and what the journal says: they must be one. */
  async function letters(): Promise<string> {
    await editor.tracker.quiet();
    editor.save();
    await writer.flush();
    const shown = editor.tracker.provenance?.toString(editor.origins);
    room.read(reader => {
      const replay = reader.replay();
      assert.equal(replay.at(`${numbers}.md`)?.provenance.toString(replay.origins), shown);
    });
    return (shown ?? '').replace(/(.)\1{9,}/g, '$1…');
  }

  it('lets the editor go on: keys that come meanwhile stand where they were typed', async () => {
    step(1, 1, other, { by: 'editor' });
    assert.equal(editor.tracker.provenance, undefined, 'nothing is asked');
    type(1, 'ab');
    type(3 + other.length, 'c');
    assert.equal(await letters(), 'itt?…t');
  });

  it('is ghost text by the mark that comes while it is looked for', async () => {
    step(1, 1, other, { by: 'editor' });
    editor.tracker.accept(ghost);
    assert.equal(await letters(), 'ia…');
  });

  it('comes back by undo and redo as what it was found to be', async () => {
    type(1, sentence);
    step(1, 1 + sentence.length, '', { by: 'editor' });
    step(1, 1, sentence, { by: 'editor' });
    assert.equal(await letters(), 'it…');
    step(1, 1 + sentence.length, '', { by: 'editor', reason: 'undo' });
    assert.equal(await letters(), 'i');
    step(1, 1, sentence, { by: 'editor', reason: 'redo' });
    assert.equal(await letters(), 'it…');
  });

  it('is undone while it is looked for, and leaves nothing behind', async () => {
    step(1, 1, other, { by: 'editor' });
    step(1, 1 + other.length, '', { by: 'editor', reason: 'undo' });
    type(1, 'ab');
    assert.equal(await letters(), 'itt');
  });
});
