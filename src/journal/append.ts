import { platform } from 'node:process';
import type { EventBody } from './event.ts';
import { Journal, type Turn } from './journal.ts';
import { isSaid } from './said.ts';
import { stampNow } from './stamp.ts';

export interface Act {
  readonly body: EventBody;
  readonly texts?: readonly string[];
}

/**
 * Appends some acts at once in a session of their own: what the command line does. Gives their sequences.
 * Throws JournalError; Misfit where an act does not fit.
 */
export function appendEvents(file: string, software: string, acts: readonly Act[]): number[] {
  const journal = Journal.open(file);
  try {
    return appendTo(journal, software, acts);
  } finally {
    journal.close();
  }
}

export interface Appending {
  /** Only what the journal does not say yet. */
  readonly unsaid?: boolean;
  /** Done in the same transaction. */
  readonly within?: () => void;
}

/** The same in a journal that is open. All of it is kept, or nothing is. A function says what, in the same transaction. */
export function appendTo(
  journal: Journal,
  software: string,
  all: readonly Act[] | ((turn: Turn) => readonly Act[]),
  asked: Appending = {},
): number[] {
  const { unsaid = false, within } = asked;
  return journal.append(turn => {
    within?.();
    const said = typeof all === 'function' ? all(turn) : all;
    const acts = unsaid ? said.filter(({ body }) => !isSaid(turn.replay, body)) : said;
    if (acts.length === 0) return [];
    const session = turn.nextSession();
    const stamp = stampNow();
    const leases = [turn.lease(), turn.lease()] as const;
    const channels = { channels: [], unreachable: [] };
    turn.push(session, stamp, { kind: 'session', software, editor: 'command line', platform, leases, ...channels });
    const sequences = acts.map(({ body, texts }) => turn.push(session, stamp, body, texts));
    turn.push(session, stamp, { kind: 'sessionEnd' });
    return sequences;
  });
}
