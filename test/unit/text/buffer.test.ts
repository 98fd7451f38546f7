import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextBuffer } from '../../../src/text/buffer.ts';
import { texts } from '../../support/arbitraries.ts';

const edits = fc.array(fc.tuple(fc.nat(), fc.nat(9), texts), { maxLength: 30 });
const long = 'All that is gold does not glitter.\n'.repeat(600);

describe('TextBuffer', () => {
  it('equals a string edited alike, lone surrogates too', () => {
    fc.assert(
      fc.property(texts, edits, (start, all) => {
        let text = start;
        const buffer = TextBuffer.of(start);
        for (const [at, size, insert] of all) {
          const from = at % (text.length + 1);
          const to = Math.min(text.length, from + size);
          text = text.slice(0, from) + insert + text.slice(to);
          buffer.replace(from, to, insert);
          assert.equal(buffer.length, text.length);
        }
        assert.equal(buffer.toString(), text);
        assert.ok(buffer.equals(text));
      }),
    );
  });

  it('equals it over many blocks, grown and shrunk by parts of any length', () => {
    const part = fc.tuple(fc.nat(), fc.nat(9000), fc.nat(9000));
    fc.assert(
      fc.property(fc.array(part, { minLength: 10, maxLength: 60 }), parts => {
        let text = long;
        const buffer = TextBuffer.of(text);
        for (const [at, size, length] of parts) {
          const from = at % (text.length + 1);
          const to = Math.min(text.length, from + size);
          const insert = long.slice(0, length);
          text = text.slice(0, from) + insert + text.slice(to);
          buffer.replace(from, to, insert);
          const end = Math.min(text.length, from + 5000);
          assert.equal(buffer.slice(from, end), text.slice(from, end));
        }
        assert.ok(buffer.equals(text));
        buffer.replace(0, text.length, '');
        assert.equal(buffer.toString(), '');
        buffer.replace(0, 0, 'again');
        assert.equal(buffer.toString(), 'again');
      }),
      { numRuns: 30 },
    );
  });

  it('tells texts apart that differ in one character', () => {
    const buffer = TextBuffer.of(long);
    assert.ok(!buffer.equals(`${long.slice(0, -1)} `));
    assert.ok(!buffer.equals(`x${long.slice(1)}`));
    assert.ok(!buffer.equals(long.slice(1)));
  });

  it('holds 20 MB', () => {
    const text = 'x'.repeat(20 * 2 ** 20);
    const buffer = TextBuffer.of(text);
    buffer.replace(10 ** 7, 10 ** 7 + 1, 'yz');
    assert.equal(buffer.length, text.length + 1);
    assert.equal(buffer.slice(10 ** 7 - 1, 10 ** 7 + 3), 'xyzx');
  });

  it('refuses places outside the text', () => {
    const buffer = TextBuffer.of('abc');
    for (const [from, to] of [
      [-1, 0],
      [2, 1],
      [0, 4],
      [Number.NaN, 1],
    ] as const) {
      assert.throws(() => buffer.replace(from, to, ''), RangeError);
      assert.throws(() => buffer.slice(from, to), RangeError);
    }
  });
});
