import type { Journal } from './journal.ts';
import type { Aligned, AlignRequest } from './messages.ts';
import { freshOf } from './outside.ts';
import { stepOf } from './step.ts';

/** The answer to an alignment that was committed and whose answer was lost. Throws RangeError if there was none. */
export function alignedBefore(journal: Journal, session: number, request: AlignRequest): Aligned {
  const from = journal.replay.sessions.get(session)?.opened.sequence ?? 0;
  for (const event of journal.packs.events(from)) {
    if (event.kind !== 'changed' || event.session !== session) continue;
    if (event.tracker !== request.tracker || event.version !== request.version) continue;
    const { changes, fresh } = stepOf(event, event.texts ?? []);
    const { findings, placed, placement, observation, sequence: act } = event;
    const { before, after } = observation;
    return {
      changes,
      fresh,
      ...(placed !== undefined && { placed }),
      placement,
      findings,
      act,
      known: { findings: [], acts: [] },
      ...(before !== undefined &&
        after !== undefined && { outside: { before, after, act, fresh: freshOf(changes, fresh) } }),
    };
  }
  throw new RangeError(`step ${request.version} of tracker ${request.tracker} is not in the journal`);
}
