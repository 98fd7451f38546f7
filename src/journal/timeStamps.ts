import type { JournalDatabase } from './database.ts';
import { sha256 } from './digest.ts';

/** What an outside clock answered about a checkpoint. Whether it is good is not known here. */
export interface KeptToken {
  /** Size of the checkpoint. */
  readonly size: number;
  /** SHA-256 of the checkpoint's note in UTF-8. */
  readonly imprint: Uint8Array;
  /** URL that was asked. */
  readonly server: string;
  /** DER of the server's whole answer (TimeStampResp of RFC 3161). */
  readonly answer: Uint8Array;
  /** PEM of the certificates of its chain, the signer's first. */
  readonly certificates: string;
}

/** How it stands with a server: a row that tells windows and commands apart which of them asks it. */
export interface Clock {
  readonly server: string;
  /** When it was asked last, ms since 1970 UTC. */
  readonly asked: number;
  /** How often in vain since it last gave a token. */
  readonly failures: number;
  /** Why the last time was in vain. */
  readonly problem: string | null;
}

/** What a token is over. */
export function imprintOfNote(note: string): Uint8Array {
  return sha256(note);
}

/** Milliseconds that a server is left in peace after so many failures: 5 minutes, doubled each time, 12 hours at most. */
export function patienceAfter(failures: number): number {
  return failures === 0 ? 0 : Math.min(5 * 60_000 * 2 ** Math.min(failures - 1, 20), 12 * 3_600_000);
}

/** How long one that asks is believed to be still at it. */
const atWork = 2 * 60_000;

/** The tokens of one journal, oldest checkpoint first, up to a size. */
export function tokensIn(database: JournalDatabase, size: number): KeptToken[] {
  const all =
    'SELECT size, imprint, server, answer, certificates FROM token WHERE size <= ? ORDER BY size, imprint, server';
  return database.guarded(() => database.connection.prepare(all).all(size) as KeptToken[]);
}

/** How it stands with each server that was asked. */
export function clocksIn(database: JournalDatabase): Clock[] {
  const all = 'SELECT server, asked, failures, problem FROM clock ORDER BY server';
  const clocks = database.guarded(() => database.connection.prepare(all).all() as Clock[]);
  return clocks.map(clock => (clock.problem === busyMark ? { ...clock, problem: null } : clock));
}

/** The time stamps of one journal that is open for writing, and how it stands with the servers. Errors are JournalErrors. */
export class TimeStamps {
  readonly #database: JournalDatabase;

  constructor(database: JournalDatabase) {
    this.#database = database;
  }

  /**
   * Takes the right to ask a server now; false while it is to be left in peace, or another asks it. `patient`:
   * whether failures before count; else only another one that is just asking stands in the way.
   */
  claim(server: string, now: number, patient: boolean): boolean {
    return this.#database.transaction(() => {
      const found = this.#database.connection
        .prepare('SELECT server, asked, failures, problem FROM clock WHERE server = ?')
        .get(server) as Clock | undefined;
      const { asked = 0, failures = 0, problem = null } = found ?? {};
      // A clock that was set back must not silence a server until then.
      const since = now < asked ? Number.POSITIVE_INFINITY : now - asked;
      const busy = problem === busyMark && since < atWork;
      if (busy || (patient && since < patienceAfter(failures))) return false;
      this.#set({ server, asked: now, failures, problem: busyMark });
      return true;
    });
  }

  /** It gave a token. */
  keep(token: KeptToken, now: number): void {
    const { size, imprint, server, answer, certificates } = token;
    this.#database.transaction(() => {
      this.#database.connection
        .prepare('INSERT OR REPLACE INTO token VALUES (?, ?, ?, ?, ?)')
        .run(size, imprint, server, answer, certificates);
      this.#set({ server, asked: now, failures: 0, problem: null });
    });
  }

  /** It gave none. */
  failed(server: string, now: number, problem: string): void {
    this.#database.transaction(() => {
      const failures = this.#database.connection
        .prepare('SELECT failures FROM clock WHERE server = ?')
        .pluck()
        .get(server) as number | undefined;
      this.#set({ server, asked: now, failures: (failures ?? 0) + 1, problem });
    });
  }

  #set({ server, asked, failures, problem }: Clock): void {
    this.#database.connection
      .prepare('INSERT OR REPLACE INTO clock VALUES (?, ?, ?, ?)')
      .run(server, asked, failures, problem);
  }
}

/** Stands in `problem` while a server is being asked. */
const busyMark = 'asking';
