import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ContentChange, fromContentChanges, withLineFeeds } from '../../../src/text/contentChanges.ts';
import { foreignTexts, texts } from '../../support/arbitraries.ts';

/** The change as VS Code would give it for a document with these line ends. */
function given(text: string, from: number, to: number, insert: string, eol: '\n' | '\r\n'): ContentChange {
  const seen = (end: number) => text.slice(0, end).replaceAll('\n', eol).length;
  const line = (end: number) => text.slice(0, end).split('\n').length - 1;
  return {
    rangeOffset: seen(from),
    rangeLength: seen(to) - seen(from),
    startLine: line(from),
    endLine: line(to),
    text: insert.replaceAll('\n', eol),
  };
}

describe('fromContentChanges', () => {
  for (const eol of ['\n', '\r\n'] as const) {
    it(`gives what the document does, in our units (${JSON.stringify(eol)})`, () => {
      const places = fc.array(fc.tuple(fc.nat(), fc.nat(6), texts), { maxLength: 4 });
      fc.assert(
        fc.property(texts, places, fc.boolean(), (text, raw, turned) => {
          let end = text.length;
          let expected = text;
          const changes: ContentChange[] = [];
          // Last place first, one after the other, as the editor applies them.
          for (const [at, size, insert] of [...raw].sort((a, b) => b[0] - a[0])) {
            const to = Math.min(end, at);
            const from = Math.max(0, to - size);
            changes.push(given(text, from, to, insert, eol));
            expected = expected.slice(0, from) + insert + expected.slice(to);
            end = from;
          }
          const distinct = new Set(changes.map(c => c.rangeOffset)).size === changes.length;
          if (turned && distinct) changes.reverse();
          assert.equal(fromContentChanges(text.length, changes, eol).apply(text), expected);
        }),
      );
    });
  }

  it('takes every line end for one', () => {
    fc.assert(
      fc.property(foreignTexts, text => {
        const plain = withLineFeeds(text);
        assert.equal(plain, text.split(/\r\n|\r|\n/).join('\n'));
        assert.ok(!plain.includes('\r'));
      }),
    );
  });
});
