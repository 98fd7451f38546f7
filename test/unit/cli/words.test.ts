import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { languageOf, languages, Words } from '../../../src/cli/words.ts';

const bundle = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../../media/l10n/cli.${language}.json`, import.meta.url), 'utf8'));

describe('texts of the command line', () => {
  const places = (text = '') => [...text.matchAll(/\{(\w+)[^}]*\}/g)].map(([, place]) => place).sort();
  for (const language of languages) {
    it(`${language} says the same things at the same places`, () => {
      const [en, other] = [bundle('en'), bundle(language)];
      assert.deepEqual(Object.keys(other), Object.keys(en));
      for (const [key, text] of Object.entries(en)) assert.deepEqual(places(other[key]), places(text), key);
      const same = Object.keys(en).filter(
        key => other[key] === en[key] && /[a-z]{4}/.test(en[key]!.replace(/\{[^}]+\}|holograph\.json/g, '')),
      );
      assert.deepEqual(language === 'en' ? [] : same, []);
    });
  }

  it('writes shares so that what is not all never reads as all', () => {
    const en = new Words('en');
    assert.deepEqual(
      [0, 0.00001, 0.5, 0.99999, 1].map(share => en.percent(share)),
      ['0.0%', '< 0.1%', '50.0%', '> 99.9%', '100.0%'],
    );
    assert.equal(new Words('kk').range({ low: 0.25, high: 1 }), '25,0\u00a0% – 100,0\u00a0%');
  });

  it("takes the language asked for, else the environment's, else English", () => {
    assert.equal(languageOf('kk', { LANG: 'ru_RU.UTF-8' }), 'kk');
    assert.equal(languageOf(undefined, { LANG: 'ru_RU.UTF-8' }), 'ru');
    assert.equal(languageOf(undefined, { LANG: 'de_DE.UTF-8' }), 'en');
    assert.equal(languageOf('de', {}), undefined);
  });
});
