import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Change, ChangeSet } from '../../../src/text/change.ts';
import { align } from '../../../src/text/diff.ts';
import { isRearranged, moves } from '../../../src/text/moves.ts';

/** The text after, with `m` under what was moved, `.` under what stayed and `?` under what is new. */
function picture(before: string, after: string, changes: readonly Change[] = align(before, after)): string {
  const removed = changes.map(({ from, to }) => before.slice(from, to));
  const short = isRearranged(
    removed,
    changes.map(({ insert }) => insert),
  );
  const pieces = moves(changes, removed, short);
  let out = '';
  let at = 0;
  for (const [i, { from, to, insert }] of changes.entries()) {
    out += '.'.repeat(from - at);
    let done = 0;
    for (const { length, from: source } of pieces[i]!) {
      const text = insert.slice(done, done + length);
      if (source !== undefined) assert.equal(before.slice(source, source + length), text);
      out += (source === undefined ? '?' : 'm').repeat(length);
      done += length;
    }
    assert.equal(done, insert.length);
    at = to;
  }
  return out + '.'.repeat(before.length - at);
}

const scene = 'She lit the lamp and waited by the window.';

describe('moves', () => {
  for (const [name, before, after, expected] of [
    ['a line that went up', 'one\ntwo\nthree\n', 'two\none\nthree\n', '....mmmm......'],
    ['the last line, which had no line end', 'one\ntwo', 'two\none', '...mmmm'],
    ['lines that were sorted', 'd\nb\n}\na\n', 'a\nb\nd\n}\n', 'm...mm..'],
    ['a scene among new words', `A\n${scene}\nB\nC\n`, `A\nB\n${scene} Yes.\nC\n`, `....${'m'.repeat(42)}??????..`],
    ['a few words only, with new ones', 'a man, a dog\nx\n', 'x\na man, a cat\n', '..?????????????'],
    ['a rule of dashes', `${'-'.repeat(30)}\nx\n`, `x\n${'-'.repeat(30)} !\n`, `..${'?'.repeat(33)}`],
    ['nothing that is new', 'a\n', 'a\nb\n', '..??'],
  ] as const) {
    it(`finds ${name}`, () => assert.equal(picture(before, after), expected));
  }

  it('does not cut a word: its end is new with the rest', () => {
    const [before, after] = [`${scene} lighthouse\nx\ny\n`, `x\n${scene} light\ny\n`];
    assert.equal(picture(before, after), `..${'m'.repeat(43)}??????..`);
  });

  it('moves no character twice', () => {
    const before = `${scene}\nx\n`;
    const after = `x\n${scene}\n${scene}\n${scene}\n`;
    const all = picture(before, after);
    assert.ok([...all].filter(c => c === 'm' || c === '.').length <= before.length, all);
  });

  it('takes every piece from what was taken out, whatever the texts, each place once', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('lamp', 'a', 'the window was dark', '\n', '  ', '}', '\ud83c', 'қала'), {
          maxLength: 30,
        }),
        fc.array(fc.constantFrom('lamp', 'a', 'the window was dark', '\n', '  ', '}', '\udfa8', 'қала'), {
          maxLength: 30,
        }),
        fc.boolean(),
        (a, b, short) => {
          const [before, after] = [a.join(' '), b.join(' ')];
          const changes = ChangeSet.of(before.length, align(before, after)).changes;
          const pieces = moves(
            changes,
            changes.map(({ from, to }) => before.slice(from, to)),
            short,
          );
          const taken = new Set<number>();
          for (const [i, { insert }] of changes.entries()) {
            let at = 0;
            for (const { length, from } of pieces[i]!) {
              assert.ok(length > 0);
              for (let k = 0; from !== undefined && k < length; k++) {
                assert.equal(before[from + k], insert[at + k]);
                assert.ok(changes.some(c => c.from <= from + k && from + k < c.to));
                assert.ok(!taken.has(from + k));
                taken.add(from + k);
              }
              at += length;
            }
            assert.equal(at, insert.length);
          }
        },
      ),
      { numRuns: 2000 },
    ));

  it('stays quick where all lines are alike', () => {
    const removed = 'the same line again and again\n'.repeat(20_000);
    const [pieces] = moves([{ from: 0, to: removed.length, insert: `x ${removed}` }], [removed]);
    assert.equal(
      pieces!.reduce((n, { length }) => n + length, 0),
      removed.length + 2,
    );
  });
});
