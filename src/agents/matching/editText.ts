import { type Change, ChangeSet } from '../../text/change.ts';
import { plainDigest, plainText } from '../plainText.ts';
import { type Replacement, replace } from '../reading/replacement.ts';
import type { DigestedEdit } from './editChains.ts';
import type { Range } from './explained.ts';
import type { Align } from './nearby.ts';

/** What the edit changed in the text that its record has; undefined where the record has not both whole texts. */
export function changesOf(edit: DigestedEdit, align: Align): Promise<readonly Change[] | undefined> {
  let known = changes.get(edit);
  if (known === undefined) {
    const { before, after } = edit;
    known =
      before === undefined || after === undefined
        ? Promise.resolve(undefined)
        : align(plainText(before ?? ''), plainText(after));
    changes.set(edit, known);
    known.catch(() => changes.delete(edit));
  }
  return known;
}
const changes = new WeakMap<DigestedEdit, Promise<readonly Change[] | undefined>>();

/** Where the text after has what the edit put in, sorted and disjoint; undefined where that is not known. */
export async function putIn(edit: DigestedEdit, align: Align): Promise<readonly Range[] | undefined> {
  const { after, brings } = edit;
  // Its places are those of the text as the tool had it.
  if (after !== undefined && brings && plainText(after) === after) return brings.map(([from, to]) => ({ from, to }));
  const own = await changesOf(edit, align);
  return own && placesOf(own);
}

/** Where the text after the changes has what each put in. */
function placesOf(changes: readonly Change[]): Range[] {
  let shift = 0;
  return changes.map(({ from, to, insert: { length } }) => {
    const at = from + shift;
    shift += length - (to - from);
    return { from: at, to: at + length };
  });
}

/** Where in its new text a replacement put something in, sorted and disjoint: what is around it stood there before. */
export function broughtIn(replaced: Replacement, align: Align): Promise<readonly Range[]> {
  let known = brought.get(replaced);
  if (known === undefined) {
    known = align(plainText(replaced.old), plainText(replaced.new)).then(placesOf);
    brought.set(replaced, known);
    known.catch(() => brought.delete(replaced));
  }
  return known;
}
const brought = new WeakMap<Replacement, Promise<readonly Range[]>>();

/** The words that the edit put in; empty where the record does not tell what was new. */
export async function wordsOf(edit: DigestedEdit, align: Align): Promise<ReadonlySet<string>> {
  let known = words.get(edit);
  if (known === undefined) {
    const after = plainText(edit.after ?? '');
    const put = async () => ((await putIn(edit, align)) ?? []).map(({ from, to }) => after.slice(from, to));
    const own = edit.replaced ? [edit.replaced.new] : await put();
    known = new Set(own.flatMap(wordsIn));
    words.set(edit, known);
  }
  return known;
}
const words = new WeakMap<DigestedEdit, ReadonlySet<string>>();

/** Words of letters and digits, in order. */
export function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}_]+/gu) ?? [];
}

/**
 * The text as the edit would leave it: its own text after where it began with this one, the replacement it was asked
 * for, or what it changed elsewhere in the file done here too. Undefined where none of these fits.
 */
export async function effectOn(text: string, edit: DigestedEdit, align: Align): Promise<string | undefined> {
  const { before, after, replaced, beforeDigest } = edit;
  if (after !== undefined && beforeDigest === plainDigest(text)) return plainText(after);
  if (replaced) {
    const { old, new: next, all } = replaced;
    return replace(text, { old: plainText(old), new: plainText(next), all });
  }
  const own = await changesOf(edit, align);
  if (own === undefined) return undefined;
  return rebased(text, own, await align(plainText(before ?? ''), text));
}

/** Changes of a text, done to another form of it; undefined where they meet what differs. */
function rebased(text: string, own: readonly Change[], differs: readonly Change[]): string | undefined {
  const moved: Change[] = [];
  let [next, shift] = [0, 0];
  for (const { from, to, insert } of own) {
    for (; next < differs.length && differs[next]!.to < from; next++) {
      const { from: start, to: end, insert: other } = differs[next]!;
      shift += other.length - (end - start);
    }
    if (next < differs.length && differs[next]!.from <= to) return undefined;
    moved.push({ from: from + shift, to: to + shift, insert });
  }
  return ChangeSet.of(text.length, moved).apply(text);
}
