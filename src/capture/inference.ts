import { composedOf } from '../classify/composition.ts';
import { caretIn } from '../classify/graphemes.ts';
import { isOpenKey, longestRun, type Neighbour, partsOf, typedByNeighbours } from '../classify/neighbours.ts';
import type { Step } from '../classify/step.ts';
import type { Finding } from '../journal/event.ts';
import type { Origin } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { PendingStep } from './pending.ts';

/** A finding revised by what came after it. */
export interface Revision {
  readonly ranges: readonly Span[];
  readonly origin: Origin;
}

interface Past extends Neighbour {
  readonly first: number;
}

/** Remembers the last steps of one text, to name keystrokes that left no kind of their own. Mutable. */
export class Inference {
  #before: Past | undefined;
  #open: Past[] = [];

  /** The next step, as understood; its new characters begin at serial `first`. What it tells of those before it. */
  next(pending: PendingStep, step: Step, findings: readonly Finding[], first: number): readonly Revision[] | undefined {
    const now = past(pending, step, findings, first, this.#open.at(-1) ?? this.#before);
    if (isOpenKey(now) && findings.every(f => f.kind === 'unknown') && this.#open.length < longestRun) {
      this.#open.push(now);
      return undefined;
    }
    const [before, open] = [this.#before, this.#open];
    this.#before = now;
    this.#open = [];
    return typedByNeighbours(before, open, now) ? open.flatMap(revisions) : undefined;
  }

  /** The text changed in some other way: what went before says nothing any more. */
  clear(): void {
    this.#before = undefined;
    this.#open = [];
  }
}

function revisions({ only, first }: Past): Revision[] {
  let serial = first;
  return partsOf(only!.inserted).map(({ length, origin }) => {
    const ranges = [{ length, serial }];
    serial += length;
    return { ranges, origin };
  });
}

function past(
  pending: PendingStep,
  step: Step,
  findings: readonly Finding[],
  first: number,
  previous: Past | undefined,
): Past {
  const { observation: o, time } = pending;
  const only = composed(pending, step, previous) ?? insertion(pending, step, previous);
  const all = only !== undefined && findings.reduce((n, f) => n + f.length, 0) === only.inserted.length;
  return {
    time,
    ...(all ? { only } : {}),
    keyboard: findings[0]?.kind === 'typed' && findings[0].basis === 'asserted',
    bare:
      o.by === 'editor' &&
      !o.reason &&
      // A kind that was seen and did not make it a keystroke speaks against one: only none leaves it open.
      !o.selection &&
      !o.mark &&
      !o.transfer &&
      !o.saving &&
      !o.eol &&
      !o.detailedReason,
    first,
  };
}

/** The one letter that an input method puts in the place of the one before: the caret stays, and no event says so. */
function composed({ at, changes }: PendingStep, { replacements }: Step, previous: Past | undefined): Past['only'] {
  const [change, more] = changes.changes;
  if (at !== 'behind' || !change || more || previous?.only?.end !== change.to) return undefined;
  const { from, to, insert } = change;
  const { removed } = replacements[0]!;
  const made = previous.only.inserted === removed ? composedOf(removed, insert) : undefined;
  return made && { from: to, end: from + insert.length, inserted: insert, removed: '', ...made };
}

/** The one insertion of a step, from where the caret was. Enter takes the editor's indent out in the same step. */
function insertion(
  { at, changes: { changes } }: PendingStep,
  { replacements }: Step,
  previous: Past | undefined,
): Past['only'] {
  const change = changes.at(-1);
  const first = changes[0];
  if (!change || !first || changes.length > 2) return undefined;
  const { from, to, insert } = change;
  const removed = replacements[0]!.removed;
  // Not the blanks at any caret: a program that wraps lines puts a line break there too.
  const trims = insert.startsWith('\n') && removed !== '' && indentOf(previous) === removed;
  const made = { end: first.from + caretIn(insert), inserted: insert, removed: trims ? '' : removed };
  if (changes.length === 1) return { ...made, from: at === 'behind' || trims ? to : from };
  const blanks = first.insert === '' && first.to === from && from === to && /^[ \t]*$/.test(removed);
  return blanks ? { ...made, from } : undefined;
}

/** The indent between the line break of a step and the caret: other blanks at a caret a wrapping program takes out. */
function indentOf(step: Past | undefined): string | undefined {
  const { inserted } = step?.only ?? {};
  return inserted === undefined ? undefined : /\n([ \t]+)$/.exec(inserted.slice(0, caretIn(inserted)))?.[1];
}
