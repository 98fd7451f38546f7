import { align } from '../text/diff.ts';
import type { DigestedEdit } from './editChains.ts';
import type { Placed } from './outsideChange.ts';
import { plainDigest, plainText } from './plainText.ts';
import { replace } from './replacement.ts';

/** An edit must be this near to the change (ms) for its new text alone to count. */
export const window = 5 * 60_000;
/** Shorter text stands in too many places to say where it came from (UTF-16 code units, trimmed). */
const SHORTEST = 24;
/** Places of one text looked at in a file. */
const PLACES = 1000;

/**
 * Which of a change's new runs an edit tells of, when the texts before and after are not both known to
 * be the record's. Either the replacement that was asked for turns our text before into our text after,
 * or an exact new text of the edit stands in our text after and covers the run.
 */
export function toldBy(edit: DigestedEdit, fresh: readonly Placed[], before: string, after: string): Placed[] {
  if (edit.replaced && replacedGives(edit.replaced, before, after)) return [...fresh];
  const covers = newTexts(edit, after).flatMap(text => placesOf(text, after));
  return fresh.filter(run => covers.some(({ from, to }) => from <= run.at && run.at + run.length <= to));
}

function replacedGives(replaced: NonNullable<DigestedEdit['replaced']>, before: string, after: string): boolean {
  const { old, new: next, all } = replaced;
  return replace(before, { old: plainText(old), new: plainText(next), all }) === after;
}

interface Place {
  readonly from: number;
  readonly to: number;
}

/** What the edit itself brought: whole texts, or with its place when its text after is ours. */
function newTexts(edit: DigestedEdit, after: string): (string | Place)[] {
  if (edit.after === undefined) return edit.replaced ? [plainText(edit.replaced.new)] : [];
  const text = plainText(edit.after);
  // Without the text before, which part of the whole was the agent's is not known.
  if (edit.before === undefined) return [];
  const here = edit.afterDigest === plainDigest(after);
  let shift = 0;
  return align(plainText(edit.before ?? ''), text).map(({ from, to, insert }) => {
    const at = from + shift;
    shift += insert.length - (to - from);
    return here ? { from: at, to: at + insert.length } : insert;
  });
}

function placesOf(of: string | Place, text: string): Place[] {
  if (typeof of !== 'string') return [of];
  if (of.trim().length < SHORTEST) return [];
  const out: Place[] = [];
  for (let at = text.indexOf(of); at >= 0 && out.length < PLACES; at = text.indexOf(of, at + 1)) {
    out.push({ from: at, to: at + of.length });
  }
  return out;
}
