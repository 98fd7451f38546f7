import en from '../../../media/l10n/forms.en.json' with { type: 'json' };
import kk from '../../../media/l10n/forms.kk.json' with { type: 'json' };
import ru from '../../../media/l10n/forms.ru.json' with { type: 'json' };
import type { Share } from '../../provenance/tally.ts';
import { filled } from '../filled.ts';
import { Words } from '../html/words.ts';
import type { PackageLanguage } from '../manifest.ts';
import { choiceName, fieldName } from '../work/words.ts';

export type FormText = keyof typeof en;

const bundles: Readonly<Record<PackageLanguage, Readonly<Record<FormText, string>>>> = { en, ru, kk };

/** The forms' texts, numbers and dates in one language, as plain text: what draws a form escapes it. */
export class Wording {
  readonly language: PackageLanguage;
  readonly #words: Words;

  constructor(language: PackageLanguage) {
    this.language = language;
    this.#words = new Words(language);
  }

  /** See `filled` for its arguments. */
  t(key: FormText, args: Readonly<Record<string, string | number>> = {}): string {
    const written = (value: string | number) => (typeof value === 'number' ? this.n(value) : value);
    return filled(this.language, bundles[this.language][key], args, written);
  }

  /** A text whose key is put together from data of a closed list; its own name where there is none. */
  named(prefix: string, name: string): string {
    const key = `${prefix}.${name}`;
    return Object.hasOwn(en, key) ? this.t(key as FormText) : name;
  }

  /** A field of `holograph.json`, as `fieldName`. */
  field(name: string): string {
    return fieldName(name, this.language);
  }

  choice(field: string, value: string | undefined): string | undefined {
    return value === undefined ? undefined : choiceName(field, value, this.language);
  }

  n(value: number): string {
    return this.#words.n(value);
  }

  /** With a fixed number of places. */
  decimal(value: number, places: number): string {
    const fixed = value.toFixed(places);
    return this.language === 'en' ? fixed : fixed.replace('.', ',');
  }

  range(share: Share): string {
    return this.#plain(this.#words.range(share));
  }

  percent(share: number): string {
    return this.#plain(this.#words.percent(share));
  }

  dateTime(stamp: string): string {
    return this.#plain(this.#words.dateTime(stamp));
  }

  /** A word of the report's own, such as the name of a hand. */
  report(prefix: string, name: string): string {
    return this.#plain(this.#words.named(prefix, name));
  }

  #plain(html: string): string {
    return this.#words.plain(html).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('\u2009', ' ');
  }
}
