import assert from 'node:assert/strict';
import en from '../../../media/l10n/rights.en.json' with { type: 'json' };
import kk from '../../../media/l10n/rights.kk.json' with { type: 'json' };
import ru from '../../../media/l10n/rights.ru.json' with { type: 'json' };
import { rightsText } from '../../../src/rights/texts.ts';

type Bundle = Readonly<Record<string, string>>;
const places = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe('texts of labels, reservations and notices', () => {
  for (const [language, bundle] of Object.entries<Bundle>({ ru, kk })) {
    it(`${language}: all there, with the same blanks, none left in English`, () => {
      assert.deepEqual(Object.keys(bundle), Object.keys(en));
      for (const [key, text] of Object.entries<string>(en)) {
        assert.deepEqual(places(bundle[key]), places(text), key);
        assert.match(bundle[key]!, /[а-яёәғқңөұүһі]/i, key);
      }
    });
  }

  it('have their arguments', () =>
    assert.equal(rightsText('en', 'label.reviewedBy', { author: 'Aisha' }), 'Reviewed by a human: Aisha.'));
});
