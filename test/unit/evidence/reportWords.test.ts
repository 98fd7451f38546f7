import assert from 'node:assert/strict';
import en from '../../../media/l10n/report.en.json' with { type: 'json' };
import kk from '../../../media/l10n/report.kk.json' with { type: 'json' };
import ru from '../../../media/l10n/report.ru.json' with { type: 'json' };
import ui from '../../../media/l10n/ui.en.json' with { type: 'json' };
import { Words } from '../../../src/evidence/html/words.ts';
import { bases, hands, kinds, placements } from '../../../src/provenance/origin.ts';

type Bundle = Readonly<Record<string, string>>;
const bundles: Readonly<Record<'en' | 'ru' | 'kk', Bundle>> = { en, ru, kk };
const others = ['ru', 'kk'] as const;
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('report texts', () => {
  for (const language of others) {
    it(`${language}: all there, with the same blanks`, () => {
      assert.deepEqual(Object.keys(bundles[language]), Object.keys(en));
      for (const [key, text] of Object.entries(bundles[language])) {
        assert.deepEqual(placeholders(text), placeholders((en as Bundle)[key]!), key);
      }
    });

    it(`${language}: none left in English`, () => {
      const same = Object.entries(bundles[language]).filter(([key, text]) => text === (en as Bundle)[key]);
      assert.deepEqual(
        same.map(([key]) => key),
        ['letter.unknown'],
      );
    });
  }

  it('hold no markup, and no empty one', () => {
    for (const bundle of Object.values(bundles)) {
      for (const [key, text] of Object.entries(bundle)) assert.match(text, /^[^<>&"]+$/, key);
    }
  });

  it('name every kind, basis, placement and hand, and every rule that the editor’s texts name', () => {
    const named = (prefix: string, names: readonly string[]) =>
      names.filter(name => !(`${prefix}.${name}` in en)).map(name => `${prefix}.${name}`);
    const rules = Object.keys(ui)
      .filter(key => key.startsWith('rule.'))
      .map(key => key.slice('rule.'.length));
    assert.deepEqual(
      [
        named('kind', kinds),
        named('basis', bases),
        named('placement', placements),
        named('hand', hands),
        named('letter', hands),
        named('rule', rules),
      ].flat(),
      [],
    );
  });

  it('give each hand a letter of its own', () => {
    for (const bundle of Object.values(bundles)) {
      assert.equal(new Set(hands.map(hand => bundle[`letter.${hand}`])).size, hands.length);
    }
  });
});

describe('figures in words', () => {
  const [e, r, k] = [new Words('en'), new Words('ru'), new Words('kk')];
  const stamp = '2026-11-04T09:05:59+05:00';

  it('numbers', () =>
    assert.deepEqual([e.n(1234567), r.n(1234567), k.n(999)], ['1,234,567', '1\u00a0234\u00a0567', '999']));
  it('shares', () =>
    assert.deepEqual(
      [e.percent(0.6543), r.percent(0.6543), k.percent(1), e.percent(0)],
      ['65.4%', '65,4\u00a0%', '100\u00a0%', '0%'],
    ));
  it('never nothing for something, nor all for less', () =>
    assert.deepEqual([e.percent(0.0001), e.percent(0.9999)], ['&lt;\u00a00.1%', '&gt;\u00a099.9%']));
  it('bounds', () =>
    assert.deepEqual(
      [e.range({ low: 0.5, high: 0.5 }), e.range({ low: 0.1, high: 0.25 })],
      ['50.0%', '10.0%\u2009–\u200925.0%'],
    ));
  it('dates, in their own zone', () =>
    assert.deepEqual(
      [e.date(stamp), r.date(stamp), k.date(stamp)],
      ['4 November 2026', '4 ноября 2026 г.', '2026 жылғы 4 қараша'],
    ));
  it('times with their offset', () =>
    assert.match(e.dateTime('2026-11-04T09:05:59-03:30'), /^4 November 2026, 09:05.*UTC\u221203:30/));
  it('stretches of time, what both ends share said once', () => {
    const plain = (first: string, last: string) => e.between(first, last).replace(/<[^>]*>/g, '');
    assert.equal(plain(stamp, '2026-11-04T09:05:01+05:00'), '4 November 2026, 09:05\u00a0(UTC+05:00)');
    assert.equal(
      plain(stamp, '2026-11-04T10:00:00+05:00'),
      '4 November 2026, 09:05\u2009–\u200910:00\u00a0(UTC+05:00)',
    );
    assert.match(plain(stamp, '2026-11-04T09:05:59+06:00'), /05:00\) to 4 November 2026, 09:05/);
  });
  it('foreign words are escaped, our own are not', () => {
    assert.equal(e.t('integrity.noKeys'), 'none');
    assert.equal(e.t('text.event', { event: '<b>' }), 'entry &lt;b&gt;');
    assert.equal(e.named('channel', '<b>'), '&lt;b&gt;');
  });
});
