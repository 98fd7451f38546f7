import { type Json, type Step, valueAt } from '../../evidence/work/edit.ts';
import { type Fields, workForm } from '../../evidence/work/form.ts';

/** What the page asks to be done to the description. `id` rises with each. */
export type Asked =
  /** A text was written; an empty one takes the field away. A list of texts stands for all of it. */
  | {
      readonly kind: 'set';
      readonly id: number;
      readonly path: readonly Step[];
      readonly value: string | readonly string[];
    }
  /** An item more, at the end. */
  | {
      readonly kind: 'add';
      readonly id: number;
      readonly path: readonly Step[];
      readonly item: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'remove'; readonly id: number; readonly path: readonly Step[] }
  /** An item to another place in its list. */
  | {
      readonly kind: 'move';
      readonly id: number;
      readonly path: readonly Step[];
      readonly from: number;
      readonly to: number;
    }
  /** The author says that there are none, or takes that back. */
  | { readonly kind: 'none'; readonly id: number; readonly path: readonly Step[]; readonly none: boolean };

/** A value that is to stand at a path; `undefined`: none. */
export interface Change {
  readonly path: readonly Step[];
  readonly value: Json | undefined;
}

/** What comes from the page, or nothing if it is none of these. */
export function askedIn(message: unknown): Asked | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { kind, id, path, value, item, from, to, none } = message as Fields;
  if (typeof id !== 'number' || !isPath(path)) return undefined;
  switch (kind) {
    case 'set':
      return typeof value === 'string' || isTexts(value) ? { kind, id, path, value } : undefined;
    case 'add':
      return isItem(item) ? { kind, id, path, item } : undefined;
    case 'remove':
      return { kind, id, path };
    case 'move':
      return typeof from === 'number' && typeof to === 'number' ? { kind, id, path, from, to } : undefined;
    case 'none':
      return typeof none === 'boolean' ? { kind, id, path, none } : undefined;
  }
  return undefined;
}

/** The changes that do what was asked to the description `json`; what stands there in a shorter form is written out. */
export function changesFor(json: unknown, asked: Asked): readonly Change[] {
  const { path } = asked;
  const there = valueAt(json, path);
  switch (asked.kind) {
    case 'set': {
      const { value } = asked;
      const empty = typeof value === 'string' ? value.trim() === '' : value.length === 0;
      if (empty && there === undefined) return [];
      // An item's name that was emptied stays, empty: the item has more to say.
      const kept = empty && typeof value === 'string' && isMain(path) ? '' : undefined;
      return [
        ...writtenOut(json, path),
        { path, value: empty ? kept : typeof value === 'string' ? value : [...value] },
      ];
    }
    case 'add': {
      const list = Array.isArray(there) ? there.length : 0;
      const wrong = there !== undefined && !Array.isArray(there) ? [{ path, value: [] }] : [];
      return [...wrong, { path: [...path, list], value: { ...asked.item } }];
    }
    case 'remove':
      return there === undefined ? [] : [{ path, value: undefined }];
    case 'move': {
      const { from, to } = asked;
      if (!Array.isArray(there) || !(from in there) || !(to in there) || from === to) return [];
      return [{ path, value: there.toSpliced(from, 1).toSpliced(to, 0, there[from] as Json) as Json[] }];
    }
    case 'none':
      return asked.none
        ? [{ path, value: [] }]
        : Array.isArray(there) && there.length === 0
          ? [{ path, value: undefined }]
          : [];
  }
}

/** A title that is one text, and an author who is a name: the same as objects, so that more can be said. */
function writtenOut(json: unknown, path: readonly Step[]): Change[] {
  const holder = path.slice(0, -1);
  const there = valueAt(json, holder);
  if (holder.length === 0 || there === undefined) return [];
  if (typeof there === 'object' && there !== null) return [];
  const [name = ''] = holder;
  const field = (workForm as Readonly<Record<string, { readonly is: string; readonly main?: string }>>)[name];
  const main = field?.is === 'worded' ? 'und' : field?.is === 'list' ? field.main : undefined;
  // What is of a wrong form says nothing; the author writes over it.
  return [{ path: holder, value: main !== undefined && typeof there === 'string' ? { [main]: there } : {} }];
}

function isMain([list = '', rank, name, ...rest]: readonly Step[]): boolean {
  const field = (workForm as Readonly<Record<string, { readonly main?: string }>>)[list];
  return typeof rank === 'number' && rest.length === 0 && name !== undefined && field?.main === name;
}

function isPath(value: unknown): value is readonly Step[] {
  const steps = (all: readonly unknown[]) =>
    all.every(step => (typeof step === 'string' && step !== '__proto__') || Number.isSafeInteger(step));
  return Array.isArray(value) && typeof value[0] === 'string' && Object.hasOwn(workForm, value[0]) && steps(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(one => typeof one === 'string');
}

function isItem(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(one => typeof one === 'string');
}
