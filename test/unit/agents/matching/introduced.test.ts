import assert from 'node:assert/strict';
import fc from 'fast-check';
import { introduced, partsOf, type Run } from '../../../../src/agents/matching/introduced.ts';
import { type Align, nearby } from '../../../../src/agents/matching/nearby.ts';
import { align } from '../../../../src/text/diff.ts';

const here: Align = async (oldText, newText) => align(oldText, newText);
/** A letter a character: `.` from the first text, `a` from the first step on. */
const picture = (runs: readonly Run[]) =>
  runs.map(({ length, step }) => (step < 0 ? '.' : 'abc'[step]!).repeat(length)).join('');

describe('what each step of a chain brought', () => {
  for (const [texts, is] of [
    [['one two'], '.......'],
    [['one two', 'one new two'], '....aaaa...'],
    [['', 'one', 'one two', 'one two six'], 'aaabbbbcccc'],
    [['one two six', 'one six', 'one two six'], '....bbbb...'],
    [['one', ''], ''],
  ] as const) {
    it(texts.join(' → '), async () => assert.equal(picture(await introduced(texts, here)), is));
  }

  it('law: parts that are asked for in order are those of the whole', () => {
    const runs = fc.array(fc.record({ length: fc.nat(4), step: fc.integer({ min: -1, max: 2 }) }), { maxLength: 12 });
    fc.assert(
      fc.property(runs, fc.array(fc.nat(40), { maxLength: 8 }), (all, edges) => {
        const part = partsOf(all);
        const sorted = [0, ...edges].sort((a, b) => a - b);
        const read = [...sorted.slice(1), Infinity].flatMap((to, i) => part(sorted[i]!, to));
        assert.equal(picture(read), picture(all));
      }),
    );
  });

  it('has what is long compared elsewhere, and of it only the lines that changed', async () => {
    const line = (n: number) => `Line ${n} of a text that is long.\n`;
    const text = (own: (n: number) => string) => Array.from({ length: 2_000 }, (_, n) => own(n)).join('');
    const first = text(line);
    const second = text(n => (n > 700 && n < 1_300 ? line(n).replace('long', 'rewritten') : line(n)));
    const third = second.replace('Line 1000', 'Verse 1000');
    const asked: number[] = [];
    const far: Align = (oldText, newText) => {
      asked.push(oldText.length);
      return here(oldText, newText);
    };
    const runs = await introduced([first, second, third], nearby(far));
    assert.equal(picture(runs), picture(await introduced([first, second, third], here)));
    // The second step changed a word: that takes no time.
    assert.ok(asked.length === 1 && asked[0]! > 15_000 && asked[0]! < first.length / 2, `${asked}`);
  });
});
