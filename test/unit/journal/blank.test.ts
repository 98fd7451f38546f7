import assert from 'node:assert/strict';
import fc from 'fast-check';
import { blankOf, isBlank, mayHoldBlanks } from '../../../src/journal/blank.ts';
import { anyText } from '../../support/journalEvents.ts';

describe('blanks', () => {
  it('stand for any text, unit by unit, and may be known for blanks', () =>
    fc.assert(
      fc.property(anyText, text => {
        const blank = blankOf(text);
        assert.deepEqual([blank.length, [...blank].length], [text.length, [...text].length]);
        assert.equal(blank.isWellFormed(), text.isWellFormed());
        assert.ok(isBlank(blank));
        assert.equal(mayHoldBlanks(blank), text !== '');
      }),
    ));

  for (const half of ['\ud800', '\udc00'])
    it(`may be known where half a pair was taken out alone: ${JSON.stringify(half)}`, () =>
      assert.ok(mayHoldBlanks(`a ${blankOf(half)} b`)));

  it('are not taken for every character beyond the first plane', () =>
    assert.ok(!mayHoldBlanks('🔥 and ordinary text')));
});
