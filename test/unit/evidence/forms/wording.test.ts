import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import en from '../../../../media/l10n/forms.en.json' with { type: 'json' };
import kk from '../../../../media/l10n/forms.kk.json' with { type: 'json' };
import ru from '../../../../media/l10n/forms.ru.json' with { type: 'json' };
import { Wording } from '../../../../src/evidence/forms/wording.ts';

type Bundle = Readonly<Record<string, string>>;
const bundles: Readonly<Record<'en' | 'ru' | 'kk', Bundle>> = { en, ru, kk };
const blanks = (text: string) => [...text.matchAll(/\{\w+/g)].map(([name]) => name).sort();
/** Nothing but blanks and what stands between them. */
const isBare = (text: string) => !/\p{L}/u.test(text.replace(/\{\w+\}/g, ''));

describe('texts of the forms', () => {
  for (const language of ['ru', 'kk'] as const) {
    it(`${language}: all there, with the same blanks`, () => {
      assert.deepEqual(Object.keys(bundles[language]), Object.keys(en));
      for (const [key, text] of Object.entries(bundles[language]))
        assert.deepEqual(blanks(text), blanks((en as Bundle)[key]!), key);
    });

    it(`${language}: none left in English`, () => {
      const same = Object.entries(bundles[language]).filter(
        ([key, text]) => text === (en as Bundle)[key] && !isBare(text),
      );
      assert.deepEqual(
        same.map(([key]) => key),
        [],
      );
    });

    it(`${language}: another alphabet than English`, () => {
      for (const [key, text] of Object.entries(bundles[language]))
        if (!isBare(text)) assert.match(text, /\p{Script=Cyrillic}/u, key);
    });
  }

  it('are each used', () => {
    const src = fileURLToPath(new URL('../../../../src', import.meta.url));
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'));
    const code = files.map(name => readFileSync(join(src, name), 'utf8')).join('\n');
    const made = [...code.matchAll(/`([\w.]+\.)\$\{/g)].map(([, beginning]) => beginning!);
    const unused = Object.keys(en).filter(
      key => !code.includes(`'${key}'`) && !made.some(beginning => key.startsWith(beginning)),
    );
    assert.deepEqual(unused, []);
  });

  it('promise nothing', () => {
    const promises =
      /\b(?:guarantee|ensures?|is protected|are protected|proves that)|гарантир|охраняется|защищ[её]н|кепілдік|қорғалған/iu;
    for (const bundle of Object.values(bundles))
      for (const [key, text] of Object.entries(bundle)) assert.doesNotMatch(text, promises, key);
  });

  it('call no one a person for typing', () => {
    for (const bundle of Object.values(bundles))
      for (const [key, text] of Object.entries(bundle))
        assert.doesNotMatch(text, /typed by a person|person typed|набран\p{L}* человек|адам терген/iu, key);
  });

  it('write figures as their language does, as plain text', () => {
    const share = { low: 0.0001, high: 0.25 };
    assert.deepEqual(
      [new Wording('en'), new Wording('ru'), new Wording('kk')].map(w => [
        w.n(1234),
        w.decimal(1.5, 2),
        w.range(share),
      ]),
      [
        ['1,234', '1.50', '< 0.1% – 25.0%'],
        ['1\u00a0234', '1,50', '< 0,1 % – 25,0 %'],
        ['1\u00a0234', '1,50', '< 0,1 % – 25,0 %'],
      ],
    );
  });
});
