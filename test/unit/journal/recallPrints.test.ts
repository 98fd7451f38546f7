import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOwn, isTelling } from '../../../src/journal/recallBars.ts';
import { type Match, matchesOf } from '../../../src/journal/recallMatches.ts';
import { guaranteed, printsOf } from '../../../src/journal/recallPrints.ts';
import type { Source } from '../../../src/journal/recallSource.ts';
import { RecallTable } from '../../../src/journal/recallTable.ts';

/** A text to find things in, with the places of its prints. */
function source(text: string): { source: Source; table: RecallTable } {
  const table = new RecallTable();
  printsOf(text, (hash, at) => table.put(hash, at));
  const of: Source = {
    document: 1,
    stands: true,
    length: text.length,
    unit: at => text.charCodeAt(at),
    slice: (from, to) => text.slice(from, to),
    spans: (from, to) => [{ length: to - from, serial: from + 1 }],
  };
  return { source: of, table };
}

function found(text: string, former: string): Match[] {
  const { source: of, table } = source(former);
  return matchesOf(text, hash => table.places(hash)?.map(at => ({ source: of, at })));
}

/** What of the text is found, between `[` and `]`. */
function picture(text: string, former: string): string {
  let out = text;
  for (const { from, to } of found(text, former).toSorted((a, b) => b.from - a.from)) {
    out = `${out.slice(0, from)}[${out.slice(from, to)}]${out.slice(to)}`;
  }
  return out;
}

const words = fc.array(
  fc.constantFrom('Алма', 'river', 'қала', 'a', 'of', '\u{1f600}', 'e\u0301te', '漢字', '—', '42'),
  {
    minLength: 1,
    maxLength: 30,
  },
);
const spoken = words.map(all => all.join(' '));
const letter = 'the lantern swung and the whole yard moved with it';

describe('the runs that two texts have in common', () => {
  for (const [name, text, former, expected] of [
    ['a sentence among others', `No. ${letter}! Yes.`, `A ${letter}, B`, `No.[ ${letter}]! Yes.`],
    [
      'whole words only',
      `x${letter}y`,
      `a ${letter} b`,
      `x${letter.replace('the lantern', 'the[ lantern').replace(' it', ' ]it')}y`,
    ],
    ['below 24 units nothing', 'the lantern swung and X', 'the lantern swung and Y', 'the lantern swung and X'],
    ['a rule of dashes not', `${'-'.repeat(60)}`, `${'-'.repeat(60)}`, `${'-'.repeat(60)}`],
    ['no half of a pair', `${letter} \u{1f600}`, `${letter} \u{1f601}`, `[${letter} ]\u{1f600}`],
  ] as const) {
    it(name, () => assert.equal(picture(text, former), expected));
  }

  it('share a print wherever they stand', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: guaranteed, maxLength: 80 }),
        fc.string(),
        fc.string(),
        (run, a, b) => {
          const prints = (text: string) => {
            const of = new Set<number>();
            printsOf(text, hash => of.add(hash));
            return of;
          };
          // A print needs a letter or digit in each twelve units.
          fc.pre(/[a-z0-9\u0080-\uffff]/i.test(run.slice(6, 18)));
          const others = prints(b + run + a);
          assert.ok([...prints(a + run + b)].some(hash => others.has(hash)));
        },
      ),
    ));

  it('are equal there, whole words, and the longest', () =>
    fc.assert(
      fc.property(spoken, spoken, spoken, spoken, (run, a, b, c) => {
        const [text, former] = [`${a} ${run} ${b}`, `${c} ${run} ${a}`];
        for (const { from, to, at } of found(text, former)) {
          assert.equal(text.slice(from, to), former.slice(at, at + to - from));
          assert.ok(isTelling(text.slice(from, to)));
          assert.ok(from === 0 || !/\w$/.test(text.slice(0, from)) || !/^\w/.test(text.slice(from)));
        }
        if (!isTelling(run)) return;
        const start = a.length + 1;
        const all = found(text, former);
        assert.ok(
          all.some(({ from, to }) => from <= start && to >= start + run.length) ||
            (all.length === 0) === isCommon(former),
          JSON.stringify([text, former, all.map(({ from, to }) => [from, to])]),
        );
      }),
      { numRuns: 500 },
    ));

  it('that stand in too many places tell nothing', () => {
    const line = 'import { something } from "somewhere";\n';
    assert.deepEqual(found(line, line.repeat(40)), []);
  });
});

/** Whether its prints stand in too many places. */
function isCommon(text: string): boolean {
  const { table } = source(text);
  let common = false;
  printsOf(text, hash => {
    common ||= table.places(hash) === undefined;
  });
  return common;
}

describe('what speaks for a run', () => {
  const prose =
    'She lit the lamp and waited by the window, though nobody had promised that evening to come so very late.';
  for (const [run, ground, own] of [
    [prose, 'alike', true],
    [prose.slice(0, 60), 'alike', false],
    [prose.slice(0, 60), 'gone', true],
    [prose.slice(0, 30), 'gone', false],
    [prose.slice(0, 30), 'token', true],
    ["import { describe, it, beforeEach, afterEach } from 'node:test';", 'gone', false],
    ['for (let i = 0; i < everything.length; i++) {\n  if (everything[i]) continue;\n', 'gone', false],
    [
      '同じ文章がここにもう一度書かれている場合は、それが偶然であるとは考えられない。だから、この長い文はどこから来たのか、誰が書いたのかを知ることができる。もっと長く書けば、さらに確かになるはずだと思われるし、疑う余地もない。',
      'alike',
      true,
    ],
  ] as const) {
    it(`${own ? 'enough' : 'too little'}, ${ground}: ${run.slice(0, 40)}`, () => assert.equal(isOwn(run, ground), own));
  }
});
