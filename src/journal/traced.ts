import { countNew, type Run, runsOf } from '../provenance/runs.ts';
import type { Span } from '../provenance/span.ts';
import type { Change } from '../text/change.ts';
import { fewest, moves } from '../text/moves.ts';
import { asWhole } from './asWhole.ts';
import { type Content, sliced } from './content.ts';
import { cellOf } from './elsewhere.ts';
import type { Recall } from './recall.ts';
import type { Coming } from './recallClaims.ts';
import type { Replay } from './replay.ts';

/** A step whose texts only are known, over the text of `content`. */
export interface Traced {
  readonly before: string;
  readonly changes: readonly Change[];
  readonly after: string;
  /** Of the text after (hex); absent where text was put in, and nothing was rewritten. */
  readonly digest: string | undefined;
  readonly content: Content;
  /** The text after as the file had it last, or as another window holds it, if it is there. */
  readonly own: Content | undefined;
  readonly coming: Coming;
  /** The step is known to put lines in another order, and nothing else. */
  readonly rearranged: boolean;
}

/**
 * Where the inserted text of each change comes from. The whole text after may be the document's own, or, if it is no
 * shorter than any run that is inherited, one that was there before: then all of it is known, what the changes left
 * alone too, and `changes` say so. Else what the step moved keeps its serials, and so does text that is
 * found elsewhere in the journal. `moved`: all that is known of it was moved, by this step or from where it was taken
 * away just before.
 */
export function traced(
  recall: Recall,
  replay: Replay,
  step: Traced,
): { readonly changes: readonly Change[]; readonly runs: Run[][]; readonly moved: boolean } {
  const { before, changes, after, digest, content, own, coming } = step;
  // Former texts are kept by document: of a notebook's cell, one may be another cell's.
  const kept = digest !== undefined && cellOf(replay.trackers, content) === undefined;
  const former = kept && after.length >= fewest && recall.whole(coming.document, digest, after.length);
  const whole = own ? own.provenance.spans() : former;
  if (whole) {
    const all = asWhole(before, content.provenance.spans(), changes, whole);
    return { changes: all, runs: partsOf(whole, all), moved: false };
  }
  const removed = changes.map(({ from, to }) => before.slice(from, to));
  const inserted = changes.map(({ insert }) => insert);
  // What was pasted or dropped has moved nothing that it replaced.
  const pieces =
    coming.way === 'paste' || coming.way === 'token'
      ? inserted.map(({ length }) => (length === 0 ? [] : [{ length }]))
      : moves(changes, removed, step.rearranged);
  let [known, moved] = [0, 0];
  const runs = pieces.map((own, i) => {
    let at = 0;
    return runsOf(own, (from, to) => content.provenance.slice(from, to)).flatMap((run): readonly Run[] => {
      const text = inserted[i]!.slice(at, at + run.length);
      at += run.length;
      const found = run.serial === undefined && run.length >= fewest ? recall.runs(text, coming, replay) : undefined;
      const all = found?.runs ?? [run];
      const count = run.length - countNew(all);
      known += count;
      if (found === undefined || found.moved) moved += count;
      return all;
    });
  });
  return { changes, runs, moved: known > 0 && known === moved };
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
