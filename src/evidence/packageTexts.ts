import en from '../../media/l10n/package.en.json' with { type: 'json' };
import kk from '../../media/l10n/package.kk.json' with { type: 'json' };
import ru from '../../media/l10n/package.ru.json' with { type: 'json' };
import { filled } from './filled.ts';
import type { PackageLanguage } from './manifest.ts';

export type PackageText = keyof typeof en;

const bundles: Readonly<Record<PackageLanguage, Readonly<Record<PackageText, string>>>> = { en, ru, kk };

/** A text of package and verification in one language; see `filled` for its arguments. Plain text, nothing escaped. */
export function packageText(
  language: PackageLanguage,
  key: PackageText,
  args: Readonly<Record<string, string | number>> = {},
): string {
  return filled(language, bundles[language][key], args, String);
}
