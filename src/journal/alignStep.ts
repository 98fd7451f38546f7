import type { Observation } from '../classify/observation.ts';
import type { Actor, Origin, Placement } from '../provenance/origin.ts';
import { countNew, numbered, type Run } from '../provenance/runs.ts';
import type { AlignedChange, Span } from '../provenance/span.ts';
import { type Change, ChangeSet } from '../text/change.ts';
import { alignWithin } from '../text/diff.ts';
import { isRearranged } from '../text/moves.ts';
import type { Acting } from './acting.ts';
import { elsewhere } from './elsewhere.ts';
import type { Finding } from './event.ts';
import { hasBlanks, masked } from './masked.ts';
import type { Aligned, AlignRequest, Known } from './messages.ts';
import { freshOf } from './outside.ts';
import { plainTextDigest } from './parts.ts';
import type { Coming } from './recallClaims.ts';
import { eventChanges } from './step.ts';
import { traced } from './traced.ts';

/**
 * Brings a step to the journal whose texts only are known. Words that both texts have keep their serials, and so
 * does text that was moved, or that was there before; what is left is new.
 */
export function alignStep(acting: Acting, request: AlignRequest): Aligned {
  const { turn, session } = acting;
  const document = turn.replay.documents.get(request.document);
  const tracker = turn.replay.tracker(session, request.tracker);
  const content = tracker?.content ?? document?.content;
  if (document === undefined || content === undefined) throw new RangeError(`no document ${request.document}`);
  const before = content.text.toString();
  const given = ChangeSet.of(before.length, request.changes).apply(before);
  const after = masked(turn.replay, content, given);
  if (after !== given) request = { ...request, changes: maskedChanges(request.changes, after) };
  const { changes: fine, coarse } = request.exact ? exactly(request.changes) : alignWithin(before, after);
  const blank = hasBlanks(turn.replay, content);
  const digests =
    request.exact || blank ? undefined : { before: plainTextDigest(before), after: plainTextDigest(after) };
  const own = request.exact ? undefined : elsewhere(turn.replay, document, content, after);
  const coming = { document: document.document, way: wayOf(request.observation), time: acting.stamp.time };
  // Asked of the step as it came: where words were aligned, a line is in pieces.
  const rearranged = isRearranged(
    request.changes.map(({ from, to }) => before.slice(from, to)),
    request.changes.map(({ insert }) => insert),
  );
  const step = { before, changes: fine, after, digest: digests?.after, content, own, coming, rearranged };
  const trace = traced(acting.recall, turn.replay, step);
  const { changes } = trace;
  if (digests !== undefined) {
    acting.remember(digests.before, before);
    acting.remember(digests.after, after);
  }
  const placement = trace.moved ? 'move' : ['insert', 'move'].includes(request.placement) ? 'paste' : request.placement;
  const observation: Observation = { ...request.observation, ...(coarse && { coarse }) };
  const aligned = push(acting, { ...request, placement, observation }, changes, trace.runs, digests);
  const within = changes.every(({ from, to }) => request.changes.some(c => from >= c.from && to <= c.to));
  return within ? aligned : { ...aligned, removed: changes.map(({ from, to }) => before.slice(from, to)) };
}

/** The same changes, which put in what stands in the text after. */
function maskedChanges(changes: readonly Change[], after: string): Change[] {
  let shift = 0;
  return changes.map(({ from, to, insert }) => {
    const at = from + shift;
    shift += insert.length - (to - from);
    return { from, to, insert: after.slice(at, at + insert.length) };
  });
}

const exactly = (changes: readonly Change[]) => ({ changes, coarse: false });

function wayOf({ by, transfer }: Observation): Coming['way'] {
  if (by !== 'editor') return 'outside';
  if (transfer === undefined) return 'editor';
  return transfer.from === 'tracked' && transfer.equal === true ? 'token' : 'paste';
}

function push(
  acting: Acting,
  { document, tracker, version, placement, origin, observation, actor = actorIn(origin) }: AlignRequest,
  changes: readonly Change[],
  runs: readonly (readonly Run[])[],
  digests: { readonly before: string; readonly after: string } | undefined,
): Aligned {
  const { turn, session, stamp } = acting;
  const count = runs.reduce((n, own) => n + countNew(own), 0);
  const known = runs.flatMap(own => own.filter((run): run is Span => run.serial !== undefined));
  const places = known.length > 0;
  const took = acting.serials(count + (places ? 1 : 0));
  const fresh = { first: places ? took + 1 : took, count };
  let next = fresh.first;
  const aligned = changes.map((change, i): AlignedChange => {
    const spans = numbered(runs[i]!, next);
    next += countNew(runs[i]!);
    return { ...change, spans };
  });
  const findings: Finding[] = count > 0 ? [{ length: count, ...origin }] : [];
  const stated = eventChanges(aligned, fresh);
  const how: Placement = places ? placement : 'insert';
  const body = { kind: 'changed', document, tracker, version, changes: stated.changes, first: took } as const;
  const acted = places || changes.some(({ from, to }) => to > from);
  const rest = {
    ...(places && { placed: took }),
    placement: how,
    findings,
    ...(acted && { actor }),
    observation: { ...observation, ...digests },
  };
  const act = turn.push(session, stamp, { ...body, ...rest }, stated.texts);
  return {
    changes: aligned,
    fresh,
    ...(places && { placed: took }),
    placement: how,
    findings,
    act,
    known: knownOf(acting, known, []),
    ...(digests && { outside: { ...digests, act, fresh: freshOf(aligned, fresh) } }),
  };
}

function actorIn({ kind, basis, rule }: Origin): Actor {
  return { kind, basis, rule };
}

/** What is known of these characters; the thread passes over what it has heard before. */
export function knownOf({ turn }: Acting, spans: readonly Span[], placements: readonly Span[]): Known {
  const { origins, placings } = turn.replay;
  const findings = [...origins.walk(spans)].map(({ serial, length, origin, act }) => {
    return { first: serial, count: length, origin, act };
  });
  const acts = placements.flatMap(({ serial }) => {
    const placing = placings.get(serial);
    return placing === undefined ? [] : [{ placed: serial, ...placing }];
  });
  return { findings, acts };
}
