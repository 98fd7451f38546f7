import assert from 'node:assert/strict';
import type { Observation } from '../../../src/classify/observation.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { ChangeSet } from '../../../src/text/change.ts';
import { LiveEditor } from '../../support/liveEditor.ts';
import { Workroom } from '../../support/workroom.ts';

const by = 'editor';
const key: Observation = { by, selection: 'keyboard', carets: true };
type Act = readonly [insert: string, observation: Observation];

/** One act after the other, each at the end of the text, and the letters that they are found to be. */
const cases: (readonly [name: string, acts: readonly Act[], letters: string])[] = [
  [
    'a letter without a kind between two keys',
    [
      ['a', key],
      ['b', { by }],
      ['c', key],
    ],
    'ttt',
  ],
  [
    'one that the mouse followed',
    [
      ['a', key],
      ['b', { by, selection: 'mouse' }],
      ['c', key],
    ],
    't?t',
  ],
  [
    'one that a command followed',
    [
      ['a', key],
      ['b', { by, selection: 'command' }],
      ['c', key],
    ],
    't?t',
  ],
  [
    'one with the kind, its caret elsewhere',
    [
      ['a', key],
      ['b', { by, selection: 'keyboard', carets: false }],
      ['c', key],
    ],
    't?t',
  ],
  [
    'one while a formatter ran',
    [
      ['a', key],
      ['b', { by, mark: 'editor.action.formatDocument' }],
      ['c', key],
    ],
    't?t',
  ],
];

describe('what nobody is known to have typed', () => {
  let room: Workroom;
  let writer: JournalWriter;
  let opened = 0;
  before(async () => {
    room = new Workroom();
    room.consent();
    writer = await room.writer();
  });
  after(() => room.clear());

  for (const [name, acts, letters] of cases) {
    it(`${name}: ${letters}`, async () => {
      const n = ++opened;
      const { tracker, origins } = await LiveEditor.open(writer, n, `${n}.md`, '');
      for (const [i, [insert, observation]] of acts.entries()) {
        const { length } = tracker;
        const changes = ChangeSet.of(length, [{ from: length, to: length, insert }]);
        tracker.observe({ changes, observation: { ...observation }, time: 1000 * i, clean: false, selected: true });
        tracker.settle();
      }
      assert.equal(tracker.provenance?.toString(origins), letters);
    });
  }
});
