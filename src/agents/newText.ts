import type { DigestedEdit } from './editChains.ts';
import type { Align } from './nearby.ts';
import type { Placed } from './outsideChange.ts';
import { plainDigest, plainText } from './plainText.ts';
import { replace } from './replacement.ts';

/** An edit must be this near to the change (ms) for its new text alone to count. */
export const window = 5 * 60_000;
/** Shorter text stands in too many places to say where it came from (UTF-16 code units, trimmed). */
const SHORTEST = 24;
/** Places of one text looked at in a file. */
const PLACES = 1000;
/** Milliseconds of searching after which others have their turn. */
const TURN = 3;

/**
 * Which of a change's new runs an edit tells of, when the texts before and after are not both known to
 * be the record's. Either the replacement that was asked for turns our text before into our text after,
 * or an exact new text of the edit stands in our text after and covers the run.
 */
export async function toldBy(
  edit: DigestedEdit,
  fresh: readonly Placed[],
  before: string,
  after: string,
  align: Align,
): Promise<Placed[]> {
  if (fresh.length === 0) return [];
  if (edit.replaced && replacedGives(edit.replaced, before, after)) return [...fresh];
  const covers: Place[] = [];
  let end = performance.now() + TURN;
  for (const text of new Set(await newTexts(edit, after, align))) {
    for (const place of placesOf(text, after)) covers.push(place);
    if (performance.now() < end) continue;
    await new Promise(resolve => setImmediate(resolve));
    end = performance.now() + TURN;
  }
  return coveredBy(covers, fresh);
}

/** The runs, which are in the order of the text, of which each lies in one of the places. */
function coveredBy(places: readonly Place[], runs: readonly Placed[]): Placed[] {
  const sorted = [...places].sort((a, b) => a.from - b.from);
  let next = 0;
  let reach = 0;
  return runs.filter(({ at, length }) => {
    for (; next < sorted.length && sorted[next]!.from <= at; next++) reach = Math.max(reach, sorted[next]!.to);
    return at + length <= reach;
  });
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
async function newTexts(edit: DigestedEdit, after: string, align: Align): Promise<(string | Place)[]> {
  if (edit.after === undefined) return edit.replaced ? [plainText(edit.replaced.new)] : [];
  const text = plainText(edit.after);
  // Without the text before, which part of the whole was the agent's is not known.
  if (edit.before === undefined) return [];
  const here = edit.afterDigest === plainDigest(after);
  let shift = 0;
  return (await align(plainText(edit.before ?? ''), text)).map(({ from, to, insert }) => {
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
