import assert from 'node:assert/strict';
import fc from 'fast-check';
import { handOf, hands, kinds } from '../../../src/provenance/origin.ts';
import type { MarkedSpan } from '../../../src/ui/line.ts';
import { type LineRun, Ruler, type RulerRuns } from '../../../src/ui/ruler.ts';

const span = (length: number, kind: (typeof kinds)[number]): MarkedSpan => ({
  length,
  origin: { kind, basis: 'none', rule: 'x' },
  placement: 'insert',
});

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length - 1;
/** The ruler of a text, looked at so many characters at a time. */
function rulerLines(text: string, spans: readonly MarkedSpan[], characters?: number): RulerRuns {
  const lines = text.split(/\r?\n/);
  const spansIn = (from: number, to: number) => {
    const out: MarkedSpan[] = [];
    let at = 0;
    for (const one of spans) {
      const length = Math.min(to, at + one.length) - Math.max(from, at);
      if (length > 0) out.push({ ...one, length });
      at += one.length;
    }
    return out;
  };
  const ruler = new Ruler({ lineCount: lines.length, lineAt: line => lines[line]!, spansIn }, characters);
  while (ruler.step());
  return ruler.runs!;
}

const linesOf = ({ first, last }: LineRun) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

describe('ruler', () => {
  it('takes together the lines of one hand', () => {
    const runs = rulerLines('a\nb\nc\nd', [span(4, 'typed'), span(3, 'ai.agent')]);
    assert.deepEqual(runs.human, [{ first: 0, last: 1 }]);
    assert.deepEqual(runs.machine, [{ first: 2, last: 3 }]);
  });

  it('counts a \\r\\n as one', () => {
    const runs = rulerLines('a\r\nb\r\nc', [span(4, 'typed'), span(1, 'unknown')]);
    assert.deepEqual([runs.human, runs.unknown], [[{ first: 0, last: 1 }], [{ first: 2, last: 2 }]]);
  });

  it('says nothing of white space', () => {
    const runs = rulerLines('a\n\n\n b', [span(1, 'typed'), span(4, 'unknown'), span(1, 'typed')]);
    assert.deepEqual(
      [runs.human, runs.unknown],
      [
        [
          { first: 0, last: 0 },
          { first: 3, last: 3 },
        ],
        [],
      ],
    );
  });

  it('names the lines on which a hand has a character, and those within a passage of it', () => {
    const piece = fc.tuple(fc.stringMatching(/^[x\n]{1,5}$/), fc.constantFrom(...kinds));
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (parts, crlf, slice) => {
          const text = parts.map(([part]) => part).join('');
          const spans = parts.map(([part, kind]) => span(part.length, kind));
          const runs = rulerLines(crlf ? text.replaceAll('\n', '\r\n') : text, spans, slice);
          for (const hand of hands) {
            const expected = new Set<number>();
            let at = 0;
            for (const [part, kind] of parts) {
              const lines = [...part].flatMap((c, i) => (c === 'x' ? lineOf(text, at + i) : []));
              at += part.length;
              if (handOf(kind) !== hand || lines.length === 0) continue;
              for (let line = lines[0]!; line <= lines.at(-1)!; line++) expected.add(line);
            }
            assert.deepEqual(runs[hand].flatMap(linesOf), [...expected]);
          }
        },
      ),
    );
  });

  it('says nothing of a text whose spans are not known to its end', () => {
    const ruler = new Ruler({ lineCount: 9, lineAt: () => 'word', spansIn: from => (from < 20 ? [] : undefined) }, 6);
    while (ruler.step());
    assert.equal(ruler.runs, undefined);
  });

  it('stays short for a long text', () => {
    const lines = 50_000;
    const each = Array.from({ length: lines }, (_, i) => span(2, i % 2 ? 'typed' : 'ai.agent'));
    const runs = rulerLines('x\n'.repeat(lines), each);
    for (const hand of hands) assert.ok(runs[hand].length <= 1_000);
  });
});
