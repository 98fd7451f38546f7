import en from '../../media/l10n/cli.en.json' with { type: 'json' };
import type { Words } from './words.ts';

type Phrase = Extract<keyof typeof en, `versions.${string}`>;

/** Words that readers say their versions in, the longest first: one stands in another. */
const phrases = (Object.keys(en) as (keyof typeof en)[])
  .filter((key): key is Phrase => key.startsWith('versions.'))
  .sort((a, b) => en[b].length - en[a].length);

/** The versions that a reader knows, which it says in English, for people: names and numbers stay. */
export function versionsIn(versions: string, words: Words): string {
  if (words.language === 'en') return versions;
  // Numbers from one to another are written alike in every language.
  let left = versions.replace(/(\d) to (?=\d)/g, '$1–');
  for (const key of phrases) left = left.replace(new RegExp(`\\b${en[key]}\\b`, 'g'), words.t(key));
  return left;
}
