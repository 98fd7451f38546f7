import { type Event, EventEmitter, type WorkspaceFolder, window, workspace } from 'vscode';
import type { PromptsDocument } from '../../cli/prompts.ts';
import type { PromptEntry } from '../../evidence/register.ts';
import { type Disposable, Store } from '../../host/lifecycle.ts';
import { foldersThat, hasJournal } from '../folders.ts';
import { Pace } from '../pace.ts';
import type { Surface } from '../surface.ts';

/** A prompt of one of the window's folders. */
export interface Listed extends PromptEntry {
  readonly folder: WorkspaceFolder;
}

/** Prompts that are held at most; the newest. The report has them all. */
const most = 10_000;
/** Code units of a prompt's text that are held; what is shown whole is asked of the record. */
const longest = 20_000;
/** At least so many milliseconds lie between two readings of the journals, and so many times what the last one took. */
const pause = 2_000;
const share = 5;
/** The same where a text was saved, or the window is looked at again: that often changes little or nothing. */
const pauseOfSaves = 15_000;

/**
 * The registers of the window's folders as the command line makes them, in a thread of its own. They are read when
 * somebody looks, and anew after the record got something that they tell of; never because of a keystroke.
 */
export class PromptRegister implements Disposable {
  readonly #store = new Store();
  readonly #surface: Pick<Surface, 'line' | 'log'>;
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #pace = this.#store.add(
    new Pace(
      () => void this.read(),
      () => Math.max(pause, share * this.#took),
    ),
  );
  readonly #saves = this.#store.add(new Pace(() => this.#outdate(), pauseOfSaves));
  readonly onDidChange: Event<void> = this.#changed.event;
  #entries: readonly Listed[] = [];
  #more = 0;
  #reading: Promise<void> | undefined;
  #isStale = true;
  /** Milliseconds. */
  #took = 0;
  #isWatched = false;
  /** The folders that were read, and what was told of them. */
  #of = '';
  #said = '';
  #isWhole = true;

  constructor(surface: Pick<Surface, 'line' | 'log'>) {
    this.#surface = surface;
    const { line } = surface;
    this.#store.add(line.onDidChangePrompts(() => this.#outdate()));
    this.#store.add(line.onDidChangeState(() => this.#stateChanged()));
    this.#store.add(workspace.onDidSaveTextDocument(() => this.#saves.ask()));
    // What has become meanwhile, in other windows, of texts that prompts led to.
    this.#store.add(window.onDidChangeWindowState(({ focused }) => (focused ? this.#saves.ask() : undefined)));
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

  /** Somebody looks on, and is to be told of what comes, or no longer. */
  watch(isWatched: boolean): void {
    this.#isWatched = isWatched;
    if (isWatched && this.#isStale) this.#pace.ask();
  }

  /** The entries as the record has them now. What cannot be read is named in the output channel. */
  async read(): Promise<readonly Listed[]> {
    await this.#reading;
    if (this.#isStale) await this.#begin();
    return this.#entries;
  }

  /** Reads anew. */
  async refresh(): Promise<readonly Listed[]> {
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

  /** The state tells of much else too, such as each file that is read for the first time. */
  #stateChanged(): void {
    if (this.#recorded() !== this.#of) this.#outdate();
  }

  #recorded(): string {
    return foldersThat(this.#surface.line, hasJournal)
      .map(({ uri }) => uri.toString())
      .join('\n');
  }

  #begin(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const { line, log } = this.#surface;
    this.#isStale = false;
    this.#of = this.#recorded();
    const folders = foldersThat(line, hasJournal);
    const began = performance.now();
    try {
      await line.flush();
      const told = await Promise.all(folders.map(async folder => ({ folder, said: await this.#ask(folder) })));
      this.#take(told);
    } catch (failure) {
      log.error('The register of prompts could not be read', failure);
    }
    this.#took = performance.now() - began;
  }

  async #ask(folder: WorkspaceFolder): Promise<string> {
    const { line, log } = this.#surface;
    const { code, stdout, stderr } = await line.runCli(folder.uri, [
      'prompts',
      '--all',
      '--json',
      '--excerpt',
      `${longest}`,
    ]);
    if (code === 0) return stdout;
    log.error(`The register of prompts of ${folder.name} could not be read: ${stderr}`);
    return '';
  }

  #take(told: readonly { readonly folder: WorkspaceFolder; readonly said: string }[]): void {
    const said = told.map(one => one.said).join('\n');
    if (said === this.#said || this.#store.isDisposed) return;
    this.#said = said;
    this.#isWhole = told.every(one => one.said !== '');
    const all = told.flatMap(one => listed(one.folder, one.said));
    all.sort((a, b) => Date.parse(b.asked) - Date.parse(a.asked) || b.number - a.number);
    this.#more = Math.max(0, all.length - most);
    this.#entries = all.slice(0, most);
    this.#changed.fire();
  }
}

function listed(folder: WorkspaceFolder, said: string): readonly Listed[] {
  if (said === '') return [];
  return (JSON.parse(said) as PromptsDocument).prompts.map(prompt => ({ ...prompt, folder }));
}
