/**
 * What the author says of the work: `holograph.json` at the folder's root. Its form is published as
 * `media/schema/holograph.schema.json`. Nothing is invented: a field that is absent is empty here and
 * is shown as empty; a field of the wrong form is a problem and empty too.
 */
export interface WorkDescription {
  /** The work's id, as the journal's first event has it. */
  readonly work?: string;
  /** By language of the title; `und` when the file gives one title without saying its language. */
  readonly title: Readonly<Partial<Record<'en' | 'ru' | 'kk' | 'und', string>>>;
  readonly kind?: WorkKind;
  readonly authors: readonly Author[];
  /** BCP 47 tags of the languages the work is written in. */
  readonly languages: readonly string[];
  /** Paths relative to the folder, in the order of the work; empty: all recorded files, by path. */
  readonly files: readonly string[];
  readonly profile?: Profile;
}

export interface Author {
  readonly name: string;
  /** What this author did, in the author's words. */
  readonly role?: string;
}

export const workKinds = [
  'literary',
  'scholarly',
  'screenplay',
  'program',
  'database',
  'composite',
  'derivative',
  'prompt',
  'other',
] as const;
export type WorkKind = (typeof workKinds)[number];

export const profiles = ['kz-contribution', 'kz-composite', 'kz-prompt', 'kz-program', 'us', 'generic'] as const;
export type Profile = (typeof profiles)[number];

export const emptyWork: WorkDescription = { title: {}, authors: [], languages: [], files: [] };

export interface WorkReading {
  readonly work: WorkDescription;
  readonly problems: readonly WorkProblem[];
}

/** `field`: JSON pointer into the file. */
export interface WorkProblem {
  readonly field: string;
  readonly what:
    | 'notJson'
    | 'notText'
    | 'notList'
    | 'notObject'
    | 'notAllowed'
    | 'notRelative'
    | 'repeated'
    | 'unknownField';
}

/** Reads the file's text; `undefined`: there is no file. Never throws. */
export function readWork(text: string | undefined): WorkReading {
  if (text === undefined) return { work: emptyWork, problems: [] };
  const problems: WorkProblem[] = [];
  const json = parse(text.replace(/^\ufeff/, ''));
  if (!isObject(json))
    return { work: emptyWork, problems: [{ field: '', what: json === undefined ? 'notJson' : 'notObject' }] };
  const field = new Fields(json, problems);
  const work = {
    ...optional('work', field.text('work')),
    title: field.title(),
    ...optional('kind', field.oneOf('kind', workKinds)),
    authors: field.authors(),
    languages: field.texts('languages'),
    files: field.paths('files'),
    ...optional('profile', field.oneOf('profile', profiles)),
  };
  const known = ['$schema', 'work', 'title', 'kind', 'authors', 'languages', 'files', 'profile'];
  for (const name of Object.keys(json))
    if (!known.includes(name)) problems.push({ field: pointer(name), what: 'unknownField' });
  return { work, problems };
}

/** Fields that a report or a package shows as empty: named before export, so that the person can fill them. */
export function emptyFields(work: WorkDescription): readonly string[] {
  const empty: string[] = [];
  if (Object.keys(work.title).length === 0) empty.push('title');
  if (work.kind === undefined) empty.push('kind');
  if (work.authors.length === 0) empty.push('authors');
  if (work.languages.length === 0) empty.push('languages');
  return empty;
}

class Fields {
  readonly #json: Readonly<Record<string, unknown>>;
  readonly #problems: WorkProblem[];

  constructor(json: Readonly<Record<string, unknown>>, problems: WorkProblem[]) {
    this.#json = json;
    this.#problems = problems;
  }

  text(name: string): string | undefined {
    return this.#textOf(this.#json[name], pointer(name));
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = allowed.find(value => value === text);
    if (found === undefined) this.#problem(pointer(name), 'notAllowed');
    return found;
  }

  texts(name: string): readonly string[] {
    return this.#list(name).flatMap((item, rank) => this.#textOf(item, pointer(name, rank)) ?? []);
  }

  paths(name: string): readonly string[] {
    const paths = new Set<string>();
    this.texts(name).forEach((path, rank) => {
      if (/^([/\\]|[a-z]:)|\\|(^|\/)\.{0,2}(\/|$)/i.test(path)) this.#problem(pointer(name, rank), 'notRelative');
      else if (paths.has(path)) this.#problem(pointer(name, rank), 'repeated');
      else paths.add(path);
    });
    return [...paths];
  }

  title(): WorkDescription['title'] {
    const title = this.#json.title;
    if (!isObject(title)) return optional('und', this.text('title'));
    const texts: { -readonly [L in keyof WorkDescription['title']]: WorkDescription['title'][L] } = {};
    for (const [language, value] of Object.entries(title)) {
      if (!isTitleLanguage(language)) {
        this.#problem(pointer('title', language), 'unknownField');
        continue;
      }
      const text = this.#textOf(value, pointer('title', language));
      if (text !== undefined) texts[language] = text;
    }
    return texts;
  }

  authors(): readonly Author[] {
    return this.#list('authors').flatMap((item, rank): readonly Author[] => {
      if (typeof item === 'string') return item.trim() === '' ? [] : [{ name: item.trim() }];
      if (!isObject(item)) return this.#problem(pointer('authors', rank), 'notObject');
      const name = this.#textOf(item.name, pointer('authors', rank, 'name'));
      const role = this.#textOf(item.role, pointer('authors', rank, 'role'));
      return name === undefined ? [] : [{ name, ...optional('role', role) }];
    });
  }

  #list(name: string): readonly unknown[] {
    const list = this.#json[name];
    if (list === undefined || Array.isArray(list)) return list ?? [];
    return this.#problem(pointer(name), 'notList');
  }

  #textOf(value: unknown, field: string): string | undefined {
    if (typeof value === 'string' && value.isWellFormed()) return value.trim() === '' ? undefined : value.trim();
    if (value !== undefined) this.#problem(field, 'notText');
    return undefined;
  }

  #problem(field: string, what: WorkProblem['what']): readonly never[] {
    this.#problems.push({ field, what });
    return [];
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Why a person's file is no JSON is shown by the editor; here it is one problem.
    return undefined;
  }
}

function isTitleLanguage(language: string): language is keyof WorkDescription['title'] {
  return language === 'en' || language === 'ru' || language === 'kk' || language === 'und';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optional<K extends string, V>(name: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [P in K]: V });
}

function pointer(...parts: readonly (string | number)[]): string {
  return parts.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
