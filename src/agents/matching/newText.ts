import { plainDigest, plainText } from '../plainText.ts';
import { replace } from '../reading/replacement.ts';
import type { DigestedEdit } from './editChains.ts';
import { broughtIn, putIn } from './editText.ts';
import type { Range } from './explained.ts';
import type { Align } from './nearby.ts';
import { Turns } from './turns.ts';

/** An edit must be this near to the change (ms) for its new text alone to count. */
export const window = 5 * 60_000;
/** Shorter text stands in too many places to say where it came from (UTF-16 code units, trimmed). */
export const SHORTEST = 24;
/** Places of one text looked at in a file. */
const PLACES = 1000;

/**
 * Where in our text after an edit's very new text stands, sorted and disjoint, when the texts before and after are not
 * both known to be the record's: all of it, if the replacement that was asked for turns our text before into our text
 * after; else whole words of each place of the text that the edit brought.
 */
export async function newTextIn(
  edit: DigestedEdit,
  before: string,
  after: string,
  align: Align,
): Promise<readonly Range[]> {
  if (edit.replaced && replacedGives(edit.replaced, before, after)) return [{ from: 0, to: after.length }];
  if (edit.replaced && edit.after === undefined) return joined(await placesIn(edit.replaced, after, align));
  const places: Range[] = [];
  const turns = new Turns();
  for (const text of new Set(await newTexts(edit, after, align))) {
    for (const place of placesOf(text, after)) places.push(place);
    await turns.next();
  }
  return joined(places);
}

function replacedGives(replaced: NonNullable<DigestedEdit['replaced']>, before: string, after: string): boolean {
  const [old, next] = [plainText(replaced.old), plainText(replaced.new)];
  // Long texts are made and compared only where they may be the same.
  if (!replaced.all && before.length - old.length + next.length !== after.length) return false;
  return replace(before, { old, new: next, all: replaced.all }) === after;
}

/** What the edit itself brought: whole texts, or with its place when its text after is ours. */
async function newTexts(edit: DigestedEdit, after: string, align: Align): Promise<(string | Range)[]> {
  // Without the text before, which part of the whole was the agent's is not known.
  const put = (await putIn(edit, align)) ?? [];
  if (edit.afterDigest === plainDigest(after)) return [...put];
  const own = plainText(edit.after ?? '');
  return put.map(({ from, to }) => own.slice(from, to));
}

function placesOf(of: string | Range, text: string): Range[] {
  if (typeof of !== 'string') return [of];
  if (of.trim().length < SHORTEST) return [];
  const out: Range[] = [];
  for (let at = text.indexOf(of); at >= 0 && out.length < PLACES; at = text.indexOf(of, at + 1)) {
    out.push(wholeWords(text, at, at + of.length));
  }
  return out;
}

/** What a replacement brought, at each place where its new text stands: a patch repeats what was there before around it. */
async function placesIn(replaced: NonNullable<DigestedEdit['replaced']>, text: string, align: Align): Promise<Range[]> {
  const own = plainText(replaced.new);
  if (own.trim().length < SHORTEST) return [];
  const parts = await broughtIn(replaced, align);
  const out: Range[] = [];
  for (let at = text.indexOf(own); at >= 0 && out.length < PLACES; at = text.indexOf(own, at + 1)) {
    const whole = wholeWords(text, at, at + own.length);
    for (const { from, to } of parts)
      out.push({ from: Math.max(at + from, whole.from), to: Math.min(at + to, whole.to) });
  }
  return out;
}

/** Sorted and disjoint. */
export function joined(ranges: readonly Range[]): Range[] {
  const out: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else if (to > from) out.push({ from, to });
  }
  return out;
}

/** Without what is only a part of a word at either end: that word is another than the record's. */
function wholeWords(text: string, from: number, to: number): Range {
  while (from < to && isLetter(text, from) && isLetter(text, from - 1)) from++;
  while (from < to && isLetter(text, to) && isLetter(text, to - 1)) to--;
  return { from, to };
}

function isLetter(text: string, at: number): boolean {
  return at >= 0 && at < text.length && /[\p{L}\p{N}\p{M}_]/u.test(text[at]!);
}
