import { timeStampAccount } from '../evidence/timeStamps/account.ts';
import { keptTimeStamps } from '../evidence/timeStamps/kept.ts';
import type { JournalReader } from '../journal/reader.ts';
import type { Words } from './words.ts';

/** How it stands with the time stamps of a journal. */
export interface TimeStampStatus {
  readonly count: number;
  /** What the outside clock said that has seen the most. */
  readonly newest: { readonly size: number; readonly time: string; readonly authority: string } | null;
  /** Servers that were asked before and have not stamped the newest checkpoint; why not, if it is known. */
  readonly waiting: readonly { readonly server: string; readonly problem: string | null }[];
}

export function timeStampStatus(reader: JournalReader): TimeStampStatus {
  const [checkpoints, tokens] = [reader.checkpoints(), reader.tokens()];
  const last = tokens.slice(-1);
  const notes = checkpoints.filter(({ size }) => size === last[0]?.size).map(({ note }) => note);
  const [shown] = timeStampAccount(keptTimeStamps(last, notes)).shown;
  const newest = checkpoints.at(-1)?.size;
  const done = new Set(tokens.filter(({ size }) => size === newest).map(({ server }) => server));
  const late = reader.clocks().filter(({ server }) => newest !== undefined && !done.has(server));
  return {
    count: tokens.length,
    newest: shown === undefined ? null : { size: shown.size, time: shown.time, authority: shown.authority },
    waiting: late.map(({ server, problem }) => ({ server, problem })),
  };
}

/** Rows for people; none where no server was ever asked. */
export function timeStampRows({ count, newest, waiting }: TimeStampStatus, words: Words): [string, string][] {
  if (count === 0 && waiting.length === 0) return [];
  const text = newest === null ? words.t('status.nothing') : words.t('status.timeStampsText', { count, ...newest });
  const late = waiting.map(({ server, problem }): [string, string] => {
    const key = `timestamp.problem.${problem}`;
    const known = words.has(key) ? words.t(key).replace(/\.$/u, '') : problem;
    return ['', words.t('status.timeStampsWait', { server, why: known ?? words.t('status.timeStampsNever') })];
  });
  return [[words.t('status.timeStamps'), text], ...late];
}
