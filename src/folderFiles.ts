import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { Repository } from './git/repository.ts';
import type { SkipReason } from './journal/event.ts';
import { isSecret } from './journal/secrecy.ts';
import type { Problem } from './ui/line.ts';

export interface FolderFilesOptions {
  readonly folder: vscode.WorkspaceFolder;
  /** The consented folder, which may lie above; paths are relative to it. */
  readonly root: string;
  readonly exclude: readonly string[];
  readonly pathOf: (uri: vscode.Uri) => string | undefined;
  /** Why a file's bytes are no text that can be recorded. */
  readonly unfit: (path: string) => Promise<SkipReason | undefined>;
  readonly meet: (problem: Problem) => void;
  /** For the log. */
  readonly note: (text: string) => void;
}

/** Never part of a work: version control's own files, packages, and our description of the work. */
const never = /(^|\/)(\.git|\.hg|\.svn|node_modules)(\/|$)|^holograph\.json$/;

/** Which files of a folder are recorded, and why the others are not: by name, by git, by what they hold. */
export class FolderFiles {
  readonly #options: FolderFilesOptions;
  readonly #left = new Map<string, SkipReason>();
  #repository: Repository | undefined;

  constructor(options: FolderFilesOptions) {
    this.#options = options;
  }

  /** Looks for a repository. Without one, or where git cannot be asked, the folder is recorded all the same. */
  async askGit(): Promise<void> {
    const { folder, root, note } = this.#options;
    if (folder.uri.scheme !== 'file') return;
    const found = await Repository.of(root);
    if (found instanceof Repository) this.#repository = found;
    else if (found.refused !== undefined && hasRepository(root)) this.#withoutGit(found.refused);
    else note(`no git repository here: all text files of ${root} are recorded, but for those left out by name`);
  }

  /** Files that are never recorded, by name. */
  refuses(path: string): SkipReason | undefined {
    if (isSecret(path)) return 'secret';
    if (never.test(path)) return 'excluded';
    return this.#options.exclude.some(glob => posix.matchesGlob(path, glob)) ? 'excluded' : undefined;
  }

  /** Why a file is not recorded, as far as it is known. */
  reason(path: string): SkipReason | undefined {
    return this.refuses(path) ?? this.#left.get(path);
  }

  /** Whether files are left out for another reason than their names. */
  get leavesAny(): boolean {
    return this.#left.size > 0;
  }

  /** Path of a file whose text may stand in the record; nothing for one elsewhere, and one left out by name or by git. */
  async recorded(uri: vscode.Uri): Promise<string | undefined> {
    const path = this.#options.pathOf(uri);
    const place = path === undefined ? undefined : await this.place(path);
    if (place === undefined || this.#left.get(place) === 'excluded') return undefined;
    if (!(await this.#ignores(place))) return place;
    this.leave(place, 'excluded');
    return undefined;
  }

  /**
   * Where the file really lies: a link to another file of the folder is that file. Nothing for what is left out by
   * name, and for a link that leads out of the folder: consent was given for the folder. Nor for what cannot be found (a
   * ring of links, a name that no file has): other programs' records may name anything.
   */
  async place(path: string): Promise<string | undefined> {
    if (this.refuses(path)) return undefined;
    const { root } = this.#options;
    const real = await realpath(join(root, path)).catch(whatStopped);
    if (real === 'nothing') return path;
    if (real === 'unreadable') {
      this.leave(path, real);
      return undefined;
    }
    const parts = relative(await realpath(root), real).split(sep);
    const within = parts[0] === '..' || isAbsolute(parts[0] ?? '') ? undefined : parts.join('/');
    if (within !== undefined && !this.refuses(within)) return within;
    this.leave(path, 'excluded');
    return undefined;
  }

  /** A file was found not to be recordable. */
  leave(path: string, reason: SkipReason): void {
    this.#left.set(path, reason);
  }

  /** Whether a file that the editor shows is left out: git ignores it, or what is shown is not what it holds. */
  async leaves(path: string, encoding: string): Promise<boolean> {
    const reason = (await this.#ignores(path)) ? 'excluded' : await this.#unfit(path, encoding);
    if (reason === undefined) return false;
    this.leave(path, reason);
    return true;
  }

  /** The file holds something else now, or is read otherwise: whether that may have made it recordable. */
  looksAgain(path: string): boolean {
    const reason = this.#left.get(path);
    return reason !== undefined && reason !== 'excluded' && this.#left.delete(path);
  }

  /** The folder's files to record, sorted. */
  async list(): Promise<string[]> {
    const { folder, pathOf } = this.#options;
    const pattern = new vscode.RelativePattern(folder, '**/*');
    const found = await vscode.workspace.findFiles(pattern, '**/{.git,.hg,.svn,node_modules}/**');
    const paths = found.map(pathOf).filter(path => path !== undefined);
    const known = await this.#known();
    return paths.filter(path => !this.refuses(path) && (known?.has(path) ?? true)).sort();
  }

  async #known(): Promise<ReadonlySet<string> | undefined> {
    try {
      return this.#repository && new Set(await this.#repository.files());
    } catch (error) {
      this.#withoutGit(error);
      return undefined;
    }
  }

  async #ignores(path: string): Promise<boolean> {
    try {
      return (await this.#repository?.ignores(path)) ?? false;
    } catch (error) {
      this.#withoutGit(error);
      return false;
    }
  }

  /** An encoding that the person has named is the editor's to know; its guess, UTF-8, is compared with the bytes. */
  async #unfit(path: string, encoding: string): Promise<SkipReason | undefined> {
    return encoding === 'utf-8' ? this.#options.unfit(path) : undefined;
  }

  #withoutGit(why: unknown): void {
    this.#repository = undefined;
    this.#options.meet({ code: 'git', detail: why instanceof Error ? why.message : String(why) });
  }
}

function whatStopped(error: unknown): 'nothing' | 'unreadable' {
  if (!(error instanceof Error && 'code' in error)) throw error;
  return error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'nothing' : 'unreadable';
}

/** Whether a repository lies around the folder, by its looks. */
function hasRepository(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true;
    if (dirname(at) === at) return false;
  }
}
