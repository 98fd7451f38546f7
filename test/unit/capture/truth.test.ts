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
    't?t',
  ],
  [
    'Enter, Enter and Tab between two keys',
    [
      ['a', key],
      ['\n', { by }],
      ['\n', { by }],
      ['\t', { by }],
      ['c', key],
    ],
    'tttft',
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

  /** A key, what comes in its place, one after the other, and the key after them. */
  async function composing(
    shown: readonly string[],
    next = ' ',
    at: 'behind' | 'carets' = 'behind',
  ): Promise<string | undefined> {
    const n = ++opened;
    const { tracker, origins } = await LiveEditor.open(writer, n, `${n}.md`, '');
    const put = (from: number, to: number, insert: string, observation: Observation, time: number) => {
      const changes = ChangeSet.of(tracker.length, [{ from, to, insert }]);
      tracker.observe({ changes, observation: { ...observation }, time, clean: false, selected: true, at });
      tracker.settle();
    };
    put(0, 0, shown[0]!, key, 0);
    for (const [i, letter] of shown.entries()) if (i > 0) put(0, tracker.length, letter, { by }, 100 * i);
    put(tracker.length, tracker.length, next, key, 1000);
    return tracker.provenance?.toString(origins);
  }

  it('a syllable that an input method made of what was typed, and a letter that no input method makes', async () => {
    assert.equal(await composing(['ㅎ', '하', '한']), 'tt');
    assert.equal(await composing(['ㅎ', '하', 'x']), '?t');
    assert.equal(await composing(['ㅎ', '하', '한'], ' ', 'carets'), '?t');
    assert.equal(await composing(['´', 'é']), 'tt');
  });

  it('a syllable whose last consonant goes to the next letter, and one that is corrected', async () => {
    assert.equal(await composing(['ㅎ', '하', '한', '하'], '나'), 'tt');
    assert.equal(await composing(['ㅎ', '하', '한', '하']), '?t');
    assert.equal(await composing(['ㅎ', '하', '한', '하'], '가'), '?t');
  });

  for (const [letter, better] of ['iİ', 'яЯ', 'её', 'kк', '"“', '-—', 'eé', '国國']) {
    it(`a letter that a program corrects between two keys: ${letter} to ${better}`, async () => {
      assert.equal(await composing([letter!, better!]), '?t');
    });
  }

  it('a line break that a program puts for the blank at the caret', async () => {
    assert.equal(await composing([' ', '\n'], 'a'), '?t');
    assert.equal(await composing([' ', '\n  '], 'a'), '???t');
  });

  it('what was copied in the work of another journal: its serials mean other characters here', async () => {
    const other = new Workroom();
    try {
      other.consent();
      const source = await LiveEditor.open(await other.writer(), 1, 'source.md', '');
      source.insert(0, 'a machine’s words');
      const target = await LiveEditor.open(writer, ++opened, 'target.md', '');
      for (let i = 0; i < 40; i++) target.type([i], 'x');
      const copied = source.tracker.copy(0, 17);
      assert.ok(copied);
      const transfer = { how: 'paste', from: 'tracked', equal: true } as const;
      const changes = ChangeSet.of(40, [{ from: 40, to: 40, insert: copied.text }]);
      target.tracker.observe({ changes, observation: { by, transfer }, copied, time: 0, clean: false, selected: true });
      target.tracker.settle();
      assert.equal(target.tracker.provenance?.toString(target.origins), `${'t'.repeat(40)}${'?'.repeat(17)}`);
    } finally {
      await other.clear();
    }
  });
});
