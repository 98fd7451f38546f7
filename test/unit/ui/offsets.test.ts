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
  const at = (line: number, character: number) => ({ line, character }) as Position;
  const fake = {
    eol: crlf ? 2 : 1,
    lineCount: lines.length,
    lineAt: (line: number) => ({ range: { start: at(line, 0) } }),
    offsetAt: ({ line, character }: Position) => starts[line]! + character,
    positionAt: (offset: number) => {
      const line = lines.findLastIndex((_, i) => starts[i]! <= offset);
      return at(line, Math.min(offset - starts[line]!, lines[line]!.length));
    },
  };
  return fake as unknown as TextDocument;
}

describe('offsets and positions', () => {
  it('answer each other for both line ends', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab\n]{0,40}$/), fc.boolean(), (text, crlf) => {
        const shown = document(text, crlf);
        for (let offset = 0; offset <= text.length; offset++) {
          const position = positionOf(shown, offset);
          assert.equal(position.line, text.slice(0, offset).split('\n').length - 1);
          assert.equal(offsetOf(shown, position), offset);
        }
      }),
    );
  });
});
