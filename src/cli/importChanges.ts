import type { LaterChange, OutsideChange } from '../agents/matching/match.ts';
import { window } from '../agents/matching/newText.ts';
import type { Journal } from '../journal/journal.ts';
import { isOpen, type OutsideChange as Noted } from '../journal/outside.ts';
import { Replay } from '../journal/replay.ts';
import { strayed } from '../journal/strayed.ts';

/** Characters of texts that are held for comparing at most. */
const most = 100_000_000;

/**
 * Changes of a journal that came from outside, or by nobody known, and are not explained, of the files that edits were
 * made to, for the matcher; `times`: of the edits, by path. One replay gives the texts of those that an edit is near to.
 */
export function outsideChanges(
  journal: Journal,
  times: ReadonlyMap<string, readonly number[]>,
): readonly (OutsideChange | LaterChange)[] {
  const { origins } = journal.replay;
  const open = journal.outside
    .since(0)
    .filter(change => change.path !== undefined && times.has(change.path) && isOpen(change, origins));
  const seen = new Map(open.filter(({ stray }) => !stray).map(change => [change.sequence, change]));
  return [...open.flatMap(change => later(journal, change)), ...(seen.size > 0 ? withTexts(journal, seen, times) : [])];
}

function later(journal: Journal, { path, sequence: last, stray }: Noted): LaterChange[] {
  if (stray === undefined || path === undefined) return [];
  const { session, tracker, first, time, ranges } = stray;
  const see = async (): Promise<OutsideChange | undefined> => {
    const found = strayed(journal, session, { session, tracker, first, last, ranges });
    if (found === undefined) return undefined;
    const { before, after, digests, fresh, acts } = found;
    const texts = { beforeText: async () => before, afterText: async () => after };
    return { path, ...digests, act: last, acts, live: true, time, fresh, ...texts };
  };
  return [{ path, time, see }];
}

function withTexts(
  journal: Journal,
  wanted: ReadonlyMap<number, Noted>,
  times: ReadonlyMap<string, readonly number[]>,
): OutsideChange[] {
  const out: OutsideChange[] = [];
  const replay = new Replay();
  let held = 0;
  for (const event of journal.packs.events()) {
    const change = wanted.get(event.sequence);
    const near = change && times.get(change.path!)!.some(time => Math.abs(time - event.time) <= window);
    const text = () => (near && held < most ? textOf(replay, event) : undefined);
    const before = text();
    replay.apply(event);
    if (change === undefined) continue;
    const after = text();
    held += (before?.length ?? 0) + (after?.length ?? 0);
    out.push({
      path: change.path!,
      before: change.before,
      after: change.after,
      act: change.sequence,
      time: event.time,
      fresh: change.fresh,
      beforeText: async () => before,
      afterText: async () => after,
    });
    if (out.length === wanted.size) break;
  }
  return out;
}

function textOf(replay: Replay, event: Parameters<Replay['apply']>[0]): string | undefined {
  if (event.kind === 'baseline') return replay.documents.get(event.document)?.text ?? '';
  if (event.kind !== 'changed') return undefined;
  const tracker = event.tracker === 0 ? undefined : replay.tracker(event.session, event.tracker);
  return (tracker ?? replay.documents.get(event.document))?.text;
}
