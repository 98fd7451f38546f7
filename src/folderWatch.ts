import * as vscode from 'vscode';
import { Store } from './host/lifecycle.ts';
import { exists, kindOf, Renames, type RenameTold } from './renames.ts';

export interface FolderWatchOptions extends RenameTold {
  readonly folder: vscode.WorkspaceFolder;
  /** Path of a file that may be recorded now; nothing for the others. */
  readonly pathOf: (uri: vscode.Uri) => string | undefined;
  /** A file has changed on disk, or may have. */
  readonly touched: (uri: vscode.Uri, path: string) => Promise<void>;
  /** A file or folder is gone; `byPerson`: deleted in the editor. */
  readonly gone: (uri: vscode.Uri, path: string, byPerson: boolean) => Promise<void>;
  readonly failed: (error: unknown, where: string) => void;
}

/** Milliseconds until a file that was taken away is taken to be gone: many programs write a file anew by replacing it. */
const grace = 400;
/** The file system tells of one write several times. */
const patience = 150;

interface Waiting {
  readonly timer: NodeJS.Timeout;
  readonly gone: boolean;
  readonly look: () => Promise<void>;
}

/** What happens to the files of one folder beside its editors: each is looked at once, when it has come to rest. */
export class FolderWatch {
  readonly #options: FolderWatchOptions;
  readonly #store = new Store();
  readonly #waiting = new Map<string, Waiting>();
  readonly #looking = new Set<Promise<void>>();
  readonly #deleted = new Set<string>();
  readonly #renames: Renames;

  constructor(options: FolderWatchOptions) {
    this.#options = options;
    this.#renames = this.#store.add(new Renames(options));
    const { workspace } = vscode;
    const watcher = this.#store.add(
      workspace.createFileSystemWatcher(new vscode.RelativePattern(options.folder, '**/*')),
    );
    this.#store.add(watcher.onDidChange(uri => this.#touch(uri)));
    this.#store.add(watcher.onDidCreate(uri => this.#touch(uri)));
    this.#store.add(watcher.onDidDelete(uri => this.#take(uri)));
    this.#store.add(
      workspace.onWillRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) this.#renames.announce(oldUri, newUri);
      }),
    );
    this.#store.add(
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files)
          this.#renames.done(oldUri, newUri).catch((error: unknown) => options.failed(error, oldUri.path));
      }),
    );
    this.#store.add(
      workspace.onDidDeleteFiles(({ files }) => {
        for (const uri of files) this.#deleted.add(`${uri}`);
      }),
    );
  }

  /** Resolves when it is told if what stands at this name came there by a rename just now. */
  arrived(uri: vscode.Uri): Promise<void> {
    return this.#renames.arrived(uri);
  }

  /** Files whose change waits to be looked at are looked at now. */
  async settle(): Promise<void> {
    await this.#lookAt(({ gone }) => !gone);
    await this.#lookAt(() => true);
  }

  dispose(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#store.dispose();
  }

  #touch(uri: vscode.Uri): void {
    const path = this.#options.pathOf(uri);
    if (path !== undefined) this.#soon(uri, false, patience, () => this.#look(uri, path));
  }

  #take(uri: vscode.Uri): void {
    const path = this.#options.pathOf(uri);
    if (path !== undefined) this.#soon(uri, true, grace, () => this.#lookAfter(uri, path));
  }

  #soon(uri: vscode.Uri, gone: boolean, milliseconds: number, act: () => Promise<void>): void {
    const key = `${uri}`;
    clearTimeout(this.#waiting.get(key)?.timer);
    const look = async () => {
      this.#waiting.delete(key);
      const looked = act().catch((error: unknown) => this.#options.failed(error, uri.path));
      if (!gone) this.#looking.add(looked);
      await looked.finally(() => this.#looking.delete(looked));
    };
    this.#waiting.set(key, { gone, timer: setTimeout(() => void look(), milliseconds), look });
  }

  /** Of a folder that was moved here the file system tells nothing but the folder. */
  async #look(uri: vscode.Uri, path: string): Promise<void> {
    await this.#renames.arrived(uri);
    if ((await kindOf(uri)) !== vscode.FileType.Directory) {
      await this.#options.touched(uri, path);
      return;
    }
    for (const file of await vscode.workspace.findFiles(new vscode.RelativePattern(uri, '**/*'))) {
      const inner = this.#options.pathOf(file);
      if (inner !== undefined) await this.#options.touched(file, inner);
    }
  }

  async #lookAfter(uri: vscode.Uri, path: string): Promise<void> {
    const byPerson = this.#deleted.delete(`${uri}`);
    // What has shown up elsewhere may be what has gone here.
    await Promise.all([this.#lookAt(({ gone }) => !gone), ...this.#looking]);
    if (await exists(uri)) await this.#options.touched(uri, path);
    else await this.#options.gone(uri, path, byPerson);
  }

  async #lookAt(which: (waiting: Waiting) => boolean): Promise<void> {
    const waiting = [...this.#waiting.values()].filter(which);
    for (const { timer } of waiting) clearTimeout(timer);
    await Promise.all(waiting.map(({ look }) => look()));
  }
}
