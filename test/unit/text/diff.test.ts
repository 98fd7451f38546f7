import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ChangeSet } from '../../../src/text/change.ts';
import { align, alignWithin } from '../../../src/text/diff.ts';
import { plainTexts, texts } from '../../support/arbitraries.ts';

/** `kept [old|new] kept`. */
function drawn(oldText: string, newText: string): string {
  let out = '';
  let at = 0;
  for (const { from, to, insert } of align(oldText, newText)) {
    out += `${oldText.slice(at, from)}[${oldText.slice(from, to)}|${insert}]`;
    at = to;
  }
  return out + oldText.slice(at);
}

describe('align', () => {
  for (const [oldText, newText, picture] of [
    ['Hello world', 'Hello brave new world', 'Hello [|brave new ]world'],
    ['the quick brown fox', 'the slow red fox', 'the [quick brown|slow red] fox'],
    ['a cat sat', 'a cat  sat', 'a cat [| ]sat'],
    ['one two three\nfour five\n', 'one two\nthree four\nfive\n', 'one two[ |\n]three[\n| ]four[ |\n]five\n'],
    ['  if (x) {\n    y();\n  }\n', '\tif (x) {\n\t\ty();\n\t}\n', '[  |\t]if (x) {\n[    |\t\t]y();\n[  |\t]}\n'],
    ['f(a, b)', 'f(x, b)', 'f([a|x], b)'],
    ['now walking home', 'now walked home', 'now walk[ing|ed] home'],
    ['a colour here', 'a color here', 'a colo[ur|r] here'],
    ['his word is', 'his sword is', 'his [|s]word is'],
    ['an international one', 'an intimidating one', 'an [international|intimidating] one'],
    ['it is so', 'it was so', 'it [is|was] so'],
    ['今天天气很好', '今天天气不好', '今天天气[很|不]好'],
    // Of two equal signs the one stays that stood at the words that stay.
    ['I saw it. B', 'So I saw it. And more. b', '[|So ]I saw it. [B|And more. b]'],
    ['grey March.\n', 'A grey March. And a last word.\n', '[|A ]grey March.[| And a last word.]\n'],
    ['I saw it. And more.', 'So I saw it.', '[|So ]I saw it.[ And more.|]'],
    ['say (so)', 'Say (this) and (so)', '[say|Say (this) and] (so)'],
    ['say “so!”', 'Say “so!” “no!”', '[say|Say] “so!”[| “no!”]'],
    ['f {\n  x\n}\n', 'F {\n  x\n}\nG {\n  y\n}\n', '[f|F] {\n  x\n}\n[|G {\n  y\n}\n]'],
    ['', 'x', '[|x]'],
    ['x', '', '[x|]'],
  ] as const) {
    it(JSON.stringify(picture), () => assert.equal(drawn(oldText, newText), picture));
  }

  it('leaves no scraps of the old author in a passage written anew', () => {
    const old = 'He bought a new car in the spring of that year.';
    const anew = 'Nobody had sold a vintage bicycle near the harbour since winter.';
    assert.equal(drawn(old, anew), `[${old}|${anew}]`);
  });

  it('parts no pair of surrogates and no letter from its marks', () => {
    assert.equal(drawn('𝒳𝒳𝒳𝒴', '𝒳𝒳𝒳𝒵'), '𝒳𝒳𝒳[𝒴|𝒵]');
    assert.equal(drawn('abcde\u0301', 'abcde\u0302'), 'abcd[e\u0301|e\u0302]');
  });

  it('law: leads from any text to any other, exactly', () => {
    fc.assert(
      fc.property(fc.oneof(texts, plainTexts), fc.oneof(texts, plainTexts), (a, b) => {
        const changes = align(a, b);
        const set = ChangeSet.of(a.length, changes);
        assert.equal(set.apply(a), b);
        assert.deepEqual(set.changes, changes);
      }),
      { numRuns: 500 },
    );
  });

  it('law: exact for texts that are near each other, and within any cap', () => {
    const words = fc.array(fc.constantFrom('the', 'of', 'tree', 'river', '\n', '.', '  ', 'running'), {
      maxLength: 60,
    });
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(3), words), { maxLength: 5 });
    fc.assert(
      fc.property(words, edits, fc.integer({ min: 0, max: 40 }), (start, all, cap) => {
        const next = [...start];
        for (const [at, n, insert] of all) next.splice(at % (next.length + 1), n, ...insert);
        const [a, b] = [start.join(' '), next.join(' ')];
        assert.equal(ChangeSet.of(a.length, align(a, b, { cap })).apply(a), b);
      }),
      { numRuns: 300 },
    );
  });

  it('law: exact within any budget, and as fine as ever where it does not say that it was coarse', () => {
    const words = fc.array(fc.constantFrom('the', 'of', 'tree', '\n', '.', 'running'), { maxLength: 80 });
    fc.assert(
      fc.property(words, words, fc.integer({ min: 0, max: 2000 }), (start, next, budget) => {
        const [a, b] = [start.join(' '), next.join(' ')];
        const { changes, coarse } = alignWithin(a, b, { budget });
        assert.equal(ChangeSet.of(a.length, changes).apply(a), b);
        if (!coarse) assert.deepEqual(changes, align(a, b));
      }),
      { numRuns: 300 },
    );
  });

  it('says that it was coarse where nothing is unique and the budget runs out', () => {
    const [a, b] = ['x y y x x\n', 'y x y y x\n'].map(line => line.repeat(2_000));
    assert.equal(alignWithin(a!, b!, { budget: 5_000 }).coarse, true);
    assert.equal(alignWithin(a!, b!).coarse, false);
  });

  it('keeps every word of a file indented anew', () => {
    const old = Array.from({ length: 3000 }, (_, i) => `${'    '.repeat(i % 4)}call(${i % 50});\n`).join('');
    const changes = align(old, old.replaceAll('    ', '\t'));
    assert.ok(changes.length > 1000);
    assert.ok(changes.every(c => old.slice(c.from, c.to).trim() === '' && c.insert.trim() === ''));
  });

  it('takes no quadratic path on texts with nothing unique', () => {
    const [a, b] = ['ab\n', 'ba\n'].map(line => `${line}${'x y\ny x\n'.repeat(20_000)}${line}`);
    const [c, d] = [a!.replaceAll('x y', 'y'), b!.replaceAll('y x', 'x x')];
    const start = performance.now();
    assert.equal(ChangeSet.of(c.length, align(c, d)).apply(c), d);
    assert.ok(performance.now() - start < 5000);
  });
});
