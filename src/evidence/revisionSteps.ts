import type { SegmentCursor } from '../journal/cursor.ts';
import type { JournalEvent } from '../journal/event.ts';
import { type Actor, handOf, type Origin } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { EventOf, Folding } from './chronicle.ts';
import type { RevisionTrail, Step } from './revisionTrail.ts';

/** A plain event of a pack as a step. */
export function stepAt(cursor: SegmentCursor): Step {
  const { session, tracker, sequence, time, zone, change, fresh, first, actor, origins } = cursor;
  const from = cursor.from[change]!;
  const to = cursor.to[change]!;
  const by = byWhom(fresh > 0 ? origins : [], to > from, actor);
  const serials = fresh > 0 ? [{ serial: first, length: fresh }] : [];
  return { session, tracker, sequence, time, zone, from, to, inserted: fresh, serials, by };
}

/** What the trail wants of the plain event that comes next. */
export function wantsText(trail: RevisionTrail, cursor: SegmentCursor): boolean {
  const { session, tracker, change, fresh, actor, origins } = cursor;
  const [from, to] = [cursor.from[change]!, cursor.to[change]!];
  return trail.wants({ session, tracker, from, to }, byWhom(fresh > 0 ? origins : [], to > from, actor));
}

/** Notes an event before it is applied; of those that change several places of a text nothing is told. */
export function noteRevision(trail: RevisionTrail, event: JournalEvent, folding: Folding): void {
  switch (event.kind) {
    case 'changed': {
      const step = event.tracker === 0 ? undefined : stepOf(event);
      if (step !== undefined) trail.note(step, folding);
      else trail.end(event.session, event.tracker, folding);
      return;
    }
    case 'closed':
      trail.end(event.session, event.tracker, folding);
      return;
    case 'sessionEnd':
      trail.endAll(folding, event.session);
      return;
    case 'gap':
      if (event.crashed !== undefined) trail.endAll(folding, event.crashed);
      return;
  }
}

function stepOf(event: EventOf<'changed'>): Step | undefined {
  const { session, tracker, sequence, time, zone, changes, texts = [], findings, actor, placed } = event;
  const [change] = changes;
  if (change === undefined || changes.length > 1) return undefined;
  const { from, to, spans } = change;
  const inserted = texts[0]?.length ?? 0;
  const first = placed === undefined ? event.first : event.first + 1;
  const serials: readonly Span[] = spans ?? (inserted > 0 ? [{ serial: first, length: inserted }] : []);
  const by = byWhom(findings, to > from || placed !== undefined, actor);
  return { session, tracker, sequence, time, zone, from, to, inserted, serials, by };
}

/** Who did it, as was found then. The editor's own tools help whoever is at work. */
function byWhom(origins: readonly Origin[], acts: boolean, actor: Actor | undefined): Step['by'] {
  let by: Step['by'] = 'tool';
  for (let i = acts ? -1 : 0; i < origins.length; i++) {
    const kind = i < 0 ? actor?.kind : origins[i]!.kind;
    const hand = kind === undefined ? 'unknown' : handOf(kind);
    if (hand === 'human') by = 'person';
    else if (hand !== 'mechanical') return 'other';
  }
  return by;
}
