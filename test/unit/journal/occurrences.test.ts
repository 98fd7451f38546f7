import assert from 'node:assert/strict';
import { occurrences, wordsAt } from '../../../src/journal/occurrences.ts';

/** Where a text has them, as ^ under each unit. */
const marks = (text: string, ranges: Iterable<{ readonly from: number; readonly to: number }>) => {
  const out = Array.from({ length: text.length }, () => ' ');
  for (const { from, to } of ranges) out.fill('^', from, to);
  return out.join('').trimEnd();
};

describe('occurrences of words', () => {
  for (const [text, wanted, word, expected] of [
    ['An ant and ANt', 'ant', false, '   ^^^     ^^^'],
    ['aaa', 'aa', false, '^^^'],
    ['Анна, анны; Сусанна', 'анн', true, '^^^^  ^^^^'],
    ['Анна, анны; Сусанна', 'анн', false, '^^^   ^^^      ^^^'],
    ['Ivan  \n Petrov', 'ivan petrov', false, '^^^^^^^^^^^^^^'],
    ['a.b axb', 'a.b', false, '^^^'],
    ['Jose\u0301', 'José', true, '^^^^^'],
    ['José', 'Jose\u0301', false, '^^^^'],
    ['ҚАЗАҚ қазақ', 'қазақ', false, '^^^^^ ^^^^^'],
    ['😀a😀', '😀', false, '^^ ^^'],
    ['none', ' ', false, ''],
  ] as const) {
    it(`${JSON.stringify(text)}: ${word ? 'a name ' : ''}${JSON.stringify(wanted)}`, () =>
      assert.equal(marks(text, occurrences(text, [{ text: wanted, word }])), expected));
  }

  it('words beside and in a run', () =>
    assert.equal(marks('one two three', wordsAt('one two three', { from: 3, to: 5 })), '^^^ ^^^'));
});
