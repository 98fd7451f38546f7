import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bufferDigest } from '../../../src/journal/bufferDigest.ts';
import { plainTextDigest } from '../../../src/journal/parts.ts';
import { TextBuffer } from '../../../src/text/buffer.ts';
import { anyText } from '../../support/journalEvents.ts';

describe('the digest of a buffer', () => {
  const same = (text: string) => assert.equal(bufferDigest(TextBuffer.of(text)), plainTextDigest(text));

  it('is that of its text', () => fc.assert(fc.property(fc.array(anyText), all => same(all.join('')))));

  for (const [name, sign] of [
    ['pairs', '😀'],
    ['letters of two bytes', 'ж'],
    ['letters of three', '世'],
    ['halves of pairs', '\ud83d'],
  ] as const) {
    it(`is that of its text where ${name} stand on every border of its parts`, () => {
      for (const before of ['', 'a']) same(before + sign.repeat(20_000));
    });
  }

  it('is that of its text where a half ends it', () => same(`${'a'.repeat(9_000)}\ud83d`));
});
