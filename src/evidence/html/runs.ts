import type { Basis, Hand, Kind } from '../../provenance/origin.ts';
import type { FileAccount } from '../account.ts';
import type { Mark } from '../marks.ts';

/** A run of a file's text as it is drawn: marks that a reader cannot tell apart are one. */
export interface Run {
  readonly from: number;
  to: number;
  readonly hand: Hand;
  readonly kind: Kind;
  readonly basis: Basis;
  readonly placed: string | undefined;
  readonly event: string | null;
  readonly prompt: string | undefined;
  readonly commit: string | undefined;
}

/** Runs in order; they cover the text and never part a surrogate pair. */
export function runsOf({ text, spans }: FileAccount): Run[] {
  const runs: Run[] = [];
  for (const mark of spans) {
    let { from } = mark;
    const last = runs.at(-1);
    if (last !== undefined) {
      if (partsPair(text, from)) {
        // The pair goes to the run that is not typed, so that nothing untyped is drawn as typed.
        if (last.hand === 'human') last.to = --from;
        else last.to = ++from;
      }
      if (from >= mark.to) continue;
      if (last.from >= last.to) runs.pop();
      const before = runs.at(-1);
      if (before !== undefined && looksLike(before, mark)) {
        before.to = mark.to;
        continue;
      }
    }
    const { to, hand, kind, basis, event, prompt, commit } = mark;
    runs.push({ from, to, hand, kind, basis, event, prompt, commit, placed: mark.placedBy?.how });
  }
  return runs;
}

function looksLike(run: Run, mark: Mark): boolean {
  return (
    run.kind === mark.kind &&
    run.basis === mark.basis &&
    run.prompt === mark.prompt &&
    run.commit === mark.commit &&
    run.placed === mark.placedBy?.how
  );
}

function partsPair(text: string, at: number): boolean {
  return at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
