import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileSeen, noteFile, originOfFile } from './acts.ts';
import type { SkipReason } from './event.ts';
import { readText } from './fileText.ts';
import { maskedFile } from './maskedFile.ts';
import type { Asks, BaselineResult, SeenOutside } from './messages.ts';
import { isOurs, type JournalProblem } from './problem.ts';
import type { SessionWriter } from './sessionWriter.ts';

/** Takes in the files of a folder as they stand, one file a step, so that acts can be committed between. */
export class Baseline {
  readonly total: number;
  done = 0;
  readonly #writer: SessionWriter;
  readonly #request: Asks['baseline']['request'];
  readonly #problem: (problem: JournalProblem) => void;
  /** The file at which it failed last. */
  #failed: string | undefined;
  readonly #skipped: { path: string; reason: SkipReason }[] = [];
  readonly #changed: (SeenOutside & { path: string })[] = [];
  readonly #vanished: string[] = [];

  /** `problem`: a file could not be taken in by a bug of ours. */
  constructor(writer: SessionWriter, request: Asks['baseline']['request'], problem: (problem: JournalProblem) => void) {
    this.#writer = writer;
    this.#request = request;
    this.#problem = problem;
    this.total = request.paths.length;
  }

  get result(): BaselineResult {
    return { done: this.done, skipped: this.#skipped, changed: this.#changed, vanished: this.#vanished };
  }

  /** Looks at the next file; false when there is nothing left to do. Throws JournalError, and can then be tried again. */
  step(): boolean {
    const path = this.#request.paths[this.done];
    if (path === undefined) {
      this.#clear();
      return false;
    }
    if (this.#isTaken(path)) this.done++;
    return true;
  }

  /** A bug that meets one file keeps no other waiting: it is tried once more, then left to be taken in when it is opened. */
  #isTaken(path: string): boolean {
    try {
      this.#look(path);
      return true;
    } catch (error) {
      if (!isOurs(error)) throw error;
      const again = this.#failed === path;
      this.#failed = path;
      if (!again) this.#problem({ code: 'internal', path, detail: error.stack ?? error.message });
      return again;
    }
  }

  #look(path: string): void {
    const writer = this.#writer;
    const { file: given, by } = this.#request;
    const known = writer.journal.replay.at(path);
    const file = readText(writer.folder, path, known?.format.encoding);
    if (file === undefined) return;
    if ('skip' in file) {
      writer.aside(acting => writer.skip(acting, path, file.skip));
      this.#skipped.push({ path, reason: file.skip });
      return;
    }
    // A link is its file, which has a path of its own.
    if (file.real !== path) return;
    const seen = writer.aside(acting => {
      // An open text is its tracker's: what stands in the file comes through the editor.
      const { replay } = acting.turn;
      const open = [...replay.trackers].filter(of => of.cell === undefined && of.document === replay.at(path));
      if (open.length === 0) {
        const origin = originOfFile(file, given);
        return fileSeen(acting, path, maskedFile(replay, path, file), { origin, observation: { by }, unwatched: true });
      }
      const own = open.find(tracker => tracker.session === acting.session);
      if (own !== undefined) noteFile(acting, own);
      return undefined;
    });
    if (seen?.changed !== undefined) this.#changed.push({ path, ...seen.changed });
  }

  /** Documents whose files are gone. A folder that is not there at all tells nothing. */
  #clear(): void {
    const writer = this.#writer;
    if (!existsSync(writer.folder)) return;
    const given = new Set(this.#request.paths);
    const gone = [...writer.journal.replay.documents.values()].filter(
      ({ path, present }) =>
        present && path !== undefined && !given.has(path) && !existsSync(join(writer.folder, path)),
    );
    if (gone.length === 0) return;
    writer.aside(({ turn, session, stamp }) => {
      for (const { document, path = '' } of gone) turn.push(session, stamp, { kind: 'deleted', document, path });
    });
    this.#vanished.push(...gone.map(({ path = '' }) => path));
  }
}
