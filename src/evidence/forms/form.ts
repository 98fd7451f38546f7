import type { PackageLanguage } from '../manifest.ts';

/** A paper that a person files, signs or copies from, as plain data: `markup.ts`, `word.ts` and `plain.ts` draw it. */
export interface Form {
  /** Of its files, without an ending: ASCII. */
  readonly name: string;
  /** The same in one language each, the first to be read first. */
  readonly parts: readonly FormPart[];
  /** Also to be had as plain text, for forms whose lines are copied into a web page. */
  readonly plain?: true;
}

export interface FormPart {
  readonly language: PackageLanguage;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly is: 'heading'; readonly text: string }
  /** `small`: a remark. `own`: words of a person, to be shown as they were written. */
  | { readonly is: 'text'; readonly text: string; readonly look?: 'small' | 'own' }
  | { readonly is: 'fields'; readonly fields: readonly FormField[] }
  /** `boxes`: each to be ticked by a person. */
  | { readonly is: 'list'; readonly items: readonly string[]; readonly boxes?: true }
  | { readonly is: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly Cell[])[] }
  /** Lines to write on by hand. */
  | { readonly is: 'lines'; readonly count: number }
  /** Each with a line to write on. */
  | { readonly is: 'signature'; readonly labels: readonly string[] };

/** A value that stands alone in its cell, ready to be copied. */
export interface FormField {
  readonly label: string;
  /** Null: nobody gave it; shown as empty. */
  readonly value: string | null;
  /** Who says it: the author in `holograph.json`, the record, the form itself, or nobody yet: a person fills it in. */
  readonly by: 'author' | 'record' | 'form' | 'person';
}

export type Cell = string | null;

/** What the author states; empty where it is not stated, or only of white space. */
export function authored(label: string, value: string | undefined): FormField {
  return { label, value: value === undefined || value.trim() === '' ? null : value, by: 'author' };
}

export function recorded(label: string, value: string | null): FormField {
  return { label, value, by: 'record' };
}

/** For a person to fill in. */
export function open(label: string): FormField {
  return { label, value: null, by: 'person' };
}

export function heading(text: string): Block {
  return { is: 'heading', text };
}

export function text(text: string, look?: 'small' | 'own'): Block {
  return { is: 'text', text, ...(look && { look }) };
}

export function fields(...fields: readonly FormField[]): Block {
  return { is: 'fields', fields };
}

export function boxes(items: readonly string[]): Block {
  return { is: 'list', items, boxes: true };
}

/** A table; where it has no rows, the words for that. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], none: string): Block {
  return rows.length === 0 ? text(none, 'small') : { is: 'table', head, rows };
}
