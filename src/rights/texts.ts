import en from '../../media/l10n/rights.en.json' with { type: 'json' };
import kk from '../../media/l10n/rights.kk.json' with { type: 'json' };
import ru from '../../media/l10n/rights.ru.json' with { type: 'json' };

export type RightsLanguage = 'en' | 'ru' | 'kk';
export type RightsText = keyof typeof en;

const bundles: Readonly<Record<RightsLanguage, Readonly<Record<RightsText, string>>>> = { en, ru, kk };

/** A text that is written into works, notices and schedules. Plain text, nothing escaped; each `{name}` is its argument. */
export function rightsText(
  language: RightsLanguage,
  key: RightsText,
  args: Readonly<Record<string, string>> = {},
): string {
  return bundles[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => args[name] ?? whole);
}
