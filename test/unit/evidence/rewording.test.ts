import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rewordingsOf } from '../../../src/evidence/rewording.ts';

const changesIn = (before: string, after: string) => {
  const [one, two] = [before, after].map((text, i) => ({ id: `${i}`, conversation: 'c', text }));
  return rewordingsOf([one!, two!])
    .get('1')
    ?.changes.map(({ removed, added }) => `${removed}>${added}`);
};

describe('a prompt in other words', () => {
  for (const [before, after, changes] of [
    ['Tell of the old horse', 'Tell of the old horse, drily', ['>, drily']],
    ['Tell of the old horse, drily', 'Tell of the old horse', [', drily>']],
    ['Tell of the old horse', 'Tell of the old mare', ['horse>mare']],
    ['Tell of the old horse', 'Now tell of the old horse', ['Tell>Now tell']],
    ['Tell of the old horse', 'Tell us of the old horse', ['>us']],
    ['Tell of the old horse', 'Tell of the old horse', []],
    ['one two three four five six', 'one 2 three four 5 six', ['two>2', 'five>5']],
    ['says the same again', 'says the same the same again', ['>the same']],
  ] as const) {
    it(`${before} | ${after}`, () => assert.deepEqual(changesIn(before, after), changes));
  }

  it('names all that was put in and left out', () => {
    const words = fc.array(fc.constantFrom('steppe', 'wind', 'horse', 'the', 'дала', '😀', 'a\nb'), { maxLength: 30 });
    const letters = (text: string) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    fc.assert(
      fc.property(words, words, fc.nat(30), (first, other, at) => {
        const [before, after] = [first, first.toSpliced(at, 2, ...other.slice(0, 3))].map(of => of.join(' '));
        const changes = changesIn(before!, after!) ?? [];
        fc.pre(changesIn(before!, after!) !== undefined);
        const [out, put] = [0, 1].map(side => changes.reduce((n, one) => n + letters(one.split('>')[side]!), 0));
        assert.equal(letters(before!) - out! + put!, letters(after!));
      }),
    );
  });
});
