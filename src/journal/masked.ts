import { blankOf } from './blank.ts';
import type { Content } from './content.ts';
import type { JournalEvent } from './event.ts';
import { hasSerials, spansOf } from './eventSpans.ts';
import { isSpace } from './parts.ts';
import type { Replay } from './replay.ts';
import { SerialSet } from './serialSet.ts';

/**
 * The author's files and editors still hold the words that were taken out of the record. What comes from them is
 * compared but for the blanks, and written down with blanks where the record has them: so the characters keep their
 * origin, and the words do not come back into the record from the places that they were taken out of. What cannot be
 * told: a word of the same length that another program put into such a place.
 */

const sets = new WeakMap<object, { readonly count: number; readonly set: SerialSet }>();

/** Serials of all characters that were taken out. */
export function takenSerials({ redactions }: Pick<Replay, 'redactions'>): SerialSet {
  const known = sets.get(redactions);
  if (known?.count === redactions.length) return known.set;
  const set = SerialSet.of(redactions.flatMap(({ ranges }) => ranges));
  sets.set(redactions, { count: redactions.length, set });
  return set;
}

/** Whether words were taken out of a text as it stands. */
export function hasBlanks(replay: Pick<Replay, 'redactions'>, { provenance }: Content): boolean {
  return replay.redactions.length > 0 && takenSerials(replay).touchesAny(provenance.spans());
}

/** A text with blanks where the recorded one has them and says the same around them; the text itself where none does. */
export function masked(replay: Pick<Replay, 'redactions'>, { text, provenance }: Content, coming: string): string {
  if (replay.redactions.length === 0) return coming;
  const wild = new Uint8Array(text.length);
  for (const { from, to } of takenSerials(replay).within(provenance.spans())) wild.fill(1, from, to);
  return wild.includes(1) ? maskedBy(text.toString(), wild, coming) : coming;
}

/** The event with blanks for characters that were taken out and come again, by undo or pasted: their words do not. */
export function withoutTaken(event: JournalEvent, replay: Replay): JournalEvent {
  if (replay.redactions.length === 0 || !hasSerials(event) || event.texts === undefined) return event;
  const taken = takenSerials(replay);
  const spans = spansOf(event);
  const texts = event.texts.map((text, rank) => {
    let out = text;
    for (const { from, to } of taken.within(spans[rank] ?? []))
      out = out.slice(0, from) + blankOf(text.slice(from, to)) + out.slice(to);
    return out;
  });
  return texts.every((text, i) => text === event.texts?.[i]) ? event : { ...event, texts };
}

interface Comparison {
  readonly recorded: string;
  /** 1 for each unit of it that was taken out. */
  readonly wild: Uint8Array;
  readonly coming: string;
}

function maskedBy(recorded: string, wild: Uint8Array, coming: string): string {
  const of: Comparison = { recorded, wild, coming };
  const most = Math.min(recorded.length, coming.length);
  let start = 0;
  while (start < most && agrees(of, start, start)) start++;
  // Where what stands beside a blank differs, another word may stand in its place.
  while (start > 0 && start < recorded.length && wild[start - 1] === 1) start--;
  const [behind, late] = [recorded.length, coming.length];
  let end = 0;
  while (end < most - start && agrees(of, behind - 1 - end, late - 1 - end)) end++;
  while (end > 0 && end < behind && wild[behind - end] === 1) end--;
  const units = coming.split('');
  mask(of, units, 0, 0, start);
  mask(of, units, behind - end, late - end, end);
  maskLines(of, units, start, end);
  return units.join('');
}

/** Lines between the equal ends: each with blanks is looked for among those that came, in order. */
function maskLines(of: Comparison, units: string[], start: number, end: number): void {
  const { recorded, wild, coming } = of;
  const theirs = linesIn(coming, start, coming.length - end);
  let next = 0;
  for (const own of linesIn(recorded, start, recorded.length - end)) {
    if (!wild.subarray(own.from, own.to).includes(1)) continue;
    const length = own.to - own.from;
    const found = theirs.findIndex(({ from, to }, i) => {
      if (i < next || to - from !== length) return false;
      for (let k = 0; k < length; k++) if (!agrees(of, own.from + k, from + k)) return false;
      return true;
    });
    if (found < 0) continue;
    mask(of, units, own.from, theirs[found]!.from, length);
    next = found + 1;
  }
}

/** Lines that a run of a text touches, whole. */
function linesIn(text: string, from: number, to: number): { readonly from: number; readonly to: number }[] {
  const lines: { from: number; to: number }[] = [];
  for (let at = text.lastIndexOf('\n', from - 1) + 1; at < to; ) {
    const stop = text.indexOf('\n', at);
    const end = stop < 0 ? text.length : stop;
    lines.push({ from: at, to: end });
    at = end + 1;
  }
  return lines;
}

/** A blank stands for a unit of a word: nothing that was taken out had white space. */
function agrees({ recorded, wild, coming }: Comparison, at: number, there: number): boolean {
  if (wild[at] === 1) return !isSpace(coming.charCodeAt(there));
  return recorded.charCodeAt(at) === coming.charCodeAt(there);
}

/** Blanks where the record has them, over a run that is the same but for them. */
function mask({ wild }: Comparison, units: string[], from: number, at: number, length: number): void {
  for (let i = 0; i < length; i++) if (wild[from + i] === 1) units[at + i] = blankOf(units[at + i]!);
}
