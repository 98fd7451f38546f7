import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Position, TextDocument } from 'vscode';
import { offsetOf, positionOf } from '../../../src/ui/offsets.ts';

/** A document as VS Code counts it, from a text with `\n` line ends. */
function document(text: string, crlf: boolean): TextDocument {
  const lines = text.split('\n');
  const end = crlf ? 2 : 1;
  const starts = [0];
  for (const line of lines) starts.push(starts.at(-1)! + line.length + end);
  const fake = {
    eol: crlf ? 2 : 1,
    lineCount: lines.length,
    lineAt: (line: number) => ({ range: { start: { line, character: 0 } } }),
    offsetAt: ({ line, character }: Position) => starts[line]! + character,
    positionAt: (offset: number) => {
      const line = Math.max(
        0,
        starts.slice(0, lines.length).findLastIndex(start => start <= offset),
      );
      return { line, character: Math.min(offset - starts[line]!, lines[line]!.length) };
    },
  };
  return fake as unknown as TextDocument;
}

describe('offsets', () => {
  it('count every line end as one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab\n]{0,40}$/), fc.boolean(), (text, crlf) => {
        const shown = document(text, crlf);
        text.split('\n').forEach((line, number, lines) => {
          const start = lines.slice(0, number).join('\n').length + Math.min(number, 1);
          for (let character = 0; character <= line.length; character++)
            assert.equal(offsetOf(shown, { line: number, character } as Position), start + character);
          for (let character = 0; character <= line.length; character++)
            assert.deepEqual(positionOf(shown, start + character), { line: number, character });
        });
      }),
    );
  });
});
