import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Bundle = Readonly<Record<string, string>>;
interface Family {
  readonly en: Bundle;
  readonly ru: Bundle;
  readonly kk: Bundle;
}

const root = join(import.meta.dirname, '../..');
const read = (file: string): Bundle => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** Every set of texts that the product has, found by what lies there: a new one is held to the same. */
const families: Readonly<Record<string, Family>> = {
  'package.nls': { en: read('package.nls.json'), ru: read('package.nls.ru.json'), kk: read('package.nls.kk.json') },
  ...Object.fromEntries(
    readdirSync(join(root, 'media/l10n'))
      .flatMap(file => /^(\w+)\.en\.json$/.exec(file)?.[1] ?? [])
      .map(name => {
        const of = (language: string) => read(`media/l10n/${name}.${language}.json`);
        return [name, { en: of('en'), ru: of('ru'), kk: of('kk') }];
      }),
  ),
};

/** Names of programs and forms, which are the same in every language. */
const names = /holograph\.json|VS Code Agent Host/g;
/** Words that Russian and Kazakh share. */
const shared = new Set(
  [
    ...['Автор', 'Author (автор)', 'Журнал', 'журнал', 'Коммит', 'Машина', 'машина', 'Механика', 'Модель', 'М'],
    ...['Пакет', 'пакет', 'Редактор', 'Сайт', 'Сеанс', 'Сценарий', 'Трасса', 'Факт', 'Файл', 'Фрагмент', 'Экспорт'],
  ].map(word => word.toLowerCase()),
);
/** File names, formats and blanks aside. */
const bare = (text: string) =>
  text
    .replace(/\{[^}]*\}|\(JSON Lines\)|\w+\.(?:json|txt|xml)/g, '')
    .replace(/[:\s]+$/, '')
    .trim();
const isWord = (text: string) => /\p{L}/u.test(text);

describe('texts in three languages', () => {
  it('are all found', () => assert.ok(Object.keys(families).length >= 8, Object.keys(families).join()));

  for (const [family, { en, ru, kk }] of Object.entries(families)) {
    it(`${family}: the same keys in the same order`, () => {
      assert.deepEqual(Object.keys(ru), Object.keys(en));
      assert.deepEqual(Object.keys(kk), Object.keys(en));
    });

    it(`${family}: none left in English`, () => {
      const left = Object.keys(en).filter(key => {
        const text = bare(en[key]!.replace(names, ''));
        return isWord(text) && [ru[key]!, kk[key]!].some(other => bare(other.replace(names, '')) === text);
      });
      assert.deepEqual(left, []);
    });

    it(`${family}: none left in Russian, none in Kazakh`, () => {
      const same = Object.keys(en).filter(
        key => ru[key] === kk[key] && isWord(bare(ru[key]!)) && !shared.has(bare(ru[key]!).toLowerCase()),
      );
      assert.deepEqual(
        same.filter(key => !ru[key]!.includes('holograph.json')),
        [],
      );
      const kazakh = /[әғқңөұүһі]/i;
      assert.deepEqual(
        Object.keys(ru).filter(key => kazakh.test(ru[key]!)),
        [],
        'Kazakh letters in Russian',
      );
      // No Kazakh sentence of this length does without them.
      const russian = Object.keys(kk).filter(key => {
        const letters = kk[key]!.match(/[\u0400-\u04ff]/g)?.length ?? 0;
        return letters >= 40 && !kazakh.test(kk[key]!);
      });
      assert.deepEqual(russian, []);
    });
  }
});
