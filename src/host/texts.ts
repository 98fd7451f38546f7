import en from '../../media/l10n/ui.en.json' with { type: 'json' };
import kk from '../../media/l10n/ui.kk.json' with { type: 'json' };
import ru from '../../media/l10n/ui.ru.json' with { type: 'json' };

/** Languages of our own texts. VS Code has no Kazakh, so they do not come from its language packs. */
export const languages = ['en', 'ru', 'kk'] as const;
export type Language = (typeof languages)[number];
export type LanguageSetting = Language | 'auto';

export type TextKey = keyof typeof en;
export type TextArgs = Readonly<Record<string, string | number>>;

const bundles: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { en, ru, kk };

/** The chosen language; with `auto` the editor's own (a BCP 47 tag such as `ru-RU`) when it is ours, else English. */
export function chooseLanguage(setting: LanguageSetting, editorLanguage: string): Language {
  if (setting !== 'auto') return setting;
  const primary = editorLanguage.toLowerCase().split(/[-_]/)[0];
  return languages.find(language => language === primary) ?? 'en';
}

/** The texts a person sees at run time. */
export class Texts {
  #language: Language;

  constructor(language: Language) {
    this.#language = language;
  }

  get language(): Language {
    return this.#language;
  }

  /** All texts given from now on are in this language; who shows older ones asks again. */
  speak(language: Language): void {
    this.#language = language;
  }

  /** The text with each `{name}` replaced by its argument; numbers are written as the language does. */
  readonly t = (key: TextKey, args: TextArgs = {}): string =>
    bundles[this.#language][key].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = args[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? this.number(value) : value;
    });

  number(value: number): string {
    return new Intl.NumberFormat(this.#language).format(value);
  }

  /** Date in the editor's own time zone. `time`: milliseconds since 1970 UTC. */
  date(time: number): string {
    return new Intl.DateTimeFormat(this.#language, { dateStyle: 'long' }).format(time);
  }

  /** The same with the time of day, in few letters. */
  moment(time: number): string {
    return new Intl.DateTimeFormat(this.#language, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
  }

  /** Date and time in the editor's own time zone. `time`: milliseconds since 1970 UTC. */
  dateTime(time: number): string {
    return new Intl.DateTimeFormat(this.#language, { dateStyle: 'long', timeStyle: 'medium' }).format(time);
  }
}

/** Whether a key that was put together at run time (a rule's name) has a text. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(en, key);
}
