import { basename, dirname, resolve } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { git as gitIn } from './program.ts';

/** A git repository around a folder, asked through the git program; every call has a time limit. */
export class Repository {
  readonly #git: SimpleGit;
  readonly #folder: string;

  private constructor(git: SimpleGit, folder: string) {
    this.#git = git;
    this.#folder = folder;
  }

  /** The repository that holds `folder`; else why there is none: what git said, or nothing where it knows of none. */
  static async of(folder: string): Promise<Repository | { readonly refused?: string }> {
    const git = gitIn(resolve(folder));
    try {
      return (await git.checkIsRepo()) ? new Repository(git, resolve(folder)) : {};
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

  /** Whether git ignores the file (path relative to the folder), asked of the repository it stands in: it may be a submodule's. */
  async ignores(path: string): Promise<boolean> {
    try {
      return await ignored(this.#git, path);
    } catch (error) {
      // Of a submodule's file, and of one behind a symbolic link, git says nothing from here.
      const own = await Repository.of(dirname(resolve(this.#folder, path)));
      if (own instanceof Repository) return ignored(own.#git, basename(path));
      if (own.refused === undefined) return false;
      throw error;
    }
  }
}

/** As a path from here no name can be taken for an option or a pattern. */
async function ignored(git: SimpleGit, path: string): Promise<boolean> {
  return (await git.checkIgnore(`./${path}`)).length > 0;
}
