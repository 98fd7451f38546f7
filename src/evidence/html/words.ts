import en from '../../../media/l10n/report.en.json' with { type: 'json' };
import kk from '../../../media/l10n/report.kk.json' with { type: 'json' };
import ru from '../../../media/l10n/report.ru.json' with { type: 'json' };
import type { Share } from '../../provenance/tally.ts';
import { text } from './markup.ts';

export type ReportLanguage = 'en' | 'ru' | 'kk';
export type WordKey = keyof typeof en;

const bundles: Readonly<Record<ReportLanguage, Readonly<Record<WordKey, string>>>> = { en, ru, kk };

/**
 * The report's texts, numbers and dates in one language. Written out here and not by `Intl`, whose
 * answers change with the runtime: the same report must be the same bytes in VS Code, in plain Node
 * and for a verifier years later.
 */
export class Words {
  readonly language: ReportLanguage;
  readonly #bundle: Readonly<Record<WordKey, string>>;

  constructor(language: ReportLanguage) {
    this.language = language;
    this.#bundle = bundles[language];
  }

  /** As HTML: the text is ours and trusted, string arguments are foreign and escaped, numbers are written as `n` does. */
  t(key: WordKey, args: Readonly<Record<string, string | number>> = {}): string {
    return this.#bundle[key].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = args[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? this.n(value) : text(value);
    });
  }

  /** As `t`, where an argument is HTML already. */
  html(key: WordKey, args: Readonly<Record<string, string>>): string {
    return this.#bundle[key].replace(/\{(\w+)\}/g, (whole, name: string) => args[name] ?? whole);
  }

  /** A text whose key is put together from data; the data's own name where there is none. */
  named(prefix: string, name: string): string {
    const key = `${prefix}.${name}`;
    return key in this.#bundle ? this.#bundle[key as WordKey] : text(name);
  }

  /** A text of ours as it is read, without its markup. */
  plain(html: string): string {
    return html.replace(/<[^>]*>/g, '').replaceAll('\u00a0', ' ');
  }

  /** An integer, digits grouped by three. */
  n(value: number): string {
    const separator = this.language === 'en' ? ',' : '\u00a0';
    return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, separator);
  }

  /** A share of 0 to 1 in per cent with one place. What is not nothing, or not all, never reads as if it were. */
  percent(share: number): string {
    if (share > 0 && share < 0.0005) return `&lt;\u00a0${this.#percent(0.001)}`;
    if (share < 1 && share > 0.9995) return `&gt;\u00a0${this.#percent(0.999)}`;
    return this.#percent(share);
  }

  /** Low and high bound; one figure where they are equal. */
  range({ low, high }: Share): string {
    return low === high ? this.percent(low) : `${this.percent(low)}\u2009–\u2009${this.percent(high)}`;
  }

  /** `14 November 2026` of a stamp, in its own zone. */
  date(stamp: string): string {
    const [year, month, day] = stamp.slice(0, 10).split('-') as [string, string, string];
    const name = this.#bundle[`month.${Number(month)}` as WordKey];
    return this.html('date', { year: String(Number(year)), month: name, day: String(Number(day)) });
  }

  /** Date and time of day with the offset from UTC. */
  dateTime(stamp: string): string {
    return `${this.date(stamp)}, ${this.clock(stamp)}\u00a0${zone(stamp)}`;
  }

  /** From one time to another; what both share is said once. */
  between(first: string, last: string): string {
    if (first.slice(0, 16) === last.slice(0, 16) && zoneOf(first) === zoneOf(last)) return this.dateTime(first);
    if (first.slice(0, 10) === last.slice(0, 10) && zoneOf(first) === zoneOf(last)) {
      return `${this.date(first)}, ${this.clock(first)}\u2009–\u2009${this.clock(last)}\u00a0${zone(first)}`;
    }
    return this.html('cover.span', { first: this.dateTime(first), last: this.dateTime(last) });
  }

  /** Time of day, to the minute. */
  clock(stamp: string): string {
    return stamp.slice(11, 16);
  }

  #percent(share: number): string {
    const [whole, tenth] = (share * 100).toFixed(1).split('.') as [string, string];
    const number =
      tenth === '0' && (share === 0 || share === 1) ? whole : `${whole}${this.language === 'en' ? '.' : ','}${tenth}`;
    return this.language === 'en' ? `${number}%` : `${number}\u00a0%`;
  }
}

function zone(stamp: string): string {
  return `<span class="zone">(UTC${zoneOf(stamp)})</span>`;
}

function zoneOf(stamp: string): string {
  return (/[+-]\d\d:\d\d$/.exec(stamp)?.[0] ?? '').replace('-', '\u2212');
}
