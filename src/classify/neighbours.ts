import type { Origin } from '../provenance/origin.ts';
import { isGrapheme, isIndent, isLineBreak } from './graphemes.ts';

/**
 * Some true keystrokes leave no keyboard kind (Enter, Tab, some letters at soft wraps). A step without one is taken
 * as typed when all around it was: DESIGN section 3. It can be known only when the next step has come.
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

/** `from`: where it was put in, in the text before the step; `end`: where it ends in the text after it. */
interface Only {
  readonly from: number;
  readonly end: number;
  readonly inserted: string;
  readonly removed: string;
}

const typed: Origin = { kind: 'typed', basis: 'inferred', rule: 'neighbours' };
const indent: Origin = { kind: 'tool.editor', basis: 'inferred', rule: 'neighbours' };

const within = 5000;
/** So many keys that leave no kind may follow one another: Enter, Enter, Tab. */
export const longestRun = 4;

/** Whether a step may be one of a run that its neighbours explain: a letter alone, or line breaks and indents. */
export function isOpenKey({ only, bare, keyboard }: Neighbour): boolean {
  if (!only || !bare || keyboard || only.removed !== '') return false;
  return isGrapheme(only.inserted) || isLineBreak(only.inserted) || isIndent(only.inserted);
}

/** Whether `steps`, each of which `isOpenKey`, may be taken as typed, given what came right before and after them. */
export function typedByNeighbours(
  before: Neighbour | undefined,
  steps: readonly Neighbour[],
  after: Neighbour,
): boolean {
  if (!before?.keyboard || !after.keyboard || steps.length === 0 || steps.length > longestRun) return false;
  if (steps.length > 1 && !steps.every(({ only }) => isLineBreak(only!.inserted) || isIndent(only!.inserted)))
    return false;
  let end = before.only?.end;
  for (const step of steps) {
    if (!step.only || step.only.from !== end || !near(before, step) || !near(step, after)) return false;
    end = step.only.end;
  }
  return after.only?.from === end;
}

/** What an insertion of such a step is: the key's own character, and what the editor put in with it. */
export function partsOf(inserted: string): readonly { readonly length: number; readonly origin: Origin }[] {
  if (inserted !== ' ' && isIndent(inserted)) return [{ length: inserted.length, origin: indent }];
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
