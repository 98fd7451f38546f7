import type { Journal } from './journal.ts';
import { nothing } from './outside.ts';
import { plainTextDigest } from './parts.ts';
import { Replay } from './replay.ts';

/** The whole text with this digest before or after a change that came from outside, by replay up to it. */
export function textWith(journal: Journal, digest: string): string | undefined {
  if (digest === nothing) return '';
  const change = journal.outside.withText(digest);
  if (change === undefined) return undefined;
  const replay = journal.frames.newest(change.sequence) ?? new Replay();
  for (const event of journal.packs.events(replay.size)) {
    if (event.sequence === change.sequence && event.kind === 'baseline') return event.texts?.[0];
    if (event.sequence === change.sequence && event.kind === 'changed') {
      const state = () =>
        (event.tracker === 0 ? undefined : replay.tracker(event.session, event.tracker)) ??
        replay.documents.get(event.document);
      const before = state()?.text;
      if (before !== undefined && plainTextDigest(before) === digest) return before;
      replay.apply(event);
      return state()?.text;
    }
    replay.apply(event);
  }
  return undefined;
}
