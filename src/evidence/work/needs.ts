import type { Profile, WorkDescription } from '../work.ts';

const anyone = ['title', 'kind', 'authors', 'languages'] as const;
const kazakhstan = [...anyone, 'title.ru', 'title.kk', 'created', 'place', 'tools', 'thirdParty'] as const;

/** Fields that a profile's readers look for, by their names joined with points. */
const needs: Readonly<Record<Profile, readonly string[]>> = {
  generic: anyone,
  us: [...anyone, 'created', 'publication.status', 'tools', 'thirdParty'],
  'kz-contribution': [...kazakhstan, 'statement'],
  'kz-composite': [...kazakhstan, 'constituents', 'plan'],
  'kz-prompt': [...kazakhstan, 'statement'],
  'kz-program': [
    ...kazakhstan,
    'program.purpose',
    'program.field',
    'program.functions',
    'program.characteristics',
    'program.languages',
    'program.computer',
  ],
};

/**
 * Fields that a report or a package shows as empty and that its readers look for: named before export, so that the person
 * can fill them. By name, parts of it joined with points, items counted from 0: `program.purpose`, `tools.0.vendor`.
 */
export function emptyFields(work: WorkDescription, profile: Profile = work.profile ?? 'generic'): readonly string[] {
  const empty = needs[profile].filter(name => isEmpty(work, name.split('.')));
  // A title in no language lacks them all; the one line says so.
  const untitled = empty.includes('title');
  return [...empty.filter(name => !untitled || !name.startsWith('title.')), ...implied(work)];
}

/** What follows from another field that is filled in. */
function implied(work: WorkDescription): string[] {
  const empty: string[] = [];
  const of = (path: string, item: object, names: readonly string[]) => {
    for (const name of names) if (isEmpty(item, [name])) empty.push(`${path}.${name}`);
  };
  if (work.authors.length > 1 && work.coauthorship === undefined) empty.push('coauthorship');
  if (work.coauthorship === 'separate') work.authors.forEach((one, i) => void of(`authors.${i}`, one, ['part']));
  if (work.publication?.status === 'published') of('publication', work.publication, ['on', 'where']);
  work.tools?.forEach((one, i) => void of(`tools.${i}`, one, ['vendor', 'terms']));
  work.thirdParty?.forEach((one, i) => void of(`thirdParty.${i}`, one, ['owner', 'licence']));
  work.constituents?.forEach((one, i) => void of(`constituents.${i}`, one, ['source', 'claim']));
  work.reviews?.forEach((one, i) => void of(`reviews.${i}`, one, ['on', 'scope', 'approved']));
  if (work.reviews !== undefined && work.reviews.length > 0) of('editor', work.editor ?? {}, ['name']);
  return empty;
}

/** An empty list of `tools` says that there were none; nobody writes a work that has no author. */
function isEmpty(of: object, [name = '', ...rest]: readonly string[]): boolean {
  const value = (of as Readonly<Record<string, unknown>>)[name];
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0 && (name === 'authors' || name === 'languages');
  if (typeof value !== 'object' || value === null) return false;
  return rest.length > 0 ? isEmpty(value, rest) : Object.keys(value).length === 0;
}
