import { Catalogue, type Consented } from './catalogue.ts';
import { damageOr } from './damageOr.ts';
import { Echoes } from './echoes.ts';
import { block, Journal, type Turn } from './journal.ts';
import { leftHead } from './leftHead.ts';
import type { Ask } from './messages.ts';
import { networkProblem } from './network.ts';
import { unseenSince } from './outside.ts';
import { JournalError, type JournalProblem } from './problem.ts';
import { purge } from './purge.ts';
import type { Replay } from './replay.ts';
import { SessionWriter } from './sessionWriter.ts';
import { claimable, claimSpooled, spooled } from './spool.ts';
import { stampNow } from './stamp.ts';
import type { WorkerStart } from './workerStart.ts';

type Report = (problem: JournalProblem) => void;

/** An open journal with a session that has begun in it. */
export interface Opening {
  readonly journal: Journal;
  readonly writer: SessionWriter;
  readonly echoes: Echoes;
  readonly work: string;
  readonly folder: string;
  /** First of the thread's serials. */
  readonly serials: number;
  readonly follows: string | undefined;
}

/**
 * Opens the journal of a consented folder and begins a session, or goes on with one. A journal that is damaged or
 * gone is set aside, and the session begins in another that names it. Throws JournalError.
 */
export function openSession(start: WorkerStart, report: Report): Opening {
  const catalogue = Catalogue.open(start.home);
  try {
    const { folder, software, consent, work, resumes } = start;
    if (resumes === undefined) warnOfNetwork(start.home, report);
    const consented =
      catalogue.find(folder) ??
      (consent && catalogue.consent(folder, { by: consent, software, ...(work !== undefined && { work }) }));
    if (consented === undefined) throw new JournalError({ code: 'notConsented', path: folder });
    if (resumes !== undefined && resumes.journal !== consented.journal) throw setAsideElsewhere(consented);
    try {
      if (start.damaged === consented.journal) throw damagedAtWork(consented);
      return sessionIn(consented, start, report);
    } catch (error) {
      const met = damageOr(error, consented.file);
      const { problem } = met;
      if (resumes !== undefined || (problem.code !== 'corrupt' && problem.code !== 'missing')) throw met;
      // What was met at work was told then.
      if (start.damaged === undefined) report(problem);
      return sessionIn(catalogue.setAside(consented.journal, leftHead(consented.file), software), start, report);
    }
  } finally {
    catalogue.close();
  }
}

/** Who cannot be asked of a drive is not told of it: it stops nothing. */
function warnOfNetwork(home: string, report: Report): void {
  try {
    const problem = networkProblem(home);
    if (problem !== undefined) report(problem);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

function sessionIn(consented: Consented, start: WorkerStart, report: Report): Opening {
  const journal = Journal.open(consented.file);
  try {
    purge(journal.database);
    // From here on it sees what is appended.
    journal.recall.open();
    const session = start.resumes?.session ?? begin(journal, consented, start, report);
    const leases = journal.replay.sessions.get(session)?.opened.leases;
    if (leases === undefined) throw new RangeError(`no session ${session}`);
    const serial = start.resumes === undefined ? leases[1] : freeSerial(journal, leases[1]);
    const at = { session, folder: consented.folder, serial };
    const writer = new SessionWriter(journal, at, report);
    return {
      journal,
      writer,
      echoes: new Echoes(journal, writer, report),
      work: consented.work,
      folder: consented.folder,
      serials: leases[0],
      follows: journal.replay.started?.follows,
    };
  } catch (error) {
    journal.close();
    throw error;
  }
}

function setAsideElsewhere({ file }: Consented): JournalError {
  return new JournalError({ code: 'missing', path: file, detail: 'the folder has another journal now' });
}

function damagedAtWork({ file }: Consented): JournalError {
  return new JournalError({ code: 'corrupt', path: file, detail: 'found damaged while it was written' });
}

/** Takes in what earlier sessions had to spool, notes those that crashed, and begins a new one. */
function begin(journal: Journal, consented: Consented, start: WorkerStart, report: Report): number {
  for (;;) {
    claim(journal, consented, report);
    const session = journal.append(turn => {
      const ended = endedSilently(turn, start.broken);
      // Who is gone spools no more: what it left is seen here, and comes before its end.
      const left = spooled(consented.file).filter(file => ended.has(file.session));
      if (claimable(left).length > 0) return undefined;
      for (const { session } of left) ended.delete(session);
      noteCrashes(turn, ended);
      const { software, editor, platform, channels, unreachable, rules } = start;
      const session = turn.nextSession();
      const leases = [turn.lease(), turn.lease()] as const;
      const about = { software, editor, platform, leases, channels, unreachable };
      turn.push(session, stampNow(), { kind: 'session', ...about, ...(rules !== undefined && { rules }) });
      turn.sessions.begin(session);
      return session;
    });
    if (session !== undefined) return session;
  }
}

/** Takes in the acts that wait beside a journal, without beginning a session. Throws JournalError. */
export function takeInSpool(file: string): void {
  const journal = Journal.open(file);
  try {
    // What it reports stands in the journal as well.
    claim(journal, { file, folder: journal.database.folder }, () => undefined);
  } finally {
    journal.close();
  }
}

/** Takes in what earlier sessions had to spool, with no session of its own. Throws JournalError. */
export function takeInSpooled(consented: Consented, report: Report): void {
  const journal = Journal.open(consented.file);
  try {
    claim(journal, consented, report);
  } finally {
    journal.close();
  }
}

/** Takes in what waits beside a journal that is open: a session of an older program may have spooled it. Throws JournalError. */
export function takeInWaiting(journal: Journal, report: Report): void {
  const { file, folder } = journal.database;
  if (claimable(spooled(file)).length > 0) claim(journal, { file, folder }, report);
}

/** What no session can take any more stays in its file, and its loss has a name in the journal. */
function claim(journal: Journal, { file, folder }: Pick<Consented, 'file' | 'folder'>, report: Report): void {
  claimSpooled(
    file,
    work => journal.database.transaction(work),
    ({ session, serial, messages }) => {
      const state = journal.replay.sessions.get(session);
      if (state === undefined) return 'ended';
      // Its own last word is there, and so all before it: who took the file in was killed before removing it.
      if (state.ended !== undefined)
        return journal.packs.events(state.ended).next().value?.kind === 'sessionEnd' ? 'taken' : 'ended';
      const writer = new SessionWriter(journal, { session, folder, serial }, report);
      for (const message of messages) {
        if (message.kind === 'append') writer.append(message.ordinal, message.events);
        else claimAsk(writer, message.ask, report);
      }
      return 'taken';
    },
    (path, why) => {
      const note = `acts that waited in a file could not be taken in: ${why}`;
      journal.append(turn => turn.push(0, stampNow(), { kind: 'gap', reason: 'disk', note }));
      report({ code: 'lost', path, detail: why });
    },
  );
}

/** What was asked for and not done. What a file held then is not known now: those who look at files look again. */
function claimAsk(writer: SessionWriter, ask: Ask, report: Report): void {
  if (ask.kind === 'outside' || ask.kind === 'notebook') return;
  try {
    writer.answer(ask);
  } catch (error) {
    if (error instanceof JournalError) throw error;
    report({ code: 'misfit', detail: error instanceof Error ? error.message : String(error) });
  }
}

/** Sessions that have no end and no process any more. */
function endedSilently(turn: Turn, broken: number | undefined): Set<number> {
  const crashed = new Set([...turn.sessions.crashed(), broken]);
  const all = [...turn.replay.sessions.values()].filter(({ ended }) => ended === undefined);
  return new Set(all.map(({ number }) => number).filter(n => crashed.has(n) || turn.sessions.ordinal(n) === undefined));
}

function noteCrashes(turn: Turn, sessions: ReadonlySet<number>): void {
  for (const number of sessions) {
    const since = turn.replay.sessions.get(number)?.last;
    turn.push(number, stampNow(), {
      kind: 'gap',
      reason: 'crash',
      crashed: number,
      ...(since !== undefined && { since }),
    });
    turn.sessions.end(number);
  }
}

/** After a restart: the first serial of the worker's block that no event has. */
function freeSerial(journal: Journal, first: number): number {
  const { origins } = journal.replay;
  let free = first;
  while (free < first + block) {
    const { act, until } = origins.at(free);
    if (act < 0) return free;
    free = until;
  }
  throw new RangeError('the session has no serials left');
}

/** When the journal began, and since when nobody had looked when this session did. */
export function beginnings(replay: Pick<Replay, 'sessions' | 'started'>, session: number) {
  const unseen = unseenSince(replay, session);
  return { since: replay.started?.time ?? 0, ...(unseen !== undefined && { unseenSince: unseen }) };
}
