import type { Field, Fields, Form } from './form.ts';

/** `field`: JSON pointer into the file. */
export interface WorkProblem {
  readonly field: string;
  readonly what: (typeof workProblems)[number];
}

export const workProblems = [
  'notJson',
  'notText',
  'notList',
  'notObject',
  'notAllowed',
  'notRelative',
  'notDay',
  'notExhibit',
  'notShare',
  'notCount',
  'notFlag',
  'missing',
  'repeated',
  'unknownField',
] as const;

export const titleLanguages = ['en', 'ru', 'kk', 'und'] as const;

/** What a JSON object says in the fields of a form; what it does not say, or wrongly, is absent. `beside`: other names that it may have. */
export function fieldsIn(
  json: Fields,
  form: Form,
  problems: WorkProblem[],
  beside: readonly string[] = [],
  at: readonly Step[] = [],
): Record<string, unknown> {
  const note: Note = (where, what) => void problems.push({ field: pointer(...where), what });
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(form)) {
    const value = json[name];
    const found = value === undefined ? undefined : readAs(value, field, [...at, name], note, problems);
    if (found !== undefined) read[name] = found;
  }
  for (const name of Object.keys(json))
    if (!Object.hasOwn(form, name) && !beside.includes(name)) note([...at, name], 'unknownField');
  return read;
}

/** The value that a text of JSON has; undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // Why a person's file is no JSON is shown by the editor; here it is one problem.
    return undefined;
  }
}

/** JSON pointer (RFC 6901). */
export function pointer(...steps: readonly Step[]): string {
  return steps.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

type Step = string | number;
type Note = (at: readonly Step[], what: WorkProblem['what']) => void;

function readAs(value: unknown, field: Field, at: readonly Step[], note: Note, problems: WorkProblem[]): unknown {
  switch (field.is) {
    case 'text':
    case 'day':
    case 'choice':
      return fitting(textOf(value, at, note), field, at, note);
    case 'worded':
      return isObject(value) ? wordedOf(value, at, note) : optional('und', textOf(value, at, note));
    case 'texts':
      return textsOf(value, field, at, note);
    case 'group': {
      if (!isObject(value)) return void note(at, 'notObject');
      const read = fieldsIn(value, field.of, problems, [], at);
      return Object.keys(read).length === 0 ? undefined : read;
    }
    case 'list':
      return itemsOf(value, field, at, note, problems);
  }
}

/** A text that its field allows. */
function fitting(
  text: string | undefined,
  field: Extract<Field, { is: 'text' | 'day' | 'choice' }>,
  at: readonly Step[],
  note: Note,
): string | undefined {
  if (text === undefined) return undefined;
  if (field.is === 'choice' && !field.of.includes(text)) return void note(at, 'notAllowed');
  if (field.is === 'day' && !isDay(text)) return void note(at, 'notDay');
  if (field.is === 'text' && field.exhibit && !/^EX-\d{2,}$/.test(text)) return void note(at, 'notExhibit');
  return text;
}

function textsOf(value: unknown, field: Extract<Field, { is: 'texts' }>, at: readonly Step[], note: Note) {
  if (!Array.isArray(value)) return void note(at, 'notList');
  const texts: string[] = [];
  value.forEach((item: unknown, rank) => {
    const text = textOf(item, [...at, rank], note);
    if (text === undefined) return;
    if (field.relative && !isRelative(text)) note([...at, rank], 'notRelative');
    else if (field.relative && texts.includes(text)) note([...at, rank], 'repeated');
    else texts.push(text);
  });
  return texts;
}

/** Nothing where there are items and none can be read: that is not what an empty list says. */
function itemsOf(
  value: unknown,
  { of, main, short }: Extract<Field, { is: 'list' }>,
  at: readonly Step[],
  note: Note,
  problems: WorkProblem[],
) {
  if (!Array.isArray(value)) return void note(at, 'notList');
  const items = value.flatMap((item: unknown, rank): Record<string, unknown>[] => {
    const own = [...at, rank];
    if (short && typeof item === 'string') {
      const name = textOf(item, own, note);
      return name === undefined ? [] : [{ [main]: name }];
    }
    if (!isObject(item)) {
      note(own, 'notObject');
      return [];
    }
    const before = problems.length;
    const read = fieldsIn(item, of, problems, [], own);
    if (read[main] !== undefined) return [read];
    if (problems.length === before) note([...own, main], 'missing');
    return [];
  });
  return items.length === 0 && value.length > 0 ? undefined : items;
}

function wordedOf(value: Fields, at: readonly Step[], note: Note): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [language, given] of Object.entries(value)) {
    const known = titleLanguages.find(one => one === language);
    const text = known && textOf(given, [...at, language], note);
    if (known === undefined) note([...at, language], 'unknownField');
    else if (text !== undefined) texts[known] = text;
  }
  return texts;
}

function textOf(value: unknown, at: readonly Step[], note: Note): string | undefined {
  if (typeof value === 'string' && value.isWellFormed()) return value.trim() || undefined;
  note(at, 'notText');
  return undefined;
}

/** Whether it is a day, a month or a year that there is, as `2026-11-20`. */
export function isDay(text: string): boolean {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === `${year}-${month}-${day}`;
}

function isRelative(path: string): boolean {
  return !/^([/\\]|[a-z]:)|\\|(^|\/)\.{0,2}(\/|$)/i.test(path);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optional(name: string, text: string | undefined): Record<string, string> | undefined {
  return text === undefined ? undefined : { [name]: text };
}
