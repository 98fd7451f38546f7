import assert from 'node:assert/strict';
import { arePieces } from '../../../src/capture/pieces.ts';
import { refine } from '../../../src/capture/refine.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { type Change, ChangeSet } from '../../../src/text/change.ts';
import { LiveEditor } from '../../support/liveEditor.ts';
import { Workroom } from '../../support/workroom.ts';

const transfer = { how: 'paste', from: 'tracked', equal: true } as const;

describe('several ranges that were copied', () => {
  let room: Workroom;
  let writer: JournalWriter;
  let opened = 0;
  before(async () => {
    room = new Workroom();
    room.consent();
    writer = await room.writer();
  });
  after(() => room.clear());

  /** A text `AB` that was there, `cd` typed behind it, and these insertions of both parts, in offsets of the text. */
  async function pasted(...changes: readonly Change[]): Promise<string | undefined> {
    const n = ++opened;
    const { tracker, origins } = await LiveEditor.open(writer, n, `${n}.md`, 'AB').then(editor => {
      editor.type([2], 'c');
      editor.type([3], 'd');
      return editor;
    });
    const pieces = [tracker.copy(0, 2)!, tracker.copy(2, 4)!];
    assert.ok(
      arePieces(
        changes.map(c => c.insert),
        pieces,
      ),
    );
    tracker.observe({
      changes: ChangeSet.of(4, changes),
      observation: { by: 'editor', transfer },
      pieces,
      time: 0,
      clean: false,
      selected: true,
    });
    tracker.settle();
    return tracker.provenance?.toString(origins);
  }

  it('keep their origins where they are joined by line breaks', async () => {
    assert.equal(await pasted({ from: 4, to: 4, insert: 'AB\ncd' }), 'iitt' + 'iiftt');
  });

  it('keep them where each goes to a caret of its own', async () => {
    assert.equal(
      await pasted({ from: 0, to: 0, insert: 'AB' }, { from: 4, to: 4, insert: 'cd' }),
      'ii' + 'iitt' + 'tt',
    );
  });

  it('keep them at two carets that get all of it', async () => {
    const insert = 'AB\ncd';
    assert.equal(await pasted({ from: 0, to: 0, insert }, { from: 4, to: 4, insert }), 'iiftt' + 'iitt' + 'iiftt');
  });

  it('keep them where one of them is put over itself, and so changes nothing', async () => {
    assert.equal(await pasted({ from: 0, to: 2, insert: 'AB' }, { from: 4, to: 4, insert: 'cd' }), 'iitt' + 'tt');
  });

  it('are not taken for another text', () => {
    const piece = (text: string) => ({ journal: 'j', text, spans: [] });
    assert.equal(arePieces(['AB', 'ce'], [piece('AB'), piece('cd')]), false);
    assert.equal(arePieces(['ABcd'], [piece('AB'), piece('cd')]), false);
  });
});

describe('a word that is completed', () => {
  const origin = { kind: 'tool.suggest', basis: 'asserted', rule: 'mark.suggestion' } as const;
  const completed = (removed: string, insert: string) =>
    refine(
      [{ from: 5, to: 5 + removed.length, insert }],
      [removed],
      [[{ length: insert.length, origin }]],
      () => [],
    ).map(({ from, to, insert }) => `${from}-${to} ${insert}`);

  for (const [removed, insert, expected] of [
    ['alp', 'alphabetical', '8-8 habetical'],
    ['ical', 'alphabetical', '5-5 alphabet'],
    ['alpbetical', 'alphabetical', '8-8 ha'],
    ['alphabetical', 'alpbetical', '8-10 '],
    ['aa', 'aaa', '7-7 a'],
  ] as const)
    it(`${removed}, ${insert}: ${expected}`, () => assert.deepEqual(completed(removed, insert), [expected]));

  it('is not parted inside a character', () => {
    for (const one of completed('a😀', 'a😁😀')) assert.doesNotMatch(one, /^\d+-\d+ [\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
  });
});
