import { stamp } from '../evidence/moment.ts';
import type { Call } from './command.ts';
import { recordedFor } from './journals.ts';
import { withJournals } from './workJournals.ts';

/** What an AI said to a prompt in words, as the record has it. */
export interface RecordedAnswer {
  /** With its offset from UTC; as the tool's record or the person says. */
  readonly answered: string;
  readonly text: string;
}

/** The answers to prompts of a work by the prompts' ids, in the order of the record. The report counts them and holds none. */
export function answersTo(call: Call, prompts: ReadonlySet<string>): ReadonlyMap<string, readonly RecordedAnswer[]> {
  const found = new Map<string, RecordedAnswer[]>();
  withJournals(call, recordedFor(call).consented, sources => {
    for (const { events } of sources) {
      for (const event of events()) {
        if (event.kind !== 'answer' || event.prompt === undefined || !prompts.has(event.prompt)) continue;
        const answered = stamp({ time: event.answered, zone: event.zone });
        const answer = { answered, text: event.texts?.[0] ?? '' };
        const of = found.get(event.prompt);
        if (of === undefined) found.set(event.prompt, [answer]);
        else of.push(answer);
      }
    }
  });
  return found;
}
