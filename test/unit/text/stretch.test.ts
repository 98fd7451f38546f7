import assert from 'node:assert/strict';
import fc from 'fast-check';
import { align } from '../../../src/text/diff.ts';
import { fromStretch, stretchOf } from '../../../src/text/stretch.ts';
import { plainTexts, texts } from '../../support/arbitraries.ts';

const lines = fc
  .array(fc.constantFrom('a word\n', '}\n', '  });\n', '\n', 'f(x) {\n', ')', 'b ', '\t]\n'), { maxLength: 8 })
  .map(parts => parts.join(''));
const some = fc.oneof(texts, plainTexts, lines);

describe('the stretch in which two texts differ', () => {
  it('law: aligned alone it gives the changes of the texts', () => {
    fc.assert(
      fc.property(lines, some, some, lines, some, (head, a, b, tail, end) => {
        const [one, other] = [head + a + tail + end, head + b + tail + end];
        const { from, to, newTo } = stretchOf(one, other);
        assert.equal(one.slice(0, from), other.slice(0, from));
        assert.equal(one.slice(to), other.slice(newTo));
        assert.deepEqual(fromStretch(align(one.slice(from, to), other.slice(from, newTo)), from), align(one, other));
      }),
      { numRuns: 5000 },
    );
  });

  it('is some lines of a long text', () => {
    const text = 'A line of some words.\n'.repeat(10_000);
    const other = `${text.slice(0, 110_000)}One more.\n${text.slice(110_000)}`;
    const { from, to, newTo } = stretchOf(text, other);
    assert.deepEqual([from, to < 110_000 + 100, newTo - to], [110_000, true, 10]);
  });
});
