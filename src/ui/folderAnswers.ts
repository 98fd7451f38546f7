import { type Event, EventEmitter, type WorkspaceFolder, window, workspace } from 'vscode';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { complaint } from './cli.ts';
import { foldersThat, hasJournal } from './folders.ts';
import { Pace } from './pace.ts';
import type { Surface } from './surface.ts';

/** What the command line printed about one of the window's folders, or why it could not. */
export type FolderAnswer = { readonly folder: WorkspaceFolder } & (
  | { readonly said: string }
  | { readonly refused: string }
);

export interface FolderQuestion {
  readonly argv: () => readonly string[];
  /** What is asked for, as the output channel names it. */
  readonly name: string;
  /** At least so many milliseconds lie between two readings, and five times what the last one took. */
  readonly pause: number;
  /** The same where a text was saved, or the window is looked at again. */
  readonly pauseOfSaves: number;
}

const share = 5;

/**
 * What the command line says of the window's recorded folders, in a thread of its own. It is asked when somebody looks, and
 * anew after the record got what it tells of; never because of a keystroke.
 */
export class FolderAnswers implements Disposable {
  readonly #store = new Store();
  readonly #surface: Pick<Surface, 'line' | 'log'>;
  readonly #question: FolderQuestion;
  readonly #changed = this.#store.add(new EventEmitter<readonly FolderAnswer[]>());
  readonly #pace: Pace;
  /** They are others than before. */
  readonly onDidChange: Event<readonly FolderAnswer[]> = this.#changed.event;
  #reading: Promise<void> | undefined;
  #isStale = true;
  /** Milliseconds. */
  #took = 0;
  #isWatched = false;
  /** The folders that were asked about, and what was said of them. */
  #of = '';
  #said = '';

  constructor(surface: Pick<Surface, 'line' | 'log'>, question: FolderQuestion) {
    this.#surface = surface;
    this.#question = question;
    const { line } = surface;
    const pause = () => Math.max(question.pause, share * this.#took);
    this.#pace = this.#store.add(new Pace(() => void this.read(), pause));
    const saves = this.#store.add(new Pace(() => this.#outdate(), question.pauseOfSaves));
    this.#store.add(line.onDidChangePrompts(() => this.#outdate()));
    // The state tells of much else too, such as each file that is read for the first time.
    this.#store.add(line.onDidChangeState(() => (this.#recorded() === this.#of ? undefined : this.#outdate())));
    this.#store.add(workspace.onDidSaveTextDocument(() => saves.ask()));
    // Other windows and programs write, too.
    this.#store.add(window.onDidChangeWindowState(({ focused }) => (focused ? saves.ask() : undefined)));
  }

  /** Somebody looks on, and is to be told of what comes, or no longer. */
  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (isWatched && this.#isStale) this.#pace.ask();
  }

  /** Told is what the record has now. What cannot be read is named in the output channel. */
  async read(): Promise<void> {
    await this.#reading;
    if (!this.#isStale) return;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  /** Reads anew. */
  refresh(): Promise<void> {
    this.#isStale = true;
    return this.read();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #outdate(): void {
    this.#isStale = true;
    if (this.#isWatched) this.#pace.ask();
  }

  #recorded(): string {
    return foldersThat(this.#surface.line, hasJournal)
      .map(({ uri }) => uri.toString())
      .join('\n');
  }

  async #read(): Promise<void> {
    const { line, log } = this.#surface;
    this.#isStale = false;
    this.#of = this.#recorded();
    const folders = foldersThat(line, hasJournal);
    const began = performance.now();
    try {
      await line.flush();
      this.#take(await Promise.all(folders.map(folder => this.#ask(folder))));
    } catch (failure) {
      // Whoever looks next has it asked again.
      this.#isStale = true;
      log.error(`The ${this.#question.name} could not be read`, failure);
    }
    this.#took = performance.now() - began;
  }

  async #ask(folder: WorkspaceFolder): Promise<FolderAnswer> {
    const result = await this.#surface.line.runCli(folder.uri, this.#question.argv());
    if (result.code !== 2) return { folder, said: result.stdout };
    this.#surface.log.error(`The ${this.#question.name} of ${folder.name} could not be read: ${result.stderr}`);
    return { folder, refused: complaint(result) };
  }

  #take(answers: readonly FolderAnswer[]): void {
    const said = answers
      .map(one => `${one.folder.uri.toString()}\n${'said' in one ? one.said : one.refused}`)
      .join('\n');
    if (said === this.#said || this.#store.isDisposed) return;
    this.#said = said;
    this.#changed.fire(answers);
  }
}
