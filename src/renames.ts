import * as vscode from 'vscode';

interface Rename {
  readonly from: vscode.Uri;
  readonly to: vscode.Uri;
  /** Resolves when all that was seen, under the old name, by the time of the announcement is handed over. */
  readonly seen: () => Promise<void>;
  told: Promise<void> | undefined;
}

export interface RenameTold {
  /** What stands at a name now, to be waited for later: whoever comes after this call is not. */
  readonly seen: (from: vscode.Uri) => () => Promise<void>;
  /** A file or folder has another name now. */
  readonly renamed: (from: vscode.Uri, to: vscode.Uri) => Promise<void>;
}

/** A rename that the editor announced and never told to be done has failed, or was cancelled. */
const longest = 60_000;

/**
 * Renames through the editor. It announces one, moves the file, shows its text under the new name and says only
 * then that it is done (measured; a clean text opens anew before the old one closes, a dirty one after). What fails
 * is announced and never said to be done. So a rename is told when the editor says so, or when something stands at
 * the new name and nothing at the old one. What was seen of the text under its old name is told before. Whoever waits
 * here waits for what was there before it, so that names that change in a ring keep nobody waiting for himself. Mutable.
 */
export class Renames {
  readonly #told: RenameTold;
  readonly #under = new Map<string, { readonly rename: Rename; readonly end: NodeJS.Timeout }>();

  constructor(told: RenameTold) {
    this.#told = told;
  }

  announce(from: vscode.Uri, to: vscode.Uri): void {
    this.#forget(`${to}`);
    const end = setTimeout(() => this.#under.delete(`${to}`), longest);
    this.#under.set(`${to}`, { rename: { from, to, seen: this.#told.seen(from), told: undefined }, end });
  }

  /** The editor says that it is done. */
  async done(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const { rename } = this.#under.get(`${to}`) ?? {};
    this.#forget(`${to}`);
    if (rename === undefined || `${rename.from}` !== `${from}`) await this.#told.renamed(from, to);
    else await this.#tellOnce(rename);
  }

  /** A text or a file shows up: resolves when it is told if it came from another name just now. */
  async arrived(uri: vscode.Uri): Promise<void> {
    for (const { rename } of [...this.#under.values()]) {
      const { from, to } = rename;
      if (uri.path !== to.path && !uri.path.startsWith(`${to.path}/`)) continue;
      if (rename.told === undefined && ((await exists(from)) || !(await exists(to)))) continue;
      await this.#tellOnce(rename);
    }
  }

  dispose(): void {
    for (const to of [...this.#under.keys()]) this.#forget(to);
  }

  #tellOnce(rename: Rename): Promise<void> {
    rename.told ??= this.#tell(rename);
    return rename.told;
  }

  async #tell({ from, to, seen }: Rename): Promise<void> {
    await seen();
    await this.#told.renamed(from, to);
  }

  #forget(to: string): void {
    clearTimeout(this.#under.get(to)?.end);
    this.#under.delete(to);
  }
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return (await kindOf(uri)) !== undefined;
}

/** What stands there; `undefined`: nothing. */
export async function kindOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
