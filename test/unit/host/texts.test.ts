import assert from 'node:assert/strict';
import { chooseLanguage, Texts } from '../../../src/host/texts.ts';

describe('language', () => {
  const cases: [Parameters<typeof chooseLanguage>, string][] = [
    [['auto', 'en'], 'en'],
    [['auto', 'ru'], 'ru'],
    [['auto', 'ru-RU'], 'ru'],
    [['auto', 'kk-Cyrl-KZ'], 'kk'],
    [['auto', 'de'], 'en'],
    [['auto', ''], 'en'],
    [['kk', 'ru'], 'kk'],
    [['en', 'kk'], 'en'],
  ];
  for (const [args, expected] of cases) {
    it(`${args.join(' in an editor in ') || 'none'}: ${expected}`, () =>
      assert.equal(chooseLanguage(...args), expected));
  }
});

describe('Texts', () => {
  it('fills in arguments, numbers as the language writes them', () => {
    const files = 12345;
    assert.match(new Texts('en').t('status.recording.reading', { files }), /12,345/);
    assert.match(new Texts('ru').t('status.recording.reading', { files }), /12\s345/);
    assert.match(new Texts('kk').t('status.recording.reading', { files }), /12\s345/);
  });

  it('leaves braces and dollars of an argument alone', () => {
    assert.match(new Texts('en').t('report.title', { folder: '{place} $& $1' }), /\{place\} \$& \$1/);
  });

  it('speaks another language from then on', () => {
    const texts = new Texts('en');
    const before = texts.t('status.paused');
    texts.speak('kk');
    assert.notEqual(texts.t('status.paused'), before);
    assert.equal(texts.language, 'kk');
  });
});
