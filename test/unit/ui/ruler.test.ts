import assert from 'node:assert/strict';
import fc from 'fast-check';
import { handOf, hands, kinds } from '../../../src/provenance/origin.ts';
import type { MarkedSpan } from '../../../src/ui/line.ts';
import { rulerLines } from '../../../src/ui/ruler.ts';

const span = (length: number, kind: (typeof kinds)[number]): MarkedSpan => ({
  length,
  origin: { kind, basis: 'none', rule: 'x' },
  placement: 'insert',
});

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

  it('names exactly the lines on which a hand has a character', () => {
    const pieces = fc.array(fc.tuple(fc.stringMatching(/^[x\n]{1,5}$/), fc.constantFrom(...kinds)), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(pieces, fc.boolean(), (parts, crlf) => {
        const text = parts.map(([part]) => part).join('');
        const runs = rulerLines(
          crlf ? text.replaceAll('\n', '\r\n') : text,
          parts.map(([part, kind]) => span(part.length, kind)),
        );
        const owners = parts.flatMap(([part, kind]) => [...part].map(() => handOf(kind)));
        for (const hand of hands) {
          const expected = new Set(
            [...text].flatMap((_, at) => (owners[at] === hand ? text.slice(0, at).split('\n').length - 1 : [])),
          );
          const found = runs[hand].flatMap(({ first, last }) =>
            Array.from({ length: last - first + 1 }, (_, i) => first + i),
          );
          assert.deepEqual(found, [...expected]);
        }
      }),
    );
  });

  it('stays short for a long text', () => {
    const lines = 50_000;
    const each = Array.from({ length: lines }, (_, i) => span(2, i % 2 ? 'typed' : 'ai.agent'));
    const runs = rulerLines('x\n'.repeat(lines), each);
    for (const hand of hands) assert.ok(runs[hand].length <= 1_000);
  });
});
