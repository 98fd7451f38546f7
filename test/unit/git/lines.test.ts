import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bareEnds, byLine, conflictLines, linesWith, rangesOf, sameLines } from '../../../src/gitLines.ts';

const line = fc.constantFrom('one', 'two', 'three words here', '', 'four', '  five');
const anyLines = fc.array(line, { maxLength: 12 });
const text = fc.tuple(anyLines, fc.boolean()).map(([lines, ends]) => lines.join('\n') + (ends ? '\n' : ''));

describe('lines that git has', () => {
  it('are the same text on both sides, in order, each once', () => {
    fc.assert(
      fc.property(text, text, (other, here) => {
        const [a, b] = [split(other), split(here)];
        let last = -1;
        for (const [mine, theirs] of sameLines(other, here)) {
          assert.equal(b[mine], a[theirs]);
          assert.ok(theirs > last);
          last = theirs;
        }
      }),
    );
  });

  it('are all of them where nothing differs', () => {
    fc.assert(
      fc.property(text, here => {
        assert.deepEqual(
          [...sameLines(here, here)],
          split(here).map((_, i) => [i, i]),
        );
      }),
    );
  });

  const same: readonly (readonly [other: string, here: string, lines: string])[] = [
    ['a\nb\nc\n', 'a\nx\nc\n', '0>0 2>2'],
    ['a\nb\n', 'a\nnew line of words\nb\n', '0>0 2>1'],
    ['the wind came\n', 'the cold wind came\n', ''],
    ['a\nb', 'a\nb\n', '0>0'],
    ['', 'a\n', ''],
  ];
  for (const [other, here, lines] of same) {
    it(`${JSON.stringify(here)} of ${JSON.stringify(other)}: ${lines || 'none'}`, () => {
      assert.equal([...sameLines(other, here)].map(([mine, theirs]) => `${mine}>${theirs}`).join(' '), lines);
    });
  }
});

describe('characters by line', () => {
  it('add up, and stand on the line that is said', () => {
    const runs = fc.array(fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 8 })), { maxLength: 6 });
    fc.assert(
      fc.property(text, runs, (here, list) => {
        const fresh = placed(list, here.length);
        const found = byLine(fresh, here, number => number);
        const total = (spans: Iterable<{ length: number }>) => [...spans].reduce((n, { length }) => n + length, 0);
        assert.equal(total([...found.values()].flat()), total(fresh));
        assert.deepEqual([...found.keys()], linesWith(fresh, here));
        for (const [number, spans] of found) {
          for (const { serial, length } of spans) {
            for (let i = serial; i < serial + length; i++) assert.equal(lineAt(here, i), number);
          }
        }
      }),
    );
  });

  it('are left out where nothing is said of their line', () => {
    const found = byLine([{ at: 0, serial: 10, length: 6 }], 'ab\ncd\n', number => (number === 1 ? 'b' : undefined));
    assert.deepEqual([...found], [['b', [{ serial: 13, length: 3 }]]]);
  });

  it('are line ends alone', () => {
    const text = 'one\ntwo\nthree\n';
    const bare = (...fresh: readonly (readonly [at: number, length: number])[]) =>
      [
        ...bareEnds(
          fresh.map(([at, length]) => ({ at, length, serial: at })),
          text,
        ),
      ].join(' ');
    assert.deepEqual(
      [bare([3, 1]), bare([3, 2]), bare([2, 2]), bare([0, 1], [3, 1]), bare([13, 1])],
      ['0', '0', '', '', '2'],
    );
  });

  it('go together where lines follow one another, or nearly', () => {
    assert.deepEqual(rangesOf([1, 2, 5]), [
      { from: 1, to: 3 },
      { from: 5, to: 6 },
    ]);
    assert.deepEqual(rangesOf([1, 2, 5], 3), [{ from: 1, to: 6 }]);
  });
});

describe('lines by which git marks a conflict', () => {
  const cases: readonly (readonly [what: string, text: string, lines: readonly number[]])[] = [
    ['two sides', 'a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\nd\n', [1, 3, 5]],
    ['with what was before', '<<<<<<< HEAD\nb\n||||||| 123\no\n=======\nc\n>>>>>>> x\n', [0, 2, 4, 6]],
    ['not closed', '<<<<<<< HEAD\nb\n=======\nc\n', []],
    ['a heading underlined', 'Title\n=======\n', []],
    ['quoted', '> <<<<<<< HEAD\n=======\n>>>>>>> x\n', []],
    ['two of them', '<<<<<<< a\n=======\n>>>>>>> b\n<<<<<<< a\n=======\n>>>>>>> b', [0, 1, 2, 3, 4, 5]],
  ];
  for (const [what, of, lines] of cases) it(what, () => assert.deepEqual([...conflictLines(of)], lines));
});

function split(of: string): string[] {
  return of === '' ? [] : (of.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

/** Runs in the text, one after another; a character's serial is its offset. */
function placed(list: readonly (readonly [skip: number, length: number])[], end: number) {
  let at = 0;
  return list.flatMap(([skip, length]) => {
    const from = at + skip;
    at = Math.min(end, from + length);
    return from < at ? [{ at: from, serial: from, length: at - from }] : [];
  });
}

function lineAt(of: string, offset: number): number {
  return of.slice(0, offset).split('\n').length - 1;
}
