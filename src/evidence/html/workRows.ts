import { workForm } from '../work/form.ts';
import { choiceName, fieldName } from '../work/words.ts';
import { text } from './markup.ts';
import { facts } from './tables.ts';
import type { Words } from './words.ts';

const lists = {
  tools: workForm.tools.of,
  thirdParty: workForm.thirdParty.of,
  reviews: workForm.reviews.of,
  constituents: workForm.constituents.of,
} as const;

/** What the author states of each item of a list of `holograph.json`, field by field, in the author's words. */
export function workRows(items: readonly object[], list: keyof typeof lists, words: Words): string {
  return items
    .map(item =>
      facts(
        Object.entries(lists[list]).flatMap(([name, field]): [string, string][] => {
          const value = (item as Readonly<Record<string, unknown>>)[name];
          if (typeof value !== 'string') return [];
          const said = field.is === 'choice' ? choiceName(`${list}.${name}`, value, words.language) : value;
          return [[text(fieldName(`${list}.${name}`, words.language)), `<bdi>${text(said)}</bdi>`]];
        }),
      ),
    )
    .join('\n');
}
