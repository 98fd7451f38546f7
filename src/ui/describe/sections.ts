import type { Field, Form } from '../../evidence/work/form.ts';
import { workForm } from '../../evidence/work/form.ts';
import { titleLanguages } from '../../evidence/work/reading.ts';
import { choiceName, fieldName } from '../../evidence/work/words.ts';
import { isTextKey, type Texts } from '../../host/texts.ts';

/** A field as the page shows it. */
export interface ShownField {
  /** Its name within what holds it. */
  readonly name: string;
  readonly is: Field['is'];
  readonly label: string;
  readonly hint?: string;
  readonly long?: true;
  /** It names an exhibit. */
  readonly exhibit?: true;
  readonly relative?: true;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** Of a group, of an item of a list, or of a text in several languages. */
  readonly of?: readonly ShownField[];
  /** Of a list: what an item cannot do without. */
  readonly main?: string;
}

export interface Section {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly ShownField[];
}

/** In the order in which people think of them; each field of the form stands in one. */
const sections: Readonly<Record<string, readonly (keyof typeof workForm)[]>> = {
  work: ['title', 'subtitle', 'kind', 'profile', 'languages', 'place', 'created'],
  authors: ['authors', 'coauthorship'],
  files: ['files'],
  publication: ['publication'],
  tools: ['tools'],
  thirdParty: ['thirdParty'],
  review: ['reviews', 'editor'],
  program: ['program'],
  constituents: ['constituents', 'plan'],
  statement: ['statement'],
};

export function sectionsOf(texts: Pick<Texts, 't' | 'language'>): readonly Section[] {
  return Object.entries(sections).map(([name, names]) => ({
    name,
    title: name === 'work' || name === 'review' ? texts.t(`describe.${name}`) : fieldName(name, texts.language),
    fields: names.map(field => shown(workForm[field], field, [field], texts)),
  }));
}

function shown(field: Field, name: string, path: readonly string[], texts: Pick<Texts, 't' | 'language'>): ShownField {
  const at = path.join('.');
  const common = { name, is: field.is, label: fieldName(at, texts.language) };
  const within = (form: Form) => Object.entries(form).map(([inner, one]) => shown(one, inner, [...path, inner], texts));
  switch (field.is) {
    case 'text':
      return {
        ...common,
        ...(field.long && { long: true as const }),
        ...(field.exhibit && { exhibit: true as const, hint: texts.t('describe.exhibitHint') }),
      };
    case 'day':
      return { ...common, hint: texts.t('describe.dayHint') };
    case 'choice':
      return { ...common, choices: field.of.map(value => ({ value, label: choiceOf(at, value, texts) })) };
    case 'worded':
      return {
        ...common,
        of: titleLanguages.map(one => ({ name: one, is: 'text', label: fieldName(`${at}.${one}`, texts.language) })),
      };
    case 'texts':
      return {
        ...common,
        hint: texts.t(field.relative ? 'describe.filesHint' : 'describe.languagesHint'),
        ...(field.relative && { relative: true as const }),
      };
    case 'group':
      return { ...common, of: within(field.of) };
    case 'list':
      return { ...common, of: within(field.of), main: field.main };
  }
}

function choiceOf(field: string, value: string, { t, language }: Pick<Texts, 't' | 'language'>): string {
  const key = `${field}.${value}`;
  return isTextKey(key) ? t(key) : choiceName(field, value, language);
}
