import type { PlacedSpan, Span } from '../provenance/span.ts';
import type { Journal } from './journal.ts';
import { plainTextDigest } from './parts.ts';
import { Replay } from './replay.ts';
import { SerialSet } from './serialSet.ts';

/** Steps of one tracker in one session, by the sequences of the first and the last; `ranges`: characters they brought. */
export interface StrayedRequest {
  /** Absent: this session. */
  readonly session?: number;
  readonly tracker: number;
  readonly first: number;
  readonly last: number;
  readonly ranges: readonly Span[];
  /** Nothing is asked: they are to be given to sessions to come, as long as nobody knows who made them. */
  readonly keep?: { readonly path: string; readonly time: number };
}

/** The text around steps of which nobody knows who made them, for the matcher of agents' edits. */
export interface Strayed {
  readonly before: string;
  readonly after: string;
  /** SHA-256 (hex) of these texts. */
  readonly digests: { readonly before: string; readonly after: string };
  /** Of the characters those that stand in the text after, in its order. */
  readonly fresh: readonly PlacedSpan[];
  /** Sequences of the steps that took text away, who is not known. */
  readonly acts: readonly number[];
}

/** Undefined where these steps are not there, or none of their characters is any more. Costs a replay from the keyframe before. */
export function strayed(journal: Journal, own: number, request: StrayedRequest): Strayed | undefined {
  const { session = own, tracker, first, last, ranges, keep } = request;
  if (keep !== undefined) {
    const { path, time } = keep;
    const document = journal.replay.tracker(session, tracker)?.document.document ?? 0;
    const stray = { session, tracker, first, time, ranges };
    journal.database.transaction(() => journal.outside.putStray(last, document, path, stray));
    return undefined;
  }
  const replay = journal.frames.newest(first) ?? new Replay();
  const acts: number[] = [];
  let before: string | undefined;
  for (const event of journal.packs.events(replay.size)) {
    if (event.sequence > last) break;
    const isOwn = event.kind === 'changed' && event.session === session && event.tracker === tracker;
    if (event.sequence === first) before = replay.tracker(session, tracker)?.text;
    if (isOwn && event.sequence >= first && event.actor?.kind === 'unknown') acts.push(event.sequence);
    replay.apply(event);
  }
  const content = replay.tracker(session, tracker)?.content;
  if (before === undefined || content === undefined) return undefined;
  const wanted = SerialSet.of(ranges);
  const fresh: PlacedSpan[] = [];
  let at = 0;
  for (const span of content.provenance.spans()) {
    for (const { from, to } of wanted.within([span]))
      fresh.push({ serial: span.serial + from, length: to - from, at: at + from });
    at += span.length;
  }
  if (fresh.length === 0) return undefined;
  const after = content.text.toString();
  return { before, after, digests: { before: plainTextDigest(before), after: plainTextDigest(after) }, fresh, acts };
}
