import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beginsWith, composedOf } from '../../../src/classify/composition.ts';

/** What is shown before the caret, and what comes in its place. */
const made: readonly (readonly [name: string, pairs: string])[] = [
  ['Hangul, a key more', 'ㅎ하 하한 고과 갈갉 ㅗㅘ 가강'],
  ['kana of a consonant', 'kか nに nん ｋカ ｓシ tツ'],
  ['Han of kana and of a code', 'ひ日 ヒ日 g一 ｇ一 ㄅ不'],
  ['an accent and its letter', '´é ^ô ¨ü ~ñ ˇč ΄ά'],
  ['an Ethiopic syllable', 'ህሀ ልሎ'],
];

const corrected: readonly (readonly [name: string, pairs: string])[] = [
  ['a capital', 'яЯ иИ iİ әӘ'],
  ['a letter with a mark of its own', 'её eé ий aâ'],
  ['another letter', 'xй kк kқ aa aα lλ αβ'],
  ['a letter of another script', 'ㅎ日 ㅎか aか kさ 한韓 이か lल kक'],
  ['the same sign otherwise', '"“ "” -– .… \'’ `‘'],
  ['signs and digits', 'a1 1１ x× c© k。 n、 ㅎ! ´1'],
  ['the other form of a character', '国國 發发 日火'],
  ['a correction', '됬됐 되돼 कक़ ሀሐ はば じヂ'],
  ['the accent of another', '´è ^ü `é \'é "ö'],
];

/** Both letters of a pair. */
function split(pair: string): [before: string, after: string] {
  const [before = '', ...after] = pair;
  return [before, after.join('')];
}

describe('what an input method makes of the letter before the caret', () => {
  for (const [name, pairs] of made) {
    it(`${name}: ${pairs}`, () => {
      for (const pair of pairs.split(' ').filter(p => [...p].length === 2))
        assert.deepEqual(composedOf(...split(pair)), { gives: '' }, pair);
    });
  }

  for (const [name, pairs] of corrected) {
    it(`not ${name}: ${pairs}`, () => {
      for (const pair of pairs.split(' ')) assert.equal(composedOf(...split(pair)), undefined, pair);
    });
  }

  it('a syllable that gives its last consonant to the next one, whatever corrects it otherwise', () => {
    assert.deepEqual(composedOf('한', '하'), { gives: 'ㄴ' });
    assert.deepEqual(composedOf('않', '안'), { gives: 'ㅎ' });
    assert.equal(composedOf('하', 'ㅎ'), undefined);
    assert.equal(beginsWith('나', 'ㄴ'), true);
    assert.equal(beginsWith('ㄴ', 'ㄴ'), false);
    assert.equal(beginsWith('가', 'ㄴ'), false);
    assert.equal(beginsWith(' ', 'ㄴ'), false);
    assert.equal(beginsWith('아', 'ㅏ'), false);
  });

  it('is a letter, and neither what stood there nor its capital', () => {
    const letters = [...made, ...corrected].flatMap(([, pairs]) => [...pairs.replaceAll(' ', '')]);
    const letter = fc.constantFrom(...letters, ...letters.map(l => l.toUpperCase()));
    fc.assert(
      fc.property(letter, letter, (before, after) => {
        if (!composedOf(before, after)) return;
        assert.match(after, /^\p{L}$/u);
        assert.notEqual(before.toLowerCase(), after.toLowerCase());
      }),
    );
  });
});
