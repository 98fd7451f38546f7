import type { Origin } from '../provenance/origin.ts';
import { beginsWith } from './composition.ts';
import { isIndent, isLineBreak } from './graphemes.ts';

/**
 * Enter and Tab leave no keyboard kind. A line break or an indent is taken as a key's when all around it was: DESIGN
 * section 3. It can be known only when the next step has come. A letter is not: some at soft wraps leave no kind
 * either, but neither does one that another extension puts in at the caret while somebody types.
 */
export interface Neighbour {
  readonly time: number;
  /** The one insertion of the step; absent when the step is of another shape. */
  readonly only?: Only;
  /** The step's insertion was found `typed` by the keyboard kind. */
  readonly keyboard: boolean;
  /** Nothing but the change itself was seen: no mark, transfer, saving or reason in its turn. */
  readonly bare: boolean;
}

/** `from`: where it was put in, in the text before the step; `end`: where the caret stands in the text after it. */
interface Only {
  readonly from: number;
  readonly end: number;
  readonly inserted: string;
  readonly removed: string;
  /**
   * One composed letter in the place of the one that the step before put there; then `from` is where that ends. What
   * the next letter must begin with, since this one has given it away.
   */
  readonly gives?: string;
}

const typed: Origin = { kind: 'typed', basis: 'inferred', rule: 'neighbours' };
const indent: Origin = { kind: 'tool.editor', basis: 'inferred', rule: 'neighbours' };

const within = 5000;
/** So many keys that leave no kind may follow one another: Enter, Enter, Tab. */
export const longestRun = 4;

/** Whether a step may be one of a run that its neighbours explain: a line break, an indent or a composed letter. */
export function isOpenKey({ only, bare, keyboard }: Neighbour): boolean {
  if (!only || !bare || keyboard || only.removed !== '') return false;
  return only.gives !== undefined || isLineBreak(only.inserted) || isIndent(only.inserted);
}

/** Whether `steps`, each of which `isOpenKey`, may be taken as typed, given what came right before and after them. */
export function typedByNeighbours(
  before: Neighbour | undefined,
  steps: readonly Neighbour[],
  after: Neighbour,
): boolean {
  if (!before?.keyboard || !after.keyboard || steps.length === 0 || steps.length > longestRun) return false;
  let end = before.only?.end;
  for (const [i, step] of steps.entries()) {
    if (!step.only || step.only.from !== end || !near(before, step) || !near(step, after)) return false;
    const { gives = '' } = step.only;
    if (gives && !beginsWith((steps[i + 1] ?? after).only?.inserted ?? '', gives)) return false;
    end = step.only.end;
  }
  return after.only?.from === end;
}

/** What an insertion of such a step is: the key's own character, and what the editor put in with it. */
export function partsOf(inserted: string): readonly { readonly length: number; readonly origin: Origin }[] {
  if (isIndent(inserted)) return [{ length: inserted.length, origin: indent }];
  if (!inserted.startsWith('\n') || inserted.length === 1) return [{ length: inserted.length, origin: typed }];
  return [
    { length: 1, origin: typed },
    { length: inserted.length - 1, origin: indent },
  ];
}

/** Clocks step back; a distance in time has no sign. */
function near(a: Neighbour, b: Neighbour): boolean {
  return Math.abs(b.time - a.time) <= within;
}
