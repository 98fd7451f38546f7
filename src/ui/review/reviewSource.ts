import { type Event, EventEmitter, type WorkspaceFolder, window, workspace } from 'vscode';
import type { ReviewDocument } from '../../cli/review.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import { complaint } from '../cli.ts';
import { foldersThat, hasJournal } from '../folders.ts';
import { Pace } from '../pace.ts';
import type { Surface } from '../surface.ts';

/** The review of one of the window's folders, or why there is none, in words. */
export interface FolderReview {
  readonly folder: WorkspaceFolder;
  readonly review: ReviewDocument | string;
}

/** At least so many milliseconds lie between two readings of the journals, and so many times what the last one took. */
const pause = 3_000;
const share = 5;

/**
 * The reviews of the window's folders as the command line makes them, in a thread of its own. They are made when somebody
 * looks, and anew after something was saved or the record got what it tells of; never because of a keystroke.
 */
export class ReviewSource implements Disposable {
  readonly #store = new Store();
  readonly #surface: Pick<Surface, 'line' | 'log' | 'texts'>;
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #pace = this.#store.add(
    new Pace(
      () => void this.read(),
      () => Math.max(pause, share * this.#took),
    ),
  );
  readonly onDidChange: Event<void> = this.#changed.event;
  #reviews: readonly FolderReview[] = [];
  #reading: Promise<void> | undefined;
  #isStale = true;
  /** Milliseconds. */
  #took = 0;
  #isWatched = false;
  #of = '';
  #said = '';

  constructor(surface: Pick<Surface, 'line' | 'log' | 'texts'>) {
    this.#surface = surface;
    const { line } = surface;
    this.#store.add(line.onDidChangePrompts(() => this.#outdate()));
    this.#store.add(line.onDidChangeState(() => (this.#recorded() === this.#of ? undefined : this.#outdate())));
    this.#store.add(workspace.onDidSaveTextDocument(() => this.#outdate()));
    // Other windows and programs write, too.
    this.#store.add(window.onDidChangeWindowState(({ focused }) => (focused ? this.#outdate() : undefined)));
  }

  /** As last read. */
  get reviews(): readonly FolderReview[] {
    return this.#reviews;
  }

  /** Somebody looks on, and is to be told of what comes, or no longer. */
  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (isWatched && this.#isStale) this.#pace.ask();
  }

  /** As the record has it now. */
  async read(): Promise<readonly FolderReview[]> {
    await this.#reading;
    if (this.#isStale) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
    return this.#reviews;
  }

  /** Reads anew. */
  async refresh(): Promise<readonly FolderReview[]> {
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
    const began = performance.now();
    try {
      await line.flush();
      const reviews = await Promise.all(foldersThat(line, hasJournal).map(folder => this.#ask(folder)));
      this.#take(reviews);
    } catch (failure) {
      log.error('The review could not be made', failure);
    }
    this.#took = performance.now() - began;
  }

  async #ask(folder: WorkspaceFolder): Promise<FolderReview> {
    const { line, log, texts } = this.#surface;
    const result = await line.runCli(folder.uri, ['review', '--json', '--language', texts.language]);
    if (result.code !== 2) return { folder, review: JSON.parse(result.stdout) as ReviewDocument };
    log.error(`The review of ${folder.name} could not be made: ${result.stderr}`);
    return { folder, review: complaint(result) };
  }

  #take(reviews: readonly FolderReview[]): void {
    const said = JSON.stringify(reviews.map(({ folder, review }) => [folder.uri.toString(), review]));
    if (said === this.#said || this.#store.isDisposed) return;
    this.#said = said;
    this.#reviews = reviews;
    this.#changed.fire();
  }
}
