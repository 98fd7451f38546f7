import { type Event, EventEmitter, type WorkspaceFolder } from 'vscode';
import type { ReviewDocument } from '../../cli/review.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import { type FolderAnswer, FolderAnswers } from '../folderAnswers.ts';
import type { Surface } from '../surface.ts';

/** The review of one of the window's folders, or why there is none, in words. */
export interface FolderReview {
  readonly folder: WorkspaceFolder;
  readonly review: ReviewDocument | string;
}

const pause = 3_000;

/** The reviews of the window's folders as the command line makes them. */
export class ReviewSource implements Disposable {
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #answers: FolderAnswers;
  readonly onDidChange: Event<void> = this.#changed.event;
  #reviews: readonly FolderReview[] = [];

  constructor(surface: Pick<Surface, 'line' | 'log' | 'texts'>) {
    const argv = () => ['review', '--json', '--language', surface.texts.language];
    this.#answers = this.#store.add(new FolderAnswers(surface, { argv, name: 'review', pause, pauseOfSaves: 0 }));
    this.#store.add(
      this.#answers.onDidChange(answers => {
        this.#reviews = answers.map(reviewIn);
        this.#changed.fire();
      }),
    );
  }

  /** As last read. */
  get reviews(): readonly FolderReview[] {
    return this.#reviews;
  }

  watch(isWatched: boolean): void {
    this.#answers.watch(isWatched);
  }

  /** As the record has it now. */
  async read(): Promise<readonly FolderReview[]> {
    await this.#answers.read();
    return this.#reviews;
  }

  /** Reads anew. */
  async refresh(): Promise<readonly FolderReview[]> {
    await this.#answers.refresh();
    return this.#reviews;
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function reviewIn(answer: FolderAnswer): FolderReview {
  const { folder } = answer;
  return { folder, review: 'said' in answer ? (JSON.parse(answer.said) as ReviewDocument) : answer.refused };
}
