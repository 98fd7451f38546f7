import { resolve } from 'node:path';
import { type SimpleGit, simpleGit } from 'simple-git';

/** A git repository around a folder, asked through the git program; every call has a time limit. */
export class Repository {
  readonly #git: SimpleGit;

  private constructor(git: SimpleGit) {
    this.#git = git;
  }

  /** The repository that holds `folder`; else why there is none: what git said, or nothing where it knows of none. */
  static async of(folder: string): Promise<Repository | { readonly refused?: string }> {
    const git = simpleGit({ baseDir: resolve(folder), timeout: { block: 10_000 }, maxConcurrentProcesses: 2 });
    try {
      return (await git.checkIsRepo()) ? new Repository(git) : {};
    } catch (error) {
      // No git on this machine, or a repository that git refuses to read.
      if (error instanceof Error) return { refused: error.message.trim() };
      throw error;
    }
  }

  /** Files below the folder that git tracks or would track, relative to it, with `/`. */
  async files(): Promise<readonly string[]> {
    const out = await this.#git.raw(['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
    return out.split('\0').filter(path => path !== '');
  }

  /** Whether git ignores the file (path relative to the folder). */
  async ignores(path: string): Promise<boolean> {
    return (await this.#git.checkIgnore(path)).length > 0;
  }
}
