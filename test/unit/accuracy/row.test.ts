import assert from 'node:assert/strict';
import type { Kind, Placement } from '../../../src/provenance/origin.ts';
import type { Known, Label } from '../../accuracy/label.ts';
import { fresh, kept, pieced } from '../../accuracy/label.ts';
import { type Compared, faultsOf, type Row, rowOf } from '../../accuracy/row.ts';
import { accuracyOf } from '../../accuracy/sum.ts';
import { accuracyText, inReadme, unknownLines } from '../../accuracy/table.ts';

const letters: Readonly<Record<string, Kind>> = {
  t: 'typed',
  p: 'pasted.external',
  a: 'ai.completion',
  f: 'tool.format',
  i: 'initial',
  u: 'unknown',
};

/** One letter of truth and one of finding a character. `T`: typed by a key that left a keyboard kind. */
function compared(truth: string, found: string, given: { may?: readonly Known[]; place?: Placement } = {}): Compared {
  const label = (letter: string): Label => {
    if (letter === 'T') return { known: 'typed', key: { keyboard: true } };
    if (letter === '?') return { known: given.may?.flat() as readonly Kind[] };
    return { known: letters[letter]!, ...(given.place ? { place: given.place } : {}) };
  };
  return {
    file: 'a.md',
    text: 'x'.repeat(truth.length),
    labels: [...truth].map(label),
    found: [...found].map(letter => ({ kind: letters[letter]!, place: null })),
  };
}

const asked = { group: 'g', name: 's', allows: ['typed', 'pasted.external', 'initial', 'tool.format'] as const };
const row = (truth: string, found: string, more: Partial<Row> = {}, given = {}): Row =>
  rowOf({ ...asked, ...more } as Parameters<typeof rowOf>[0], [compared(truth, found, given)]);
const faults = (...of: Parameters<typeof row>) => faultsOf(row(...of)).length;

describe('what a scenario is held to', () => {
  it('all as it is: no fault', () => assert.equal(faults('TTtppii', 'tttppii'), 0));
  it('one pasted character shown as typed', () => {
    assert.equal(row('TTTp', 'tttt').notTypedShownAsTyped, 1);
    assert.ok(faults('TTTp', 'tttt') > 0);
  });
  it('one pasted character shown as typed among ten thousand', () => {
    assert.ok(faults(`${'T'.repeat(10_000)}p`, 't'.repeat(10_001)) > 0);
  });
  it('an unknown one shown as typed', () => assert.ok(faults('u', 't', { unknown: 'why' }) > 0));
  it('a reason for unknown excuses nothing that is shown as typed', () => {
    assert.ok(faults('p', 't', { unknown: 'why' }) > 0);
  });
  it('a kind that is not allowed, though it is the truth', () => assert.ok(faults('a', 'a') > 0));
  it('a kind that is allowed and not the truth', () => assert.ok(faults('ipp', 'iip') > 0));
  it('one key of two hundred shown as unknown; two', () => {
    assert.equal(faults('T'.repeat(200), `${'t'.repeat(199)}u`), 0);
    assert.ok(faults('T'.repeat(200), `${'t'.repeat(198)}uu`) > 0);
  });
  it('keys that left no kind may be missed twice in a hundred', () => {
    assert.equal(faults(`tt${'T'.repeat(98)}${'i'.repeat(200)}`, `uu${'t'.repeat(98)}${'i'.repeat(200)}`), 0);
    assert.ok(faults(`ttt${'T'.repeat(97)}${'i'.repeat(300)}`, `uuu${'t'.repeat(97)}${'i'.repeat(300)}`) > 0);
  });
  it('unknown without a reason, and with one', () => {
    assert.ok(faults('ii', 'iu') > 0);
    assert.equal(faults('ii', 'iu', { unknown: 'why' }), 0);
  });
  it('unknown where only another character may be so', () => {
    const given = { may: ['tool.format', 'unknown'] };
    assert.equal(faults('?i', 'ui', { unknown: 'why' }, given), 0);
    assert.ok(faults('?i', 'uu', { unknown: 'why' }, given) > 0);
    assert.ok(faults('?i', 'ui', {}, given) > 0);
    assert.ok(faults('?i', 'ti', { unknown: 'why' }, given) > 0);
  });
  it('placed otherwise than it must be', () => assert.ok(faults('p', 'p', {}, { place: 'paste' }) > 0));
  it('no gate', () => assert.equal(faults('p', 't', { gate: false } as never), 0));
});

describe('the sum of scenarios', () => {
  const rows = [
    row('TTtp', 'ttup'),
    row('ii', 'iu', { unknown: 'why' }),
    rowOf({ ...asked, name: 'dictation', gate: false }, [compared('tt', 'uu')]),
  ];
  const sum = accuracyOf(rows);

  it('counts the gated ones', () => {
    const { scenarios, characters, notTypedShownAsTyped, typedShownAsTyped, allTypedShownAsTyped } = sum;
    assert.deepEqual([scenarios, characters, notTypedShownAsTyped, typedShownAsTyped], [3, 6, 0, 1]);
    assert.equal(allTypedShownAsTyped, 2 / 3);
    // Of the four that entered since recording began.
    assert.equal(sum.unknownWithSignal, 1 / 4);
    assert.deepEqual(sum.missed.length, 2);
  });
  it('by kind and by hand', () => {
    assert.deepEqual(sum.matrix, {
      typed: { typed: 2, unknown: 1 },
      'pasted.external': { 'pasted.external': 1 },
      initial: { initial: 1, unknown: 1 },
    });
    assert.deepEqual(sum.byHand.outside, { outside: 1 });
  });
  it('stands in the README between its marks, and again the same', () => {
    const empty =
      'Before\n<!-- accuracy: written by npm run accuracy -- --write -->\n<!-- end of accuracy -->\nAfter\n';
    const once = inReadme(empty, sum);
    assert.match(once, /^Before\n[\s\S]+- s: why\n[\s\S]+dictation[\s\S]+After\n$/);
    assert.equal(inReadme(once, sum), once);
    assert.throws(() => inReadme('no marks', sum), RangeError);
  });
  it('names the scenarios of a reason in one line', () => {
    const unknowns = [
      ['one', 'why'],
      ['two', 'for another reason'],
      ['three', 'why'],
    ] as const;
    const told = { ...sum, unknowns: unknowns.map(([name, reason]) => ({ group: 'g', name, reason })) };
    assert.deepEqual(unknownLines(told), ['- one; three: why', '- two: for another reason']);
  });
  it('a share that misses its gate is not rounded up to it', () => {
    const missed = accuracyOf([row(`u${'T'.repeat(9999)}`, `t${'t'.repeat(9998)}u`)]);
    assert.match(accuracyText(missed), /99\.98%/);
  });
});

describe('pieces of a text', () => {
  const labels = [...'iii ttt'].map((letter): Label => ({ known: letters[letter] ?? 'any' }));
  const before = { text: 'one two', labels };
  const picture = (labels: readonly Label[]) => labels.map(({ known }) => String(known)[0]).join('');

  it('keep what they were, wherever they stand', () => {
    const { text, labels } = pieced(['two', fresh('pasted.external', '!'), kept('one', 'move')], before);
    assert.equal(text, 'two!one');
    assert.equal(picture(labels), 'tttpiii');
    assert.equal(labels.at(-1)?.place, 'move');
  });
  it('that stand there twice are the next ones', () => {
    assert.equal(picture(pieced(['o', 'e', fresh('ai.completion', '-'), 'o'], before).labels), 'iiat');
  });
  it('that never stood there are refused', () => {
    assert.throws(() => pieced(['three'], before), RangeError);
    assert.throws(() => pieced(['two', 'o', 'o'], before), RangeError);
  });
});
