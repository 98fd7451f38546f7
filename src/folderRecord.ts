import type * as vscode from 'vscode';
import type { Log } from './host/log.ts';
import { Fault } from './journal/fault.ts';
import type { Signer } from './journal/keys.ts';
import { JournalError, type JournalProblem, passes } from './journal/problem.ts';
import type { JournalWriter } from './journal/writer.ts';
import type { Recording } from './recording.ts';
import type { Problem, RecordingState } from './ui/line.ts';

/** How a folder's journal is to be opened. */
export interface Opening {
  /** The person's yes, given for this folder in this window. */
  readonly consent?: 'person' | 'command';
  /** The work that it is a record of, where the folder names one. */
  readonly work?: string;
  /** A journal that was found damaged at work: recording goes on in another. */
  readonly damaged?: string;
  /** A session of this window that ended without a word: its worker is gone for good. */
  readonly broken?: number;
}

export interface FolderRecordOptions {
  readonly folder: vscode.WorkspaceFolder;
  readonly log: Log;
  /** Rejects with JournalError for what the world does. */
  readonly open: (opening: Opening) => Promise<JournalWriter>;
  readonly record: (writer: JournalWriter, record: FolderRecord) => Recording;
  readonly onDidChange: () => void;
  readonly onDidMeet: (problem: Problem) => void;
}

/** Milliseconds until a journal that cannot be opened is tried again, at first and at most. */
const patience = [2000, 30_000] as const;
/** A journal that ends sooner than this after it was opened waits before the next is. */
const soon = 60_000;

/**
 * The record of one folder of the window: opens its journal, has it recorded, and where the world stands in the
 * way says so once and goes on by itself when it can. Mutable; lives until `close`.
 */
export class FolderRecord {
  readonly folder: vscode.WorkspaceFolder;
  readonly #options: FolderRecordOptions;
  #recording: Recording | undefined;
  #problem: Problem | undefined;
  #toRead = 0;
  #opening: Promise<void> | undefined;
  #openedAt = 0;
  #again: NodeJS.Timeout | undefined;
  #wait: number = patience[0];
  #closed = false;
  readonly #hindered = new Set<() => void>();

  constructor(options: FolderRecordOptions) {
    this.#options = options;
    this.folder = options.folder;
  }

  /** What records the folder now; undefined without consent, and while its journal cannot be opened. */
  get recording(): Recording | undefined {
    return this.#recording;
  }

  get state(): RecordingState {
    const { uri: folder } = this.folder;
    if (this.#recording && !this.#recording.writer.recording) return { kind: 'paused', folder };
    if (this.#problem) return { kind: 'problem', folder, problem: this.#problem };
    if (!this.#recording) return { kind: 'notRecorded', why: 'consent' };
    return { kind: 'recording', folder, ...(this.#toRead > 0 && { toRead: this.#toRead }) };
  }

  /** Opens the journal, if it is not open: resolves when the folder is taken in, or something stands in the way. */
  open(opening: Opening = {}): Promise<void> {
    if (this.#recording) return Promise.resolve();
    clearTimeout(this.#again);
    // A consent that comes while the journal is looked for without one is not lost.
    if (this.#opening && opening.consent !== undefined) return this.#opening.then(() => this.open(opening));
    this.#opening ??= this.#open(opening, opening.consent !== undefined).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** All that was seen is committed, or something stands in the way. */
  async flush(): Promise<void> {
    if (this.#recording && !this.#problem) await this.#orHindered(this.#recording.flush());
  }

  /** Files of the folder that are still to be read for the first time. */
  progress(toRead: number): void {
    this.#toRead = toRead;
    if (toRead === 0) this.#passed();
    this.#options.onDidChange();
  }

  /** The editor has another key: it enters the journal, if that is open, and signs from here on. */
  async signWith(signer: Signer): Promise<void> {
    try {
      await this.#recording?.writer.signing?.signWith(signer);
    } catch (error) {
      this.#log('the new key has not entered the journal', error);
      if (error instanceof Fault && error.code === 'keyReplaced')
        this.meet({ code: 'keyReplaced', detail: error.message });
    }
  }

  /** Tells of something that stands in the way of one file, or of one moment. */
  meet(problem: JournalProblem | Problem): void {
    const told = { ...problem, folder: this.folder.uri };
    if (passes(problem.code as JournalProblem['code'])) this.#hinder(told);
    this.#options.onDidMeet(told);
    this.#options.onDidChange();
  }

  /** Ends the record, and waits until what was seen is kept. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    await this.#opening;
    await this.#end();
  }

  async #open(opening: Opening, asked: boolean): Promise<void> {
    let writer: JournalWriter;
    try {
      writer = await this.#options.open(opening);
    } catch (error) {
      this.#refused(problemOf(error), opening, asked);
      return;
    }
    this.#problem = undefined;
    this.#wait = patience[0];
    this.#openedAt = Date.now();
    const recording = this.#options.record(writer, this);
    this.#recording = recording;
    this.#attend(recording);
    this.#options.onDidChange();
    if (this.#closed) return;
    await this.#orHindered(
      recording.start().catch((error: unknown) => this.#log('the folder was not taken in', error)),
    );
  }

  #attend(recording: Recording): void {
    const { writer } = recording;
    const now = (act: () => void) => (this.#recording === recording ? act() : undefined);
    writer.onProblem(problem => now(() => this.meet(problem)));
    writer.onCommitted(() => now(() => this.#passed()));
    writer.onOver(problem => now(() => void this.#over(recording, problem)));
    // Said by this window's own command or by another's: what follows is the same.
    writer.onRecording(records => {
      void (records ? recording.resume() : recording.rest()).catch(error => this.#log('pausing or resuming', error));
      this.#options.onDidChange();
    });
  }

  /** The journal could not be opened: nothing is recorded until it can. */
  #refused(problem: JournalProblem | Problem, opening: Opening, asked: boolean): void {
    if (problem.code === 'notConsented') {
      this.#problem = undefined;
      this.#options.onDidChange();
      return;
    }
    const told: Problem = { ...problem, folder: this.folder.uri, stopped: true };
    this.#hinder(told);
    this.#options.onDidMeet(asked ? { ...told, asked } : told);
    this.#options.onDidChange();
    if (passes(problem.code as JournalProblem['code'])) this.#later(opening);
  }

  #later(opening: Opening): void {
    if (this.#closed) return;
    const again = () => {
      this.#opening ??= this.#open(opening, false).finally(() => {
        this.#opening = undefined;
      });
    };
    this.#again = setTimeout(again, this.#wait);
    this.#wait = Math.min(this.#wait * 2, patience[1]);
  }

  /** The journal takes nothing any more. One that is damaged or gone is followed by another. */
  async #over(recording: Recording, problem: JournalProblem): Promise<void> {
    const { journal, session } = recording.writer;
    if (problem.code === 'newer' || problem.code === 'runtime') {
      this.#hinder({ ...problem, folder: this.folder.uri });
      this.#options.onDidChange();
      return;
    }
    await this.#end();
    const opening = problem.code === 'worker' ? { broken: session } : { damaged: journal };
    if (Date.now() - this.#openedAt > soon) await this.open(opening);
    else this.#later(opening);
  }

  async #end(): Promise<void> {
    const recording = this.#recording;
    this.#recording = undefined;
    this.#toRead = 0;
    try {
      await recording?.dispose();
    } catch (error) {
      this.#log('the journal did not take the end of the session', error);
    }
    this.#options.onDidChange();
  }

  #hinder(problem: Problem): void {
    this.#problem = problem;
    for (const tell of this.#hindered) tell();
    this.#hindered.clear();
  }

  #passed(): void {
    if (!this.#problem || this.#problem.stopped || !passes(this.#problem.code as JournalProblem['code'])) return;
    this.#options.log.info(`${this.#problem.code}: has passed, all that waited is written`);
    this.#problem = undefined;
    this.#options.onDidChange();
  }

  #orHindered(work: Promise<void>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#hindered.add(resolve);
    return Promise.race([work, promise]).finally(() => this.#hindered.delete(resolve));
  }

  #log(what: string, error: unknown): void {
    this.#options.log.error(`${what}:`, error instanceof Error ? error : String(error));
  }
}

/** What is no problem of the journal's is one of ours. */
function problemOf(error: unknown): JournalProblem | Problem {
  if (error instanceof JournalError) return error.problem;
  return { code: 'internal', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
