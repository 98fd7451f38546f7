import en from '../../media/l10n/cli.en.json' with { type: 'json' };
import kk from '../../media/l10n/cli.kk.json' with { type: 'json' };
import ru from '../../media/l10n/cli.ru.json' with { type: 'json' };
import { filled } from '../evidence/filled.ts';
import type { Share } from '../provenance/tally.ts';

export const languages = ['en', 'ru', 'kk'] as const;
export type Language = (typeof languages)[number];
export type WordKey = keyof typeof en;
export type Arguments = Readonly<Record<string, string | number>>;

const bundles: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { en, ru, kk };

const byteUnits: Readonly<Record<Language, readonly string[]>> = {
  en: ['bytes', 'kB', 'MB', 'GB'],
  ru: ['байт', 'КБ', 'МБ', 'ГБ'],
  kk: ['байт', 'КБ', 'МБ', 'ГБ'],
};

/** What people read of the command line, in one language. */
export class Words {
  readonly language: Language;

  constructor(language: Language) {
    this.language = language;
  }

  t(key: WordKey, args: Arguments = {}): string {
    const written = (value: string | number) => (typeof value === 'number' ? this.n(value) : value);
    return filled(this.language, bundles[this.language][key], args, written);
  }

  has(key: string): key is WordKey {
    return key in bundles[this.language];
  }

  /** An integer, its digits grouped. */
  n(value: number): string {
    return String(value).replace(/\B(?=(\d{3})+$)/g, this.language === 'en' ? ',' : '\u00a0');
  }

  /** A moment as the record has it, RFC 3339, to the minute and in its own zone. */
  time(stamp: string): string {
    const [, year, month, day, clock, zone] =
      /^(\d+)-(\d\d)-(\d\d)T(\d\d:\d\d).*?(Z|[+-]\d\d:\d\d)?$/.exec(stamp) ?? [];
    if (year === undefined) return stamp;
    const date = this.language === 'en' ? `${year}-${month}-${day}` : `${day}.${month}.${year}`;
    return `${date} ${clock} (UTC${zone === undefined || zone === 'Z' || zone === '+00:00' ? '' : zone})`;
  }

  /** A number of bytes, in the largest unit that leaves one place before the point. */
  bytes(value: number): string {
    const rank = value < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
    const point = this.language === 'en' ? '.' : ',';
    const shown = rank === 0 ? this.n(value) : (value / 1000 ** rank).toFixed(1).replace('.', point);
    return `${shown}\u00a0${byteUnits[this.language][rank]}`;
  }

  /** A share of 0 to 1 with one place; what is not nothing or not all never reads as if it were. */
  percent(share: number): string {
    const shown = (of: number) => (of * 100).toFixed(1).replace('.', this.language === 'en' ? '.' : ',');
    const number =
      share > 0 && share < 0.0005
        ? `< ${shown(0.001)}`
        : share < 1 && share > 0.9995
          ? `> ${shown(0.999)}`
          : shown(share);
    return `${number}${this.language === 'en' ? '' : '\u00a0'}%`;
  }

  range({ low, high }: Share): string {
    return low === high ? this.percent(low) : `${this.percent(low)} – ${this.percent(high)}`;
  }
}

/** The language asked for, else the environment's, else English; undefined for one that there is not. */
export function languageOf(
  asked: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Language | undefined {
  if (asked !== undefined) return languages.find(one => one === asked);
  const tag = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return languages.find(one => tag.toLowerCase().startsWith(one)) ?? 'en';
}
