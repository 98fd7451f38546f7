import { git, isRefusal } from './program.ts';

/** One commit of a history, with its message. Times are seconds since 1970 UTC, as the clocks of author and committer said. */
export interface HistoryCommit {
  /** Full object id, hex. */
  readonly id: string;
  readonly author: string;
  readonly committer: string;
  readonly authored: number;
  readonly message: string;
  /** Paths of the files that it has otherwise than its parent, from the topmost folder, with `/`. */
  readonly files: readonly string[];
}

/** One note on a commit (git-notes(1)). */
export interface Note {
  readonly commit: string;
  readonly text: string;
}

/** Commits of one page. */
const page = 400;
/** Characters of a text that is taken; what is longer is none of ours. */
const longest = 16_000_000;

/** What a repository's commits say, read only, through the git program. */
export class History {
  /** Its topmost folder, absolute. */
  readonly top: string;

  private constructor(top: string) {
    this.top = top;
  }

  /** The history of the repository that holds a folder. Rejects where there is none, or git refuses to read it. */
  static async of(folder: string): Promise<History> {
    return new History((await git(folder).raw(['rev-parse', '--show-toplevel'])).replace(/\r?\n$/, ''));
  }

  /** All commits of all branches, newest first, a page at a time. */
  async *commits(): AsyncGenerator<readonly HistoryCommit[]> {
    const format = '--format=%x01%H%x02%aN%x02%cN%x02%at%x02%B%x02';
    const how = ['--no-show-signature', '--no-color', '--no-renames', '--name-only', '-z'];
    // A repository may have no commit yet.
    const head = (await this.authored('HEAD')) === undefined ? [] : ['HEAD'];
    const refs = await git(this.top).raw([
      'for-each-ref',
      '--count=1',
      '--format=%(refname)',
      'refs/heads',
      'refs/remotes',
    ]);
    if (head.length === 0 && refs.trim() === '') return;
    for (let skip = 0; ; skip += page) {
      const bounds = [`--max-count=${page}`, `--skip=${skip}`];
      const out = await git(this.top).raw(['log', '--branches', '--remotes', ...head, format, ...how, ...bounds, '--']);
      const commits = out.split('\u0001').slice(1).map(commitIn);
      if (commits.length > 0) yield commits;
      if (commits.length < page) return;
    }
  }

  /** Notes under a ref such as `ai`; none where there is no such ref. */
  async *notes(ref: string): AsyncGenerator<Note> {
    const out = await git(this.top).raw(['for-each-ref', '--format=%(objectname)', `refs/notes/${ref}`]);
    if (out.trim() === '') return;
    for (const line of (await git(this.top).raw(['notes', `--ref=${ref}`, 'list'])).split('\n')) {
      const [note = '', commit = ''] = line.trim().split(' ');
      const text = commit === '' ? undefined : await this.#blob(note);
      if (text !== undefined) yield { commit, text };
    }
  }

  /** When a commit was written (seconds since 1970 UTC); undefined where it is not there. */
  async authored(commit: string): Promise<number | undefined> {
    const out = await this.#asked(['log', '-1', '--no-show-signature', '--format=%at', commit, '--']);
    return out === undefined || out.trim() === '' ? undefined : Number(out.trim());
  }

  /** A file as a commit has it, read as UTF-8; undefined where it has none, or a very long one. */
  file(commit: string, path: string): Promise<string | undefined> {
    return this.#blob(`${commit}:${path}`);
  }

  /** Full id of the commit that a person names; undefined where there is none. */
  async commitNamed(rev: string): Promise<string | undefined> {
    const found = await this.#asked(['rev-parse', '--verify', '--quiet', '--end-of-options', `${rev}^{commit}`]);
    return found === undefined || found.trim() === '' ? undefined : found.trim();
  }

  /** A file's bytes as a commit has them; undefined where it has none. */
  async bytes(commit: string, path: string, most: number): Promise<Uint8Array | 'tooLarge' | undefined> {
    const name = `${commit}:${path}`;
    if (name.includes('\n')) return undefined;
    const kind = await this.#asked(['cat-file', '-t', name]);
    if (kind?.trim() !== 'blob') return undefined;
    if (Number(await this.#asked(['cat-file', '-s', name])) > most) return 'tooLarge';
    return git(this.top).binaryCatFile(['blob', name]) as Promise<Buffer>;
  }

  async #blob(name: string): Promise<string | undefined> {
    // A name that begins with a dash would be an option.
    if (name.startsWith('-') || name.includes('\n')) return undefined;
    const size = await this.#asked(['cat-file', '-s', name]);
    return size === undefined || Number(size) > longest ? undefined : this.#asked(['cat-file', 'blob', name]);
  }

  /** Undefined: what was asked for is not there. */
  async #asked(how: readonly string[]): Promise<string | undefined> {
    try {
      return await git(this.top).raw([...how]);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }
}

function commitIn(part: string): HistoryCommit {
  const [id = '', author = '', committer = '', authored, message = '', names = ''] = part.split('\u0002');
  const files = names.split('\0').map(name => name.replace(/^\n+/, ''));
  return { id, author, committer, authored: Number(authored), message, files: files.filter(name => name !== '') };
}
