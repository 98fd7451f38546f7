import { type Run, runsOf } from '../provenance/runs.ts';
import type { Span } from '../provenance/span.ts';
import type { Change } from '../text/change.ts';
import { isRearranged, moves } from '../text/moves.ts';
import { type Content, sliced } from './content.ts';
import type { Recall } from './recall.ts';

/** A step whose texts only are known, over the text of `content`. */
export interface Traced {
  readonly document: number;
  readonly before: string;
  readonly changes: readonly Change[];
  readonly after: string;
  /** Of the text after (hex); absent where text was put in, and nothing was rewritten. */
  readonly digest: string | undefined;
  readonly content: Content;
  /** The document's own text, where the step is a tracker's that has gone its own way. */
  readonly own: Content | undefined;
  /** The text was pasted or dropped: nothing that it replaced was moved. */
  readonly transferred: boolean;
}

/**
 * Where the inserted text of each change comes from. The whole text after may be the document's own, or one that
 * was there before: then all of it is known. Else what the step moved keeps its serials, and so does text that is
 * found elsewhere in the journal. `moved`: all that is known of it was moved by this step.
 */
export function traced(recall: Recall, step: Traced): { readonly runs: Run[][]; readonly moved: boolean } {
  const { before, changes, after, digest, content, own } = step;
  const whole = own?.text.equals(after)
    ? own.provenance.spans()
    : digest && recall.whole(step.document, digest, after.length);
  if (whole) return { runs: partsOf(whole, changes), moved: false };
  const removed = changes.map(({ from, to }) => before.slice(from, to));
  const inserted = changes.map(({ insert }) => insert);
  const pieces = step.transferred
    ? inserted.map(({ length }) => (length === 0 ? [] : [{ length }]))
    : moves(changes, removed, isRearranged(removed, inserted));
  const moved = pieces.map(own => runsOf(own, (from, to) => content.provenance.slice(from, to)));
  const runs = moved.map((own, i) => recalled(recall, own, inserted[i]!));
  const known = (all: readonly (readonly Run[])[]) => all.flat().filter(run => run.serial !== undefined).length;
  return { runs, moved: known(moved) > 0 && known(moved) === known(runs) };
}

/** What is still new of an insert is looked for in what the journal has. */
function recalled(recall: Recall, runs: readonly Run[], insert: string): Run[] {
  let at = 0;
  return runs.flatMap((run): readonly Run[] => {
    const start = at;
    at += run.length;
    return run.serial === undefined ? recall.runs(insert.slice(start, at)) : [run];
  });
}

/** The spans of the text after that stand in the inserts. */
function partsOf(spans: readonly Span[], changes: readonly Change[]): Run[][] {
  let shift = 0;
  return changes.map(({ from, to, insert }) => {
    const at = from + shift;
    shift += insert.length - (to - from);
    return sliced(spans, at, at + insert.length);
  });
}
