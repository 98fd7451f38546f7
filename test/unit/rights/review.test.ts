import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MeasureSum } from '../../../src/evidence/measures.ts';
import type { HousePolicy } from '../../../src/evidence/work/policy.ts';
import { handOf, type Kind } from '../../../src/provenance/origin.ts';
import { tally } from '../../../src/provenance/tally.ts';
import { type HumanReview, type Looked, type LookedFile, type Review, reviewOf } from '../../../src/rights/review.ts';
import { longestRun } from '../../../src/rights/reviewRuns.ts';

/** One letter a character: t typed, a an AI's, f a formatter's, p pasted from outside, i there before, ? unknown. */
const kinds: Readonly<Record<string, Kind>> = {
  t: 'typed',
  a: 'ai.chat',
  f: 'tool.format',
  p: 'pasted.external',
  i: 'initial',
  '?': 'unknown',
};

function spansOf(letters: string) {
  const found = [...letters.matchAll(/(.)\1*/gs)];
  return found.map(({ 0: run, 1: letter, index }) => {
    const kind = kinds[letter ?? ''] ?? 'unknown';
    return {
      from: index,
      to: index + run.length,
      kind,
      hand: handOf(kind),
      basis: 'asserted',
      rule: 'r',
      event: null,
      placedBy: null,
    } as const;
  });
}

function file(path: string, text: string, letters: string, more: Partial<LookedFile> = {}): LookedFile {
  const spans = spansOf(letters);
  const sum = new MeasureSum();
  sum.addText(
    tally(
      text,
      spans.map(({ from, to, kind }) => ({ length: to - from, origin: { kind, basis: 'asserted', rule: 'r' } })),
    ),
  );
  const lines = text.split('\n').length;
  return {
    account: {
      path,
      journal: 'j',
      format: { encoding: 'utf-8', bom: false, eol: '\n' },
      text,
      lines,
      textDigest: '',
      spans,
      measures: sum.measures(),
    },
    stands: true,
    reviewed: null,
    ...more,
  };
}

const look = (files: readonly LookedFile[], policy?: HousePolicy, more: Partial<Looked> = {}): Review =>
  reviewOf({ files, unrecorded: [], empty: [], ...more }, policy);
/** `rule scope: value of limit, kept or where it is not`. */
const told = ({ rules }: Review) =>
  rules.map(({ rule, scope, value, limit, broken }) => {
    const where = broken.map(one =>
      [one.file ?? 'all', one.why, one.line ?? '', one.detail].filter(part => part !== '').join(' '),
    );
    return `${rule} ${scope}: ${value} of ${limit}, ${where.join('; ') || 'kept'}`;
  });

describe('the longest run that no person changed', () => {
  const cases: readonly (readonly [text: string, letters: string, known: string, may: string])[] = [
    ['abcdef', 'tttttt', '-', '-'],
    ['abcdef', 'ttaaat', '3 at 2–5', '3 at 2–5'],
    ['abcdef', 'taataa', '2 at 1–3', '2 at 1–3'],
    // White space that a person typed parts nothing, and is not counted.
    ['ab cd', 'aataa', '4 at 0–5', '4 at 0–5'],
    // What a formatter put in does neither.
    ['ab;cd', 'aafaa', '4 at 0–5', '4 at 0–5'],
    // What is not known may be a machine's.
    ['abcdef', 'aa??pi', '2 at 0–2', '6 at 0–6'],
    ['a\u{1f600}b', 'aaaa', '3 at 0–4', '3 at 0–4'],
    ['\n\nab\nc', 'aaaaaa', '3 at 2–6', '3 at 2–6'],
    ['  \n', 'aaa', '-', '-'],
    ['', '', '-', '-'],
  ];
  for (const [text, letters, known, may] of cases) {
    it(`${JSON.stringify(text)} ${letters}: ${known}, may be ${may}`, () => {
      const shown = (asKnown: boolean) => {
        const run = longestRun(text, spansOf(letters), asKnown);
        return run === null ? '-' : `${run.characters} at ${run.from}–${run.to}`;
      };
      assert.deepEqual([shown(true), shown(false)], [known, may]);
    });
  }

  it('names its lines, from 1', () => {
    const run = longestRun('one\ntwo\nthree\nfour', spansOf(`${'t'.repeat(4)}${'a'.repeat(9)}${'t'.repeat(5)}`), true);
    assert.deepEqual([run?.line, run?.endLine], [2, 3]);
  });
});

describe('a house’s rules', () => {
  const mixed = [file('a.md', 'aaaaaaaaaa', 'ttttttaa??'), file('b.md', 'bbbbbbbbbb', 'ttttaaaaaa')];
  const cases: readonly (readonly [policy: HousePolicy, told: readonly string[]])[] = [
    [{}, []],
    // What is not known counts against the house.
    [{ machineAtMost: 0.5 }, ['machineAtMost whole: 0.5 of 0.5, kept']],
    [{ machineAtMost: 0.49 }, ['machineAtMost whole: 0.5 of 0.49, all limit']],
    [{ unknownAtMost: 0.1 }, ['unknownAtMost whole: 0.1 of 0.1, kept']],
    [{ unknownAtMost: 0.09 }, ['unknownAtMost whole: 0.1 of 0.09, all limit']],
    [{ humanAtLeast: 0.5 }, ['humanAtLeast whole: 0.5 of 0.5, kept']],
    [{ humanAtLeast: 0.51 }, ['humanAtLeast whole: 0.5 of 0.51, all limit']],
    [{ perFile: { machineAtMost: 0.5 } }, ['machineAtMost file: 0.6 of 0.5, b.md limit 1']],
    [{ perFile: { humanAtLeast: 0.5 } }, ['humanAtLeast file: 0.4 of 0.5, b.md limit 1']],
    [{ perFile: { unknownAtMost: 0 } }, ['unknownAtMost file: 0.2 of 0, a.md limit']],
    [{ runAtMost: 6 }, ['runAtMost file: 6 of 6, kept']],
    [{ runAtMost: 3 }, ['runAtMost file: 6 of 3, a.md limit 1; b.md limit 1']],
    [{ reviewedBy: true }, ['reviewedBy file: null of true, a.md notReviewed; b.md notReviewed']],
    [{ describe: true }, ['describe whole: null of true, kept']],
    [{ labelled: true }, ['labelled file: null of true, all notAsked']],
    [{ reviewedBy: false, labelled: false, reserved: false, describe: false }, []],
  ];
  for (const [policy, rules] of cases) {
    it(`${JSON.stringify(policy)}: ${rules.join(' | ') || 'nothing is asked'}`, () => {
      const review = look(mixed, policy);
      const stands = rules.length === 0 ? [] : ['stands file: null of true, kept'];
      assert.deepEqual(told(review), [...stands, ...rules]);
      assert.equal(
        review.kept,
        rules.every(rule => rule.endsWith('kept')),
      );
    });
  }

  it('say which bound is held against the limit, and the other', () => {
    const { rules } = look(mixed, { machineAtMost: 1, humanAtLeast: 0, runAtMost: 9 });
    assert.deepEqual(
      rules.slice(1).map(({ value, side, other }) => [value, side, other]),
      [
        [0.5, 'high', 0.4],
        [0.5, 'low', 0.6],
        [6, 'high', 6],
      ],
    );
  });

  const review = (more: Partial<HumanReview>): Pick<LookedFile, 'reviewed'> => ({
    reviewed: { by: 'A. Reader', recordedBy: 'person', at: '', event: 'j:1', approved: null, text: 'same', ...more },
  });
  const reviews: readonly (readonly [string, Partial<LookedFile>, string])[] = [
    ['that stands', review({}), 'kept'],
    ['with approval', review({ approved: true }), 'kept'],
    ['with refusal', review({ approved: false }), 'a.md refused A. Reader'],
    ['of another text', review({ text: 'changed' }), 'a.md changedSince A. Reader'],
    ['of which it cannot be told', review({ text: 'unknown' }), 'a.md changedSince A. Reader'],
  ];
  for (const [what, reviewed, end] of reviews) {
    it(`a review ${what}: ${end}`, () => {
      const [, rule] = told(look([file('a.md', 'x', 't', reviewed)], { reviewedBy: true }));
      assert.equal(rule, `reviewedBy file: null of true, ${end}`);
    });
  }

  it('are not kept where the figures are of another text, or of none', () => {
    const other = file('a.md', 'x', 't', { stands: false });
    const looked = look([other], { machineAtMost: 1 }, { unrecorded: ['c.md'] });
    assert.deepEqual(told(looked)[0], 'stands file: null of true, a.md otherText; c.md unrecorded');
    assert.equal(looked.kept, false);
    assert.equal(look([other], {}).kept, true);
  });

  it('ask nothing of an empty text but that it stands', () => {
    const policy = { humanAtLeast: 1, perFile: { humanAtLeast: 1 }, runAtMost: 0, reviewedBy: true };
    assert.equal(look([file('a.md', '', '')], policy).kept, true);
  });

  it('name empty fields, and what labels and reservations say otherwise', () => {
    const asked = { labelled: true, reserved: true, describe: true };
    const more = { empty: ['title'], labels: [{ file: 'a.md', detail: 'missing' }], reservations: [] };
    assert.deepEqual(told(look([file('a.md', 'x', 't')], asked, more)).slice(1), [
      'labelled file: null of true, a.md fault missing',
      'reserved file: null of true, kept',
      'describe whole: null of true, all emptyField title',
    ]);
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const policies = fc.record({ machineAtMost: share, unknownAtMost: share, humanAtLeast: share, runAtMost: fc.nat(20) });
const texts = fc.array(fc.constantFrom(...'tafpi?'), { maxLength: 20 }).map(letters => letters.join(''));
const works = fc.array(texts, { maxLength: 4 });
const filesOf = (work: readonly string[]) =>
  work.map((letters, i) => file(`${i}.md`, 'x'.repeat(letters.length), letters));

describe('laws of the review', () => {
  it('a greater tolerance never breaks what was kept', () => {
    fc.assert(
      fc.property(works, policies, policies, (work, a, b) => {
        const tolerant = {
          machineAtMost: Math.max(a.machineAtMost, b.machineAtMost),
          unknownAtMost: Math.max(a.unknownAtMost, b.unknownAtMost),
          humanAtLeast: Math.min(a.humanAtLeast, b.humanAtLeast),
          runAtMost: Math.max(a.runAtMost, b.runAtMost),
        };
        const kept = ({ runAtMost, ...shares }: typeof a) =>
          look(filesOf(work), { ...shares, perFile: shares, runAtMost }).rules.map(rule => rule.kept);
        const after = kept(tolerant);
        for (const [i, was] of kept(a).entries()) assert.ok(!was || after[i]);
      }),
    );
  });

  it('what the editor’s tools put in, a label or a reservation, moves no figure that is held against a threshold', () => {
    fc.assert(
      fc.property(works, policies, fc.nat(40), (work, { runAtMost, ...shares }, n) => {
        const rules = (of: readonly string[]) => told(look(filesOf(of), { ...shares, perFile: shares, runAtMost }));
        const marked = work.map(letters => letters + 'f'.repeat(n));
        assert.deepEqual(rules(marked), rules(work));
      }),
    );
  });

  it('to learn that unknown text was a person’s never breaks what was kept', () => {
    fc.assert(
      fc.property(works, policies, (work, { runAtMost, ...shares }) => {
        const kept = (of: readonly string[]) =>
          look(filesOf(of), { ...shares, perFile: shares, runAtMost }).rules.map(rule => rule.kept);
        const after = kept(work.map(letters => letters.replaceAll('?', 't')));
        for (const [i, was] of kept(work).entries()) assert.ok(!was || after[i]);
      }),
    );
  });

  it('the whole is the sum of its files', () => {
    fc.assert(
      fc.property(works, work => {
        const { whole, files } = look(filesOf(work));
        assert.equal(
          whole.characters,
          files.reduce((n, { characters }) => n + characters, 0),
        );
        assert.equal(
          whole.hands.machine,
          files.reduce((n, { hands }) => n + hands.machine, 0),
        );
      }),
    );
  });
});
