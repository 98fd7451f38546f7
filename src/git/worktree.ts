import { git } from './program.ts';

/** One commit, as git has it. Times are seconds since 1970 UTC, as the clocks of author and committer said. */
export interface Commit {
  /** Full object id, hex. */
  readonly id: string;
  readonly author: string;
  readonly authored: number;
  readonly committed: number;
}

/** A commit, with what it holds. */
export interface MadeCommit extends Commit {
  /** Full object id, hex, of all that it holds. */
  readonly tree: string;
  /** Files that it has otherwise than its first parent, those that it took away left out; paths from the topmost folder. */
  readonly changed: readonly { readonly path: string; readonly blob: string }[];
}

/** One movement of HEAD: what it was set to, and by what act. */
export interface Movement {
  readonly id: string;
  /** As git words it: `commit: …`, `rebase (pick): …`, `checkout: moving from …`. */
  readonly act: string;
}

/** Fields of a commit that `git log` prints, one commit a line. */
const format = '%H%x00%at%x00%ct%x00%aN';
/** Movements of HEAD that are looked at, the newest. */
const movements = 60;
const stashes = 20;
/** Scopes of git's settings that no repository writes: git-config(1), `--show-scope`. */
const owned: readonly string[] = ['system', 'global'];
/** Commits that are looked through for those that added files. */
const deepest = 2000;

/** The checked-out files of one repository, or of one of its further worktrees; read only, through the git program. */
export class Worktree {
  /** Its topmost folder, absolute, as it was named. */
  readonly top: string;
  /** Where HEAD and the index of this worktree lie, absolute. */
  readonly gitDir: string;
  /** Of ids: `sha1` or `sha256`. */
  readonly hash: 'sha1' | 'sha256';
  /** Its history was fetched from some commits on only. */
  readonly shallow: boolean;
  #foreign: boolean | undefined;

  private constructor(top: string, gitDir: string, hash: 'sha1' | 'sha256', shallow: boolean) {
    this.top = top;
    this.gitDir = gitDir;
    this.hash = hash;
    this.shallow = shallow;
  }

  /** The worktree whose topmost folder this is. Rejects where git is not there, or refuses to read it. */
  static async of(top: string): Promise<Worktree> {
    const asked = ['--absolute-git-dir', '--is-shallow-repository', '--show-object-format'];
    const [gitDir = '', shallow, hash] = (await git(top).raw(['rev-parse', ...asked])).split(/\r?\n/);
    return new Worktree(top, gitDir, hash === 'sha256' ? 'sha256' : 'sha1', shallow === 'true');
  }

  /** Ids of objects by their names (`HEAD`, `MERGE_HEAD:a/b.md` …); what is not there is left out. One call. */
  async objects(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const asked = names.filter(name => !name.includes('\n'));
    const found = new Map<string, string>();
    if (asked.length === 0) return found;
    const out = await git(this.top, `${asked.join('\n')}\n`).raw(['cat-file', '--batch-check=%(objectname)']);
    for (const [i, line] of out.split('\n').entries()) {
      if (asked[i] !== undefined && /^[0-9a-f]{40,64}$/.test(line)) found.set(asked[i], line);
    }
    return found;
  }

  /** Commits by their ids; those that are not there are left out. One call. */
  async commits(ids: readonly string[]): Promise<readonly Commit[]> {
    if (ids.length === 0) return [];
    return commitsIn(await this.#log(['--no-walk=unsorted', '--ignore-missing', ...ids, '--']));
  }

  /** One commit with what it changed; undefined where it is not there. Two calls. */
  async made(id: string): Promise<MadeCommit | undefined> {
    const [commit] = await this.commits([id]);
    const tree = (await this.objects([`${id}^{tree}`])).get(`${id}^{tree}`);
    if (commit === undefined || tree === undefined) return undefined;
    const how = ['-1', '-m', '--first-parent', '--root', '--raw', '--no-abbrev', '--no-renames', '-z', id, '--'];
    const parts = (await this.#log(how, '')).split('\0');
    const changed: { path: string; blob: string }[] = [];
    for (let i = 0; i + 1 < parts.length; i++) {
      const blob = /^\s*:\d+ 100\d+ [0-9a-f]+ (?<blob>[0-9a-f]+) \w/u.exec(parts[i]!)?.groups?.blob;
      if (parts[i]!.trimStart().startsWith(':')) i++;
      if (blob !== undefined) changed.push({ path: parts[i]!, blob });
    }
    return { ...commit, tree, changed };
  }

  /** The newest commits, of any branch, that changed a file. */
  async commitsOf(path: string, most: number): Promise<readonly Commit[]> {
    return commitsIn(await this.#log(['--all', '-n', String(most), '--', path]));
  }

  /**
   * For each of these files the newest commit up to `commit` that touched it, where that one added it: all its lines
   * are that commit's, if the file is still the same. One call.
   */
  async addedBy(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, Commit>> {
    const how = ['-z', '--no-renames', '--name-status', '-n', String(deepest), commit, '--', ...paths];
    const parts = (await this.#log(how, `%x01${format.replaceAll('%x00', '%x02')}`)).split('\0');
    const newest = new Map<string, Commit | undefined>();
    let by: Commit | undefined;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!.replace(/^\n/, '');
      if (part.startsWith('\u0001')) [by] = commitsIn(part.slice(1).replaceAll('\u0002', '\0'));
      else if (part !== '') {
        const path = parts[++i] ?? '';
        if (!newest.has(path)) newest.set(path, part === 'A' ? by : undefined);
      }
    }
    return new Map([...newest].flatMap(([path, found]) => (found === undefined ? [] : [[path, found] as const])));
  }

  /** What HEAD was set to, newest first; empty where no such record is kept. */
  async movements(): Promise<readonly Movement[]> {
    const out = await this.#reflog('HEAD', '%H%x00%gs', movements);
    return rows(out).map(([id = '', act = '']) => ({ id, act }));
  }

  /** Ids of the changes put aside by `git stash`, newest first. */
  async stashes(): Promise<readonly string[]> {
    return rows(await this.#reflog('refs/stash', '%H', stashes)).map(([id = '']) => id);
  }

  /** Paths of the files that git could not merge by itself, and nobody has yet. */
  async unmerged(): Promise<ReadonlySet<string>> {
    const out = await git(this.top).raw(['ls-files', '--unmerged', '-z']);
    return new Set(out.split('\0').flatMap(entry => entry.split('\t').slice(1).join('\t') || []));
  }

  /** The text of a blob, as it is stored, read as UTF-8. */
  blob(id: string): Promise<string> {
    return git(this.top).raw(['cat-file', 'blob', id]);
  }

  /**
   * Ids that git would give to the files as they stand on disk, filters and line ends regarded; in the same order. None
   * where the repository itself names a program as its filter: that is not run, as it may be anybody's.
   */
  async idsOnDisk(paths: readonly string[]): Promise<readonly string[]> {
    this.#foreign ??= await this.#namesFilters();
    if (this.#foreign) return [];
    const out = await git(this.top, `${paths.join('\n')}\n`).raw(['hash-object', '--stdin-paths']);
    return out.split('\n').slice(0, paths.length);
  }

  /** Whether a filter is a program of this repository's own naming, and not of the person's or the machine's. */
  async #namesFilters(): Promise<boolean> {
    const out = await git(this.top).raw(['config', '--list', '--show-scope', '--name-only', '-z']);
    const parts = out.split('\0');
    return parts.some((name, i) => /^filter\..*\.(clean|process)$/s.test(name) && !owned.includes(parts[i - 1] ?? ''));
  }

  async #log(rest: readonly string[], shape = format): Promise<string> {
    return git(this.top).raw([
      '--literal-pathspecs',
      'log',
      '--no-show-signature',
      '--no-color',
      `--format=${shape}`,
      ...rest,
    ]);
  }

  async #reflog(ref: string, shape: string, most: number): Promise<string> {
    const name = (await this.objects([ref])).get(ref);
    if (name === undefined) return '';
    return git(this.top).raw([
      'reflog',
      'show',
      '--no-show-signature',
      '--no-color',
      `--format=${shape}`,
      '-n',
      String(most),
      ref,
      '--',
    ]);
  }
}

function commitsIn(out: string): Commit[] {
  return rows(out).map(([id = '', authored, committed, author = '']) => {
    return { id, author, authored: Number(authored), committed: Number(committed) };
  });
}

/** Lines of fields that NUL parts. */
function rows(out: string): string[][] {
  return out.split('\n').flatMap(line => (line === '' ? [] : [line.split('\0')]));
}
