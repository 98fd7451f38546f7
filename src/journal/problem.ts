import { Fault } from './fault.ts';

/** What can go wrong with a journal or a recorded file: a value, made where the world is met. */
export type ProblemCode =
  /** The runtime cannot load SQLite. */
  | 'runtime'
  /** The journal's file is damaged. */
  | 'corrupt'
  /** The data folder or file cannot be written. */
  | 'readonly'
  /** The disk is full. */
  | 'full'
  /** The disk or the system answered with an error. */
  | 'disk'
  /** A bug of ours: neither SQLite nor the system said anything. What waits is tried again; `detail` says what it was. */
  | 'internal'
  /** A bug of ours in the search for text that an AI gave: something may not be found. Nothing else suffers. */
  | 'search'
  /** Another process holds the file too long. */
  | 'locked'
  /** A newer Holograph has written it. */
  | 'newer'
  /** No consented journal for this folder. */
  | 'notConsented'
  /** There is no such journal. */
  | 'missing'
  /** An event that does not fit the state it was to change; it is replaced by a gap. */
  | 'misfit'
  /** The worker thread ended; `detail` says whether it was started again. */
  | 'worker'
  /** Acts of this session join no journal: they could not be written, or only to a file beside a damaged one. */
  | 'lost'
  /** Acts wait in a spool file and are claimed at the next start. */
  | 'spooled'
  /** The data folder lies on a drive of another machine: recording goes on, but SQLite promises nothing there. `detail`: its kind. */
  | 'network'
  /** The key at hand was replaced by another, so that it signs nothing here. */
  | 'keyReplaced'
  | 'unreadableFile'
  | 'encoding'
  | 'vanished';

/** One problem as plain data; the words that people see are made from `code` by who shows it. */
export interface JournalProblem {
  readonly code: ProblemCode;
  /** The file that it is about. */
  readonly path?: string;
  /** For the log: technical, English. */
  readonly detail?: string;
}

/** A problem that ends what was asked for. */
export class JournalError extends Error {
  readonly problem: JournalProblem;

  constructor(problem: JournalProblem, cause?: unknown) {
    super(messageOf(problem), cause === undefined ? undefined : { cause });
    this.name = 'JournalError';
    this.problem = problem;
  }

  /** The error of SQLite or of the file system as one of ours; what is ours already stays as it is. */
  static from(error: unknown, path: string): JournalError {
    if (error instanceof JournalError) return error;
    if (error instanceof Fault) {
      // The sentence before the detail is the code's, which people read in their own language.
      return new JournalError(
        { code: error.code === 'newer' ? 'newer' : 'corrupt', path, detail: error.detail },
        error,
      );
    }
    // Where it was thrown is all that can be known of a bug later.
    if (isOurs(error)) return new JournalError({ code: 'internal', path, detail: error.stack ?? error.message }, error);
    const detail = error instanceof Error ? error.message : String(error);
    return new JournalError({ code: problemOf(codeOf(error)), path, detail }, error);
  }
}

/** Whether it is a bug of ours: what the world does comes with a code, of SQLite or of the system. */
export function isOurs(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof JournalError || error instanceof Fault) return false;
  return codeOf(error) === '' || misuse.test(codeOf(error));
}

/** What Node says of an argument that is none: nothing of the world is in it. */
const misuse = /^ERR_(OUT_OF_RANGE|INVALID_ARG_TYPE|INVALID_ARG_VALUE|BUFFER_OUT_OF_BOUNDS)$/;

/** Whether waiting and trying again can help. */
export function passes(code: string): boolean {
  return code === 'readonly' || code === 'full' || code === 'disk' || code === 'locked' || code === 'internal';
}

function messageOf({ code, path, detail }: JournalProblem): string {
  return [code, path, detail].filter(part => part !== undefined).join(': ');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** SQLite's extended result codes begin with the plain ones; the others are Node's. */
function problemOf(code: string): ProblemCode {
  // Our statements fit our tables: what fits no more was changed.
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT|ERROR$|CONSTRAINT|MISMATCH|IOERR_CORRUPTFS|IOERR_SHORT_READ)/.test(code))
    return 'corrupt';
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EISDIR)$/.test(code))
    return 'readonly';
  if (/^SQLITE_FULL|^(ENOSPC|EDQUOT)$/.test(code)) return 'full';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'locked';
  if (code === 'ENOENT') return 'missing';
  return 'disk';
}
