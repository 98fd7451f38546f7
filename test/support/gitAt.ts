import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const hour = 3600;

/** The real git in a folder, with a person's name and no settings of this machine. */
export class GitAt {
  readonly folder: string;
  #ago = 1000 * hour;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  init(...more: readonly string[]): void {
    this.git('init', '-q', '-b', 'main', ...more);
    this.config();
  }

  config(): void {
    const settings = ['user.name=Дана', 'user.email=d@example.org', 'core.autocrlf=false', 'commit.gpgsign=false'];
    for (const setting of settings) this.git('config', ...setting.split('='));
  }

  /** Long ago, each act an hour after the one before. */
  git(...args: readonly string[]): string {
    this.#ago -= hour;
    const date = `${Math.floor(Date.now() / 1000) - this.#ago} +0000`;
    return this.#run(args, { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
  }

  /** Now, as a person does it; where git stops, as at a conflict, what it said until then. */
  now(...args: readonly string[]): string {
    return this.#run(args, {});
  }

  /** All files as they stand, and these, are committed long ago; gives the commit's id. */
  commit(message: string, files: Readonly<Record<string, string>> = {}): string {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD').trim();
  }

  /** Somebody else's branch, from another, made long ago and elsewhere: the files here are not touched. */
  branch(name: string, from: string, message: string, files: Readonly<Record<string, string>>): void {
    const elsewhere = mkdtempSync(join(tmpdir(), 'holograph-branch-'));
    try {
      this.git('worktree', 'add', '-q', '-b', name, join(elsewhere, 'w'), from);
      const other = new GitAt(join(elsewhere, 'w'));
      other.commit(message, files);
      this.git('worktree', 'remove', '--force', join(elsewhere, 'w'));
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  }

  write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  #run(args: readonly string[], dates: Readonly<Record<string, string>>): string {
    const names = { GIT_AUTHOR_NAME: 'Дана', GIT_AUTHOR_EMAIL: 'd@example.org', GIT_COMMITTER_NAME: 'Дана' };
    const own = { ...names, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_EDITOR: 'true' };
    const env = { ...process.env, ...dates, ...own };
    try {
      return execFileSync('git', args, { cwd: this.folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      // A conflict is told by the exit code.
      if (error instanceof Error && 'stdout' in error) return String(error.stdout);
      throw error;
    }
  }
}
