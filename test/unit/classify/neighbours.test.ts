import assert from 'node:assert/strict';
import { type Neighbour, typedByNeighbours } from '../../../src/classify/neighbours.ts';

const key = (from: number, inserted = 'a', time = 0): Neighbour => ({
  time,
  only: { from, inserted, removed: '' },
  keyboard: true,
  bare: true,
});
const bare = (from: number, inserted: string, time = 0): Neighbour => ({
  ...key(from, inserted, time),
  keyboard: false,
});

const cases: (readonly [name: string, Neighbour | undefined, Neighbour, Neighbour, boolean])[] = [
  ['a line break between two keys', key(0), bare(1, '\n'), key(2), true],
  ['a line break with its indent', key(0), bare(1, '\n  '), key(4), true],
  ['a letter between two keys', key(0), bare(1, 'b'), key(2), true],
  ['nothing before', undefined, bare(1, 'b'), key(2), false],
  ['two without a kind in a row', bare(0, '\n'), bare(1, '\n'), key(2), false],
  ['a word', key(0), bare(1, 'word'), key(5), false],
  ['the key before stood elsewhere', key(7), bare(1, '\n'), key(2), false],
  ['the key after stands elsewhere', key(0), bare(1, '\n'), key(9), false],
  ['six seconds later', key(0), bare(1, '\n'), key(2, 'a', 6000), false],
  ['the clock stepped back', key(0, 'a', 9000), bare(1, '\n', 4100), key(2, 'a', 4200), true],
  ['a paste was called in its turn', key(0), { ...bare(1, '\n'), bare: false }, key(2), false],
  ['it replaced something', key(0), { ...bare(1, 'b'), only: { from: 1, inserted: 'b', removed: 'x' } }, key(2), false],
];

describe('typedByNeighbours', () => {
  for (const [name, before, step, after, expected] of cases) {
    it(`${name}: ${expected}`, () => assert.equal(typedByNeighbours(before, step, after), expected));
  }
});
