import type { Classified } from '../classify/classify.ts';
import { insertAnswer } from '../classify/commands.ts';
import type { Step } from '../classify/step.ts';
import { sameOrigin } from '../provenance/origin.ts';
import { type Change, ChangeSet } from '../text/change.ts';
import { commonEnds } from '../text/lines.ts';
import type { PendingStep } from './pending.ts';

/** The text before a step: UTF-16 code units, half-open. */
interface Text {
  readonly length: number;
  slice(from: number, to: number): string;
}

/** How far a word, and what stands between two words, is looked into (code units). */
const far = 64;
/** So many places are always looked at; of more only those that no keys at as many carets can have made. */
const few = 16;
/** More places than this are taken as they are: it is the editor's thread that looks. */
const most = 1000;
/** Nor are the letters of more text than this compared, all places together. */
const much = 8000;

/**
 * A step's changes, those inside a word as one that changes the whole word. An editor that puts in another's text at
 * several places changes as few letters as it can, so that letters stay which the old word and the new one happen to
 * share; they are no work of the old one's author. Undefined: there are none such.
 */
export function wholeWords(changes: readonly Change[], text: Text): PendingStep['words'] {
  const { length } = changes;
  if (length === 0 || length > most || (length > few && changes.every(isKey))) return undefined;
  if (length === 1 && !isRewriting(changes[0]!, text)) return undefined;
  if (isMoving(changes, text)) return undefined;
  const whole: Change[] = [];
  let found = false;
  for (let first = 0, next = 1; first < changes.length; first = next, next = first + 1) {
    while (next < changes.length && isWithin(changes[next - 1]!, changes[next]!, text)) next++;
    const own = changes.slice(first, next);
    const room = { from: whole.at(-1)?.to ?? 0, to: changes[next]?.from ?? text.length };
    const wide = own.length > 1 || isRewriting(own[0]!, text) ? joined(own, text, room) : own[0]!;
    found ||= wide.to - wide.from > own.at(-1)!.to - own[0]!.from || own.length > 1;
    whole.push(wide);
  }
  if (!found) return undefined;
  const set = ChangeSet.of(text.length, whole);
  // Together they may change nothing.
  if (set.changes.length === 0) return undefined;
  return { changes: set, removed: set.changes.map(({ from, to }) => text.slice(from, to)) };
}

/**
 * The step by whole words, if no person is known to have made it, or, of one change alone, an AI is: what of them stays is
 * found as for any rewrite.
 */
export function inWords(
  pending: PendingStep,
  step: Step,
  parts: Classified,
): { readonly pending: PendingStep; readonly step: Step; readonly parts: Classified } {
  const { words, observation, joined, titled } = pending;
  const asIs = { pending, step, parts };
  // A key's step has none: nothing else is looked at.
  if (!words) return asIs;
  const [found, ...others] = parts.flat();
  if (!found || observation.by !== 'editor' || observation.transfer || joined || titled) return asIs;
  const { origin } = found;
  // One change may be a keyless person's: an accent that is chosen; and an answer comes in the place that they chose.
  const known = origin.kind.startsWith('ai.') && observation.mark !== insertAnswer;
  if (pending.changes.changes.length === 1 && !known) return asIs;
  if (origin.kind !== 'unknown' && !origin.kind.startsWith('ai.')) return asIs;
  if (!others.every(part => sameOrigin(part.origin, origin))) return asIs;
  const { changes } = words.changes;
  return {
    pending: { ...pending, ...words },
    step: {
      observation,
      replacements: changes.map(({ insert }, i) => ({ removed: words.removed[i]!, inserted: insert })),
    },
    parts: changes.map(({ insert: { length } }) => (length === 0 ? [] : [{ length, origin }])),
  };
}

/** As a key at one of several carets makes it. */
function isKey({ from, to, insert }: Change): boolean {
  return to === from && insert.length < 2;
}

/** Whether what stands between two changes is letters of a word that they change. */
function isWithin(a: Change, b: Change, text: Text): boolean {
  if (b.from === a.to || b.from - a.to > far) return false;
  if (!/[\p{L}\p{N}\p{M}_]$/u.test(a.insert) && !/^[\p{L}\p{N}\p{M}_]/u.test(b.insert)) return false;
  return /^[\p{L}\p{N}\p{M}_]+$/u.test(text.slice(a.to, b.from));
}

/** Whether other letters come in the place of some. */
function isRewriting({ from, to, insert }: Change, text: Text): boolean {
  if (to === from || insert === '' || to - from > far || insert.length > far) return false;
  const old = text.slice(from, to);
  const { start, end } = commonEnds(old, insert);
  // What it begins or ends with, or both, stands there already: that is put in between letters, and changes none.
  if (start + end === old.length) return false;
  return lettersOf(old) !== '' && lettersOf(insert) !== '' && isOther(old, insert);
}

/** Whether the step puts in the letters that it takes out. */
function isMoving(changes: readonly Change[], text: Text): boolean {
  if (changes.reduce((n, { from, to, insert }) => n + to - from + insert.length, 0) > much) return false;
  const old = changes.map(({ from, to }) => text.slice(from, to)).join('');
  return !isOther(old, changes.map(({ insert }) => insert).join(''));
}

/** Whether there is more to it than another case or order. */
function isOther(old: string, now: string): boolean {
  return lettersOf(old) !== lettersOf(now);
}

/** In lower case, in the order of the alphabet. */
function lettersOf(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}\p{M}_]/gu) ?? []).sort().join('');
}

/** Changes as one, from the beginning of the first one's word to the end of the last one's, as far as there is room. */
function joined(changes: readonly Change[], text: Text, room: { readonly from: number; readonly to: number }): Change {
  const [first, last] = [changes[0]!, changes.at(-1)!];
  const head = text.slice(Math.max(room.from, first.from - far), first.from);
  const tail = text.slice(last.to, Math.min(room.to, last.to + far));
  const before = /[\p{L}\p{N}\p{M}_]*$/u.exec(head)![0];
  const behind = /^[\p{L}\p{N}\p{M}_]*/u.exec(tail)![0];
  let insert = before;
  let at = first.from;
  for (const change of changes) {
    insert += text.slice(at, change.from) + change.insert;
    at = change.to;
  }
  return { from: first.from - before.length, to: last.to + behind.length, insert: insert + behind };
}
