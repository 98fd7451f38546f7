import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bareOf } from '../../../src/journal/bareText.ts';
import { sharedRuns } from '../../../src/journal/sharedRuns.ts';

describe('words in a row', () => {
  const cases: readonly (readonly [written: string, bare: string])[] = [
    ['# A *heading*\n\n- one\n- two', 'A heading one two'],
    ['> “So,” he said — and `went`…', '"So," he said - and went…'],
    ['  let a = b - c;\n\treturn a;', 'let a = b - c; return a;'],
    ['1. first\n* second\n• third', '1. first second third'],
    ['#include <a>\n-x\n', '#include <a> -x '],
    ['', ''],
  ];
  for (const [written, bare] of cases) it(JSON.stringify(written), () => assert.equal(bareOf(written).text, bare));

  it('each stands for a place in the text, in order, and a letter for itself', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'Я', '*', '#', '-', ' ', '\n', '`', '“', '😀') }), text => {
        const { text: bare, at } = bareOf(text);
        assert.equal(at.length, bare.length);
        for (let i = 0; i < at.length; i++) {
          assert.ok(i === 0 || at[i]! > at[i - 1]!);
          if (/[aЯ\ud83d\ude00]/u.test(bare[i]!)) assert.equal(text[at[i]!], bare[i]);
        }
        // Nothing that a person reads is lost.
        assert.equal(bare.replace(/[^aЯ😀]/gu, ''), text.replace(/[^aЯ😀]/gu, ''));
      }),
    ));

  it('are found in another text, however both are set', () => {
    const words = 'the keeper wound the clock every evening at six';
    const [text, other] = [`He: **the keeper** wound\n  the clock every evening at six!`, `So ${words}.`];
    const [run, ...more] = sharedRuns(text, other);
    assert.deepEqual(more, []);
    assert.equal(bareOf(text.slice(run!.from, run!.to)).text.replace(/\W+/g, ' ').trim(), words);
    assert.deepEqual(sharedRuns(text, 'Nothing of the kind was ever said here by anybody.'), []);
    assert.deepEqual(sharedRuns(text, ''), []);
  });
});
