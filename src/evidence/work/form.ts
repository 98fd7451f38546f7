import type { Worded, WorkDescription } from '../work.ts';
import { constituentSources, profiles, workKinds } from './lists.ts';

/** What one field of `holograph.json` takes. The reader, the schema, the page and the lists of what is empty follow it. */
export type Field =
  /** `long`: may have several lines. `exhibit`: names one, as `EX-01`. */
  | { readonly is: 'text'; readonly long?: true; readonly exhibit?: true }
  | { readonly is: 'day' }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  /** One text, or one for each language. */
  | { readonly is: 'worded' }
  /** `relative`: paths in the folder, each once. */
  | { readonly is: 'texts'; readonly relative?: true }
  | { readonly is: 'group'; readonly of: Form }
  /** Each item is an object and must have `main`; `short`: a text alone stands for it. */
  | { readonly is: 'list'; readonly of: Form; readonly main: string; readonly short?: true };

export type Form = Readonly<Record<string, Field>>;

/** A JSON object of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

type Is<K extends Field['is']> = Extract<Field, { is: K }>;
type FieldOf<T> = T extends string
  ? Is<'text' | 'day' | 'choice'>
  : T extends readonly string[]
    ? Is<'texts'>
    : T extends readonly (infer Item)[]
      ? Is<'list'> & { readonly of: FormOf<Item>; readonly main: keyof Item }
      : T extends Worded
        ? Is<'worded' | 'group'>
        : Is<'group'> & { readonly of: FormOf<T> };
/** A field for each member, and none for what is no member. */
type FormOf<T> = { readonly [M in keyof T]-?: FieldOf<NonNullable<T[M]>> };

const text = { is: 'text' } as const;
const long = { is: 'text', long: true } as const;
const day = { is: 'day' } as const;
const exhibit = { is: 'text', exhibit: true } as const;

function choice<const T extends readonly string[]>(of: T) {
  return { is: 'choice', of } as const;
}

function group<const T extends Form>(of: T) {
  return { is: 'group', of } as const;
}

function list<const T extends Form>(main: keyof T & string, of: T) {
  return { is: 'list', of, main } as const;
}

/** The fields of `holograph.json`, in the order in which people are asked. */
export const workForm = {
  work: text,
  title: { is: 'worded' },
  subtitle: { is: 'worded' },
  kind: choice(workKinds),
  profile: choice(profiles),
  authors: { ...list('name', { name: text, role: text, part: text }), short: true },
  coauthorship: choice(['joint', 'separate']),
  created: group({ from: day, to: day }),
  place: text,
  languages: { is: 'texts' },
  files: { is: 'texts', relative: true },
  publication: group({ status: choice(['unpublished', 'published']), on: day, where: text }),
  thirdParty: list('what', { what: text, owner: text, licence: text, where: text, agreement: exhibit }),
  tools: list('product', { product: text, vendor: text, terms: text, version: text, date: day, address: text }),
  reviews: list('name', {
    name: text,
    role: text,
    contact: text,
    on: day,
    scope: long,
    approved: choice(['yes', 'no']),
  }),
  editor: group({ name: text, role: text, contact: text }),
  program: group({
    purpose: long,
    field: text,
    functions: long,
    characteristics: long,
    languages: text,
    computer: text,
  }),
  constituents: list('what', {
    what: text,
    source: choice(constituentSources),
    owner: text,
    licence: text,
    claim: choice(['none', 'own']),
    agreement: exhibit,
  }),
  plan: long,
  statement: long,
} as const satisfies FormOf<WorkDescription>;
