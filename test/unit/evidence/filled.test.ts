import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { filled } from '../../../src/evidence/filled.ts';

const of = (language: string, text: string, n: number) => filled(language, text, { n }, String);

describe('a number and its word', () => {
  for (const [language, text, cases] of [
    ['en', '{n|word|words}', '0 words, 1 word, 2 words, 11 words, 21 words'],
    ['ru', '{n|слово|слова|слов}', '0 слов, 1 слово, 2 слова, 5 слов, 11 слов, 21 слово, 22 слова, 112 слов'],
    ['ru', '{n|событии|событиях}', '1 событии, 5 событиях'],
    ['kk', '{n|сөз}', '0 сөз, 1 сөз, 5 сөз, 21 сөз'],
    ['en', '{n}', '7'],
  ] as const) {
    it(`${language}: ${cases}`, () =>
      assert.equal(
        cases
          .split(', ')
          .map(one => of(language, text, Number.parseInt(one, 10)))
          .join(', '),
        cases,
      ));
  }

  it('of a name that is not given stays', () => assert.equal(filled('en', '{a|b|c} {d}', {}, String), '{a|b|c} {d}'));

  it('stand in no English text without its form', () => {
    // Of these there are always several.
    const several = ['error.passphrase', 'restore.fork', 'restore.preferred', 'verify.stamped', 'why.withheld'];
    const bare = ['cli', 'package'].flatMap(bundle => {
      const file = new URL(`../../../media/l10n/${bundle}.en.json`, import.meta.url);
      const texts = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
      return texts.filter(([, text]) => /\{\w+\} (?:events|words|characters|digests|files|journals)\b/u.test(text));
    });
    assert.deepEqual(
      bare.map(([key]) => key),
      several,
    );
  });
});
