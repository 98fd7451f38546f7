import { type Event, EventEmitter, type WorkspaceFolder } from 'vscode';
import type { PromptsDocument } from '../../cli/prompts.ts';
import type { PromptEntry } from '../../evidence/register.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import { type FolderAnswer, FolderAnswers } from '../folderAnswers.ts';
import type { Surface } from '../surface.ts';

/** A prompt of one of the window's folders. */
export interface Listed extends PromptEntry {
  readonly folder: WorkspaceFolder;
}

/** Prompts that are held at most; the newest. The report has them all. */
const most = 10_000;
/** Code units of a prompt's text that are held; what is shown whole is asked of the record. */
const longest = 20_000;
const pause = 2_000;
/** A save, or a look at the window, often changes little or nothing of prompts. */
const pauseOfSaves = 15_000;

/** The registers of the window's folders as the command line makes them. */
export class PromptRegister implements Disposable {
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #answers: FolderAnswers;
  readonly onDidChange: Event<void> = this.#changed.event;
  #entries: readonly Listed[] = [];
  #more = 0;
  #isWhole = true;

  constructor(surface: Pick<Surface, 'line' | 'log'>) {
    const argv = () => ['prompts', '--all', '--json', '--excerpt', `${longest}`];
    const question = { argv, name: 'register of prompts', pause, pauseOfSaves };
    this.#answers = this.#store.add(new FolderAnswers(surface, question));
    this.#store.add(this.#answers.onDidChange(answers => this.#take(answers)));
  }

  /** Newest first; as last read. */
  get entries(): readonly Listed[] {
    return this.#entries;
  }

  /** Older prompts that are not held. */
  get more(): number {
    return this.#more;
  }

  /** False where a folder's register could not be read: the output channel says why. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  watch(isWatched: boolean): void {
    this.#answers.watch(isWatched);
  }

  /** The entries as the record has them now. What cannot be read is named in the output channel. */
  async read(): Promise<readonly Listed[]> {
    await this.#answers.read();
    return this.#entries;
  }

  /** Reads anew. */
  async refresh(): Promise<readonly Listed[]> {
    await this.#answers.refresh();
    return this.#entries;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #take(answers: readonly FolderAnswer[]): void {
    this.#isWhole = answers.every(answer => 'said' in answer);
    const all = answers.flatMap(listed);
    all.sort((a, b) => Date.parse(b.asked) - Date.parse(a.asked) || b.number - a.number);
    this.#more = Math.max(0, all.length - most);
    this.#entries = all.slice(0, most);
    this.#changed.fire();
  }
}

function listed(answer: FolderAnswer): readonly Listed[] {
  if (!('said' in answer)) return [];
  const { folder, said } = answer;
  return (JSON.parse(said) as PromptsDocument).prompts.map(prompt => ({ ...prompt, folder }));
}
