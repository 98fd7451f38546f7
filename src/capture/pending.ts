import type { Observation } from '../classify/observation.ts';
import type { AlignedChange } from '../provenance/span.ts';
import type { ChangeSet } from '../text/change.ts';
import type { At } from './carets.ts';

/** While it is made. */
export type Open<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A step that has happened and is not yet understood: what is still to be seen (the selection that follows,
 * the dirty state) comes in events of their own, a moment later.
 */
export interface PendingStep {
  readonly changes: ChangeSet;
  /** What each change took out. */
  readonly removed: readonly string[];
  readonly observation: Open<Observation>;
  /** The same with whole words instead of the letters that both texts happen to have, for what no person is known to have done. */
  readonly words?: { readonly changes: ChangeSet; readonly removed: readonly string[] } | undefined;
  /** Serials-bearing text that the step's transfer repeats, if it was copied from a tracked text. */
  readonly copied?: Copied;
  /** The same where several ranges were copied, in order of place: one for each change, or all of them joined. */
  readonly pieces?: readonly Copied[];
  /** An untitled text that is being saved: the step puts it, whole, into the file that has just been opened for it. */
  readonly titled?: Copied;
  /** What an undo or redo brings back, where it could be told when the step came. */
  readonly restored?: readonly AlignedChange[] | undefined;
  /** The text before an undo or redo that has to wait: what it brings back is looked for later. */
  readonly before?: string;
  readonly time: number;
  /** What of the editor's carets and selections before the step its changes fit. */
  readonly at?: At;
  /** The document was not dirty when the change came: a reload, unless it turns dirty in the same turn. */
  clean: boolean;
  /** A notebook's cell that this step has joined to its text, with a line end between; it was taken out just after. */
  joined?: Copied;
  /** A selection event has followed; only the first one of each editor counts. */
  selected: boolean;
}

/** Text that was copied from a tracked document, with the serials it had in its journal. */
export interface Copied {
  /** Serials mean nothing in another journal. */
  readonly journal: string;
  readonly text: string;
  readonly spans: readonly { readonly length: number; readonly serial: number }[];
}

/** A step is understood this many milliseconds after it happened, if nothing else has settled it. */
export const settleTime = 40;

/** Nothing was seen that says where the step came from: a transfer of another text does not. */
export function isUnexplained({ observation: o }: PendingStep): boolean {
  const transferred = o.transfer !== undefined && o.transfer.equal !== false;
  return o.by === 'editor' && !o.reason && !o.mark && !transferred && !o.saving && o.selection !== 'keyboard';
}
