import type { JournalDatabase } from './database.ts';
import { mayRun, type ProcessName, thisProcess } from './processes.ts';
import type { Statement } from './runtime.ts';

/** Sessions that have begun and not ended, with their processes. No evidence: it only tells a crash from a window at work. */
export class SessionTable {
  readonly #all: Statement;
  readonly #put: Statement;
  readonly #remove: Statement;
  readonly #ordinal: Statement;
  readonly #setOrdinal: Statement;

  constructor({ connection }: JournalDatabase) {
    this.#all = connection.prepare('SELECT session, process FROM live');
    this.#put = connection.prepare('INSERT INTO live VALUES (?, ?, 0)');
    this.#remove = connection.prepare('DELETE FROM live WHERE session = ?');
    this.#ordinal = connection.prepare('SELECT ordinal FROM live WHERE session = ?').pluck();
    this.#setOrdinal = connection.prepare('UPDATE live SET ordinal = ? WHERE session = ?');
  }

  begin(session: number): void {
    this.#put.run(session, JSON.stringify(thisProcess()));
  }

  end(session: number): void {
    this.#remove.run(session);
  }

  /** Sessions whose process is gone. */
  crashed(): number[] {
    return (this.#all.all() as { session: number; process: string }[])
      .filter(row => !mayRun(JSON.parse(row.process) as ProcessName))
      .map(row => row.session);
  }

  /** Processes on this machine that have sessions now. */
  running(host: string): ProcessName[] {
    return (this.#all.all() as { process: string }[])
      .map(row => JSON.parse(row.process) as ProcessName)
      .filter(process => process.host === host && mayRun(process));
  }

  /** How many acts of the session are committed; undefined when it has ended. */
  ordinal(session: number): number | undefined {
    return this.#ordinal.get(session) as number | undefined;
  }

  setOrdinal(session: number, ordinal: number): void {
    this.#setOrdinal.run(ordinal, session);
  }
}
