import type { Origin } from '../provenance/origin.ts';
import { isGrapheme, isLineBreak } from './graphemes.ts';

/**
 * Some true keystrokes leave no keyboard kind (Enter, some letters at soft wraps). A step without one is taken
 * as typed when all around it was: DESIGN section 3. It can be known only when the next step has come.
 */
export interface Neighbour {
  readonly time: number;
  /** The one insertion of the step: where it stands and what it is; absent when the step is of another shape. */
  readonly only?: { readonly from: number; readonly inserted: string; readonly removed: string };
  /** The step's insertion was found `typed` by the keyboard kind. */
  readonly keyboard: boolean;
  /** Nothing but the change itself was seen: no mark, transfer, saving, reason, or event on disk in its turn. */
  readonly bare: boolean;
}

export const inferred: Origin = { kind: 'typed', basis: 'inferred', rule: 'neighbours' };

const within = 5000;

/** Whether `step` may be taken as typed, given the steps before and after it in the same text. */
export function typedByNeighbours(before: Neighbour | undefined, step: Neighbour, after: Neighbour): boolean {
  const own = step.only;
  if (!own || !step.bare || step.keyboard || own.removed !== '') return false;
  if (!(isGrapheme(own.inserted) || isLineBreak(own.inserted))) return false;
  if (!before?.keyboard || !after.keyboard || !before.only || !after.only) return false;
  if (!near(before, step) || !near(step, after)) return false;
  const end = own.from + own.inserted.length;
  return before.only.from + before.only.inserted.length === own.from && after.only.from === end;
}

/** Clocks step back; a distance in time has no sign. */
function near(a: Neighbour, b: Neighbour): boolean {
  return Math.abs(b.time - a.time) <= within;
}
