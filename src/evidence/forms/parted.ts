import type { PackageLanguage } from '../manifest.ts';
import type { Block, Form } from './form.ts';
import { type FormText, Wording } from './wording.ts';

/** The languages of a form's parts, the first to be read first. */
export type Languages = readonly PackageLanguage[];

/** A form that says the same in each of the languages. */
export function formIn(
  name: string,
  title: FormText,
  languages: Languages,
  blocks: (w: Wording) => readonly Block[],
  args: Readonly<Record<string, string | number>> = {},
): Form {
  const parts = languages.map(language => {
    const w = new Wording(language);
    return { language, title: w.t(title, args), blocks: blocks(w) };
  });
  return { name, parts };
}
