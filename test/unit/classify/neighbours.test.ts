import assert from 'node:assert/strict';
import { isOpenKey, type Neighbour, partsOf, typedByNeighbours } from '../../../src/classify/neighbours.ts';

const key = (from: number, inserted = 'a', time = 0): Neighbour => ({
  time,
  only: { from, end: from + inserted.length, inserted, removed: '' },
  keyboard: true,
  bare: true,
});
const bare = (from: number, inserted: string, time = 0): Neighbour => ({
  ...key(from, inserted, time),
  keyboard: false,
});
/** Enter in a line of so many blanks, which go. */
const trimming = (from: number, inserted: string, blanks: number): Neighbour => {
  const end = from - blanks + inserted.length;
  return { ...bare(from, inserted), only: { from, end, inserted, removed: '' } };
};

/** Enter between brackets: the caret stands in the line between. */
const splitting = (from: number): Neighbour => ({
  ...bare(from, '\n  \n'),
  only: { from, end: from + 3, inserted: '\n  \n', removed: '' },
});

type Case = readonly [name: string, Neighbour | undefined, Neighbour | readonly Neighbour[], Neighbour, boolean];

const cases: readonly Case[] = [
  ['a line break between two keys', key(0), bare(1, '\n'), key(2), true],
  ['a line break with its indent', key(0), bare(1, '\n  '), key(4), true],
  ['a line break in a comment that goes on', key(0), bare(1, '\n * '), key(5), true],
  ['a letter between two keys', key(0), bare(1, 'b'), key(2), false],
  ['a blank between two keys', key(0), bare(1, ' '), key(2), false],
  ['a block that Enter split, typed on inside', key(0, '{'), splitting(1), key(4), true],
  ['an indent between two keys', key(0), bare(1, '    '), key(5), true],
  ['two line breaks between two keys', key(0), [bare(1, '\n'), bare(2, '\n')], key(3), true],
  ['two of which the second takes the first’s indent', key(0), [bare(1, '\n  '), trimming(4, '\n  ', 2)], key(5), true],
  ['a line break and an indent', key(0), [bare(1, '\n'), bare(2, '\t')], key(3), true],
  ['five line breaks', key(0), [1, 2, 3, 4, 5].map(at => bare(at, '\n')), key(6), false],
  ['two letters in a row', key(0), [bare(1, 'b'), bare(2, 'c')], key(3), false],
  ['a letter and a line break', key(0), [bare(1, 'b'), bare(2, '\n')], key(3), false],
  ['two line breaks at different places', key(0), [bare(1, '\n'), bare(1, '\n')], key(3), false],
  ['nothing before', undefined, bare(1, '\n'), key(2), false],
  ['a word', key(0), bare(1, 'word'), key(5), false],
  ['a line of words', key(0), bare(1, '\nword'), key(6), false],
  ['the key before stood elsewhere', key(7), bare(1, '\n'), key(2), false],
  ['the key after stands elsewhere', key(0), bare(1, '\n'), key(9), false],
  ['six seconds later', key(0), bare(1, '\n'), key(2, 'a', 6000), false],
  ['the clock stepped back', key(0, 'a', 9000), bare(1, '\n', 4100), key(2, 'a', 4200), true],
  ['a paste was called in its turn', key(0), { ...bare(1, '\n'), bare: false }, key(2), false],
  [
    'it replaced something',
    key(0),
    { ...bare(1, '\n'), only: { from: 1, end: 2, inserted: '\n', removed: 'x' } },
    key(2),
    false,
  ],
];

describe('typedByNeighbours', () => {
  for (const [name, before, given, after, expected] of cases) {
    const steps = Array.isArray(given) ? (given as readonly Neighbour[]) : [given as Neighbour];
    it(`${name}: ${expected}`, () =>
      assert.equal(steps.every(isOpenKey) && typedByNeighbours(before, steps, after), expected));
  }

  it('of a line break the person’s is the break alone, and an indent is the editor’s', () => {
    const picture = (inserted: string) => partsOf(inserted).map(({ length, origin }) => `${origin.kind}*${length}`);
    assert.deepEqual(picture('\n'), ['typed*1']);
    assert.deepEqual(picture('\n   '), ['typed*1', 'tool.editor*3']);
    assert.deepEqual(picture('\t'), ['tool.editor*1']);
  });
});
