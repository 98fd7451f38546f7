import type { Classified } from '../classify/classify.ts';
import type { Step } from '../classify/step.ts';
import { sameOrigin } from '../provenance/origin.ts';
import { type Change, ChangeSet } from '../text/change.ts';
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

/**
 * A step's changes with those as one that one word, or words without another between them, parts. An editor that puts in
 * another's text changes as few letters as it can, so that letters stay which the old word and the new one happen to
 * share; they are no work of the old one's author. Undefined: there are none such.
 */
export function wholeWords(changes: readonly Change[], text: Text): PendingStep['words'] {
  if (changes.length < 2 || (changes.length > few && changes.every(isKey))) return undefined;
  const whole: Change[] = [];
  for (let first = 0, next = 1; first < changes.length; first = next, next = first + 1) {
    while (next < changes.length && isNear(changes[next - 1]!, changes[next]!, text)) next++;
    whole.push(next === first + 1 ? changes[first]! : joined(changes.slice(first, next), text));
  }
  if (whole.length === changes.length) return undefined;
  const set = ChangeSet.of(text.length, whole);
  // Together they may change nothing.
  if (set.changes.length === 0) return undefined;
  return { changes: set, removed: set.changes.map(({ from, to }) => text.slice(from, to)) };
}

/** The step by whole words, if no person is known to have made it: what of them stays is found as for any rewrite. */
export function inWords(
  pending: PendingStep,
  step: Step,
  parts: Classified,
): { readonly pending: PendingStep; readonly step: Step; readonly parts: Classified } {
  const { words, observation, joined, titled } = pending;
  const [found, ...others] = parts.flat();
  const asIs = { pending, step, parts };
  if (!words || !found || observation.by !== 'editor' || observation.transfer || joined || titled) return asIs;
  const { origin } = found;
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

/** Whether no whole word stands between two changes. */
function isNear(a: Change, b: Change, text: Text): boolean {
  if (b.from - a.to > 2 * far) return false;
  return !/[^\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}_]+[^\p{L}\p{N}\p{M}_]/u.test(text.slice(a.to, b.from));
}

/** Changes as one, from the beginning of the first one's word to the end of the last one's. */
function joined(changes: readonly Change[], text: Text): Change {
  const [first, last] = [changes[0]!, changes.at(-1)!];
  const before = /[\p{L}\p{N}\p{M}_]*$/u.exec(text.slice(Math.max(0, first.from - far), first.from))![0];
  const behind = /^[\p{L}\p{N}\p{M}_]*/u.exec(text.slice(last.to, Math.min(text.length, last.to + far)))![0];
  let insert = before;
  let at = first.from;
  for (const change of changes) {
    insert += text.slice(at, change.from) + change.insert;
    at = change.to;
  }
  return { from: first.from - before.length, to: last.to + behind.length, insert: insert + behind };
}
