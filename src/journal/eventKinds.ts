import type { BesideBody } from './besideEvent.ts';
import type { EventKind, JournalEvent } from './event.ts';
import { demandWords } from './eventWords.ts';
import type { ExhibitBody } from './exhibitEvent.ts';
import { fitsExport } from './exportEvent.ts';
import { fitsLabel } from './labelEvent.ts';
import { fitsReview } from './reviewEvent.ts';
import { fitsRights, type RightsBody } from './rightsEvent.ts';

/** All kinds of events: the page's list, and the type's. */
export const eventKinds: ReadonlySet<string> = new Set<EventKind>(
  Object.keys({
    started: 0,
    consent: 0,
    session: 0,
    sessionEnd: 0,
    paused: 0,
    resumed: 0,
    attached: 0,
    key: 0,
    baseline: 0,
    skipped: 0,
    renamed: 0,
    deleted: 0,
    opened: 0,
    changed: 0,
    saved: 0,
    closed: 0,
    gap: 0,
    prompt: 0,
    promptNote: 0,
    answer: 0,
    agentEdit: 0,
    decision: 0,
    commit: 0,
    resolution: 0,
    repeats: 0,
    redaction: 0,
    exhibit: 0,
    exhibitRemoved: 0,
    milestone: 0,
    review: 0,
    restriction: 0,
    notice: 0,
    label: 0,
    exported: 0,
  } satisfies Record<EventKind, 0>) as EventKind[],
);

/** Throws RangeError unless an object, whose type may lie, has what every event has, and says words of the lists. */
export function demandHead(event: JournalEvent): void {
  const { sequence, time, monotonic, zone, session, kind } = event;
  const { isSafeInteger } = Number;
  if (!(isSafeInteger(time) && isSafeInteger(monotonic) && isSafeInteger(zone) && isSafeInteger(session)))
    throw new RangeError('no time or session');
  if (kind !== 'changed' && !eventKinds.has(kind)) throw new RangeError(`no kind of event: ${kind}`);
  if ((kind === 'started') !== (sequence === 0)) throw new RangeError('a journal begins once');
  if (kind === 'started' && typeof event.journal !== 'string') throw new RangeError('a journal without a name');
  if (kind === 'exhibitRemoved' && !(event.exhibit >= 0 && event.exhibit < sequence))
    throw new RangeError('an exhibit that is not before it');
  if (kind === 'review' && !fitsReview(event, sequence)) throw new RangeError('a review of what is not before it');
  demandWords(event);
  if (isOfRights(event) && !fitsRights(event, sequence))
    throw new RangeError('an act that names what is not before it');
  if (kind === 'label' && !fitsLabel(event, sequence)) throw new RangeError('a label of what is not before it');
  if (kind === 'exported' && !fitsExport(event, sequence)) throw new RangeError('an export of what is not before it');
}

/** Whether it is of what people put beside their texts, or say of them: no state follows from it. */
export function isBeside(event: JournalEvent): event is Extract<JournalEvent, BesideBody> {
  const { kind } = event;
  return kind === 'review' || kind === 'label' || kind === 'exported' || isOfExhibits(event) || isOfRights(event);
}

/** Whether it is of exhibits and milestones. */
export function isOfExhibits(event: JournalEvent): event is Extract<JournalEvent, ExhibitBody> {
  return event.kind === 'exhibit' || event.kind === 'exhibitRemoved' || event.kind === 'milestone';
}

/** Whether it is an act on the rights in the work. */
function isOfRights(event: JournalEvent): event is Extract<JournalEvent, RightsBody> {
  return event.kind === 'restriction' || event.kind === 'notice';
}
