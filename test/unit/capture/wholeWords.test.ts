import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wholeWords } from '../../../src/capture/wholeWords.ts';
import { ghostText, insertAnswer } from '../../../src/classify/commands.ts';
import type { Observation } from '../../../src/classify/observation.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { type Change, ChangeSet } from '../../../src/text/change.ts';
import { LiveEditor } from '../../support/liveEditor.ts';
import { Workroom } from '../../support/workroom.ts';

const by = { by: 'editor' } as const;
const key: Observation = { by: 'editor', selection: 'keyboard', carets: true };

/** A step as pictures: `[old|new]` where the editor says that something changed, all else as it stands. */
function stepOf(picture: string): { text: string; set: ChangeSet } {
  let text = '';
  const changes: Change[] = [];
  for (const part of picture.split(/(\[[^|\]]*\|[^\]]*\])/)) {
    const [, old, insert] = /^\[(.*)\|(.*)\]$/s.exec(part) ?? [];
    if (old !== undefined) changes.push({ from: text.length, to: text.length + old.length, insert: insert! });
    text += old ?? part;
  }
  return { text, set: ChangeSet.of(text.length, changes) };
}

describe('what an editor leaves of words that another wrote', () => {
  let room: Workroom;
  let writer: JournalWriter;
  let opened = 0;
  before(async () => {
    room = new Workroom();
    room.consent();
    writer = await room.writer();
  });
  after(() => room.clear());

  /** Of a text that was typed, then changed so: a letter a character, and the same after it is taken back. */
  async function played(picture: string, observation: Observation = by) {
    const { text, set } = stepOf(picture);
    const n = ++opened;
    const { tracker, origins } = await LiveEditor.open(writer, n, `${n}.md`, '');
    const tell = (changes: ChangeSet, how: Observation, time: number) => {
      tracker.observe({ changes, observation: { ...how }, time, clean: false, selected: true });
      tracker.settle();
    };
    for (const [i, letter] of [...text].entries())
      tell(ChangeSet.of(i, [{ from: i, to: i, insert: letter }]), key, 10 * i);
    tell(set, observation, 60_000);
    await tracker.quiet();
    const found = tracker.provenance?.toString(origins).replaceAll('|', '');
    tell(set.invert(text), { by: 'editor', reason: 'undo' }, 61_000);
    await tracker.quiet();
    return { found, back: tracker.provenance?.toString(origins).replaceAll('|', '') };
  }

  const steps: readonly (readonly [name: string, picture: string, letters: string])[] = [
    ['a letter that both words have', '[Marc|the mont]h[| of] rain', '????????????ttttt'],
    ['letters of two words', 'it [h|d]a[|re]d [cr|t]o[ss|]', 'ttt?????t??'],
    ['the same, and a word that stays', 'it [h|d]a[|re]d, so [g|b]re[y|d]', 'ttt?????ttttt????'],
    ['most of a word', 'w[a|o]nder[|ing] on', '?????????ttt'],
    ['a word between two others', '[a|b] whole [c|d]', '?ttttttt?'],
    ['a letter at the end, and another place', '[Marc|mont]h, [wro|spo]ke', '?????tt??ttt'],
    ['capitals, and letters that change places', '[a|A]bc [te|et]h', '?ttt??t'],
    ['letters that are dragged', '[abcd|]ef[|abcd]', 'tttttt'],
    ['a line that is moved', '[bc\n|]d[|\nbc]', 'tttt'],
    ['one change alone', 'a wh[o|a]le', 'tttt?tt'],
  ];
  for (const [name, picture, letters] of steps) {
    it(`${name}: ${picture}, and taken back`, async () => {
      const { found, back } = await played(picture);
      assert.equal(found, letters);
      assert.equal(back, 't'.repeat(stepOf(picture).text.length));
    });
  }

  const chat = { by: 'editor', detailedReason: { source: 'Chat.applyEdits', metadata: {} } } as const;
  const composed = { source: 'cursor', metadata: { kind: 'compositionEnd' } };
  const accept = { by: 'editor', mark: ghostText[0]! } as const;
  const whole: readonly (readonly [name: string, picture: string, observation: Observation, letters: string])[] = [
    ['the chat’s', 'a wh[o|a]le', chat, 'ttaaaaa'],
    ['a completion’s', 'a wh[o|a]le', accept, 'ttaaaaa'],
    ['the rest of a word that is begun', 'a wh[|ale]', accept, 'ttttaaa'],
    ['the same, with what it begins with', 'a [wh|whale]s', accept, 'ttttaaat'],
    ['letters inside a word, with all of it', 'a [wle|whale]s', accept, 'tttaattt'],
    ['letters in another order', 'the[ri|ir]', chat, 'tttaa'],
    ['an answer that the person puts in', 'a wh[o|a]le', { by: 'editor', mark: insertAnswer }, 'ttttatt'],
    ['a key over letters', 'a wh[oo|a]le', { ...key, removes: 'selection' }, 'ttttttt'],
    ['an accent without a sign', 'a caf[e|é]s', by, 'ttttt?t'],
    ['an input method’s', 'a caf[e|é]s', { by: 'editor', detailedReason: composed }, 'ttttttt'],
  ];
  for (const [name, picture, observation, letters] of whole) {
    it(`one change inside a word, ${name}: ${picture}`, async () => {
      assert.equal((await played(picture, observation)).found, letters);
    });
  }

  it('a person’s keys at several carets stay as they are', async () => {
    assert.equal((await played('a[|x]b[|x]c', key)).found, 'ttttt');
  });

  it('the step leads to the same text, with what it takes out', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', ',', 'é', '😀'), maxLength: 6 });
    fc.assert(
      fc.property(word, fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 8 }), (head, parts) => {
        let text = head;
        const changes: Change[] = [];
        for (const [old, insert, rest] of parts) {
          if (old !== insert) changes.push({ from: text.length, to: text.length + old.length, insert });
          text += `${old},${rest}`;
        }
        const words = wholeWords(changes, text);
        if (words === undefined) return;
        assert.equal(words.changes.apply(text), ChangeSet.of(text.length, changes).apply(text));
        assert.deepEqual(
          words.removed,
          words.changes.changes.map(({ from, to }) => text.slice(from, to)),
        );
      }),
    );
  });
});
