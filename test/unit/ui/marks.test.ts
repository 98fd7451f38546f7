import assert from 'node:assert/strict';
import fc from 'fast-check';
import { handOf, hands, type Kind, kinds } from '../../../src/provenance/origin.ts';
import type { MarkedSpan } from '../../../src/ui/line.ts';
import { marksOf } from '../../../src/ui/marks.ts';

const letters: Readonly<Record<string, Kind>> = {
  t: 'typed',
  a: 'ai.agent',
  f: 'tool.format',
  p: 'pasted.external',
  i: 'initial',
  '?': 'unknown',
};
const signs = {
  human: 't',
  machine: 'a',
  mechanical: 'f',
  outside: 'p',
  earlier: 'i',
  unknown: '?',
  mixed: '%',
} as const;

function spans(picture: string): MarkedSpan[] {
  return [...picture.matchAll(/(.)\1*/g)].map(([run]) => ({
    length: run.length,
    origin: { kind: letters[run[0] ?? '']!, basis: 'asserted', rule: 'test' },
    placement: 'insert',
  }));
}

/** The marks as a picture: one line of letters under each line of text, and the sign of the line before it. */
function picture(lines: readonly string[], origins: string, first = 0): string[] {
  const marks = marksOf(first, lines, spans(origins));
  return lines.map((text, index) => {
    const row = [...' '.repeat(text.length)];
    for (const hand of hands)
      for (const { line, from, to } of marks.pieces[hand]) if (line === first + index) row.fill(signs[hand], from, to);
    const hand = marks.lines.get(first + index);
    return `${hand === undefined ? ' ' : signs[hand]}|${row.join('')}`;
  });
}

describe('marks', () => {
  const cases: [title: string, lines: string[], origins: string, expected: string[]][] = [
    ['one hand, one piece', ['a word'], 'tttttt', ['t|tttttt']],
    ['a word of another hand', ['one two'], 'tttaaaa', ['%|tttaaaa']],
    ['a line end belongs to nobody’s picture', ['ab', 'cd'], 'tttaa', ['t|tt', 'a|aa']],
    ['indents and ends of lines stay bare', ['  ab  '], 'tttttt', ['t|  tt  ']],
    ['empty and white lines stay bare', ['', '  ', 'x'], 'aaaat', [' |', ' |  ', 't|t']],
    ['white space of another hand makes no line mixed', ['a b'], 'tat', ['t|tat']],
    ['six hands', ['abcdef'], 'tafpi?', ['%|tafpi?']],
    ['two kinds of one hand join', ['abcd'], 'ttpp', ['%|ttpp']],
  ];
  for (const [title, lines, origins, expected] of cases) {
    it(title, () => assert.deepEqual(picture(lines, origins), expected));
  }

  it('number the lines from the first', () => {
    assert.deepEqual(picture(['ab', 'cd'], 'ttaaa', 40), ['t|tt', 'a|aa']);
  });

  it('mark every visible character once, with its own hand', () => {
    const line = fc.string({ unit: fc.constantFrom('x', ' ', 'y') });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.constantFrom(...kinds)),
        (lines, stream) => {
          const length = lines.join('\n').length;
          const owners = [...stream.take(length)];
          const each = owners.map(
            (kind): MarkedSpan => ({ length: 1, origin: { kind, basis: 'none', rule: 'x' }, placement: 'insert' }),
          );
          const { pieces } = marksOf(0, lines, each);
          let at = 0;
          lines.forEach((text, number) => {
            for (let column = 0; column < text.length; column++) {
              const found = hands.filter(hand =>
                pieces[hand].some(p => p.line === number && p.from <= column && column < p.to),
              );
              const inside = column >= text.length - text.trimStart().length && column < text.trimEnd().length;
              assert.deepEqual(found, inside ? [handOf(owners[at + column]!)] : []);
            }
            at += text.length + 1;
          });
        },
      ),
    );
  });
});
