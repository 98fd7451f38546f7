import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commandLink, excerpt, plain } from '../../../src/ui/markdown.ts';

describe('plain text in Markdown', () => {
  const decoded = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

  it('keeps every letter and lets nothing act', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w \p{P}\p{S}]*$/u), text => {
        assert.equal(decoded(plain(text)), text);
        assert.doesNotMatch(plain(text).replace(/&#\d+;/g, ''), /[\\`*_{}[\]()<>#+\-!|~$]/);
      }),
    );
  });

  it('shows controls that would reorder or hide text', () => {
    assert.equal(plain('a\u202eb\u0000c'), 'a\ufffdb\ufffdc');
  });

  it('breaks lines where the text does', () => assert.equal(plain('a\nb'), 'a  \nb'));
});

describe('excerpt', () => {
  it('joins lines', () => assert.equal(excerpt(' one\n\ttwo  three ', 50), 'one two three'));
  it('ends with an ellipsis', () => assert.equal(excerpt('one two', 5), 'one…'));
  it('cuts no character in two', () => assert.equal(excerpt('😀😀😀', 2), '😀…'));
});

describe('command link', () => {
  it('carries its arguments back', () => {
    fc.assert(
      fc.property(fc.string(), id => {
        const [, query = ''] = /\(command:x\.y\?([^)\s]*)\)$/.exec(commandLink('words', 'x.y', [id])) ?? [];
        assert.deepEqual(JSON.parse(decodeURIComponent(query)), [id]);
      }),
    );
  });
});
