import { type FileHandle, open, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { isRefusal } from './git/program.ts';
import type { MadeCommit, Worktree } from './git/worktree.ts';
import type { CommittedFiles } from './journal/heldFiles.ts';

export interface GitCommitsOptions {
  /** The recorded folder, absolute. */
  readonly folder: string;
  /** The worktree that the folder lies in, if any. */
  readonly worktree: () => Promise<Worktree | undefined>;
  /** A commit was made in it, with the files of the folder that it changed. */
  readonly tell: (commit: MadeCommit, files: CommittedFiles) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Milliseconds between looks at whether HEAD has moved: that reads no file. */
const glance = 2000;
/** Bytes of git's notes that are read, from their end. */
const longest = 1_000_000;
/** Files of one commit that are asked about at most. */
const most = 2000;
/** What git writes of HEAD (gitrepository-layout(5)) when it makes a commit in this worktree; a checkout, reset or fetch makes none. */
const makes =
  /^(commit|cherry-pick|revert|am|rebase.*\((pick|reword|edit|squash|fixup|continue)\)|(merge|pull).*: Merge made)/;

/**
 * Notices the commits that are made in the worktree of a recorded folder while it is recorded, by what git notes of HEAD's
 * movements. No hook, and nothing is written. Owns a timer; lives as long as the folder is recorded.
 */
export class GitCommits {
  readonly #options: GitCommitsOptions;
  #file = '';
  /** Size and time of git's notes when they were read, and the commits that stood in them. */
  #state = '';
  readonly #seen = new Set<string>();
  #turn: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: GitCommitsOptions) {
    this.#options = options;
  }

  /** What HEAD did until now was not seen. */
  begin(): void {
    this.#inTurn(async () => {
      const worktree = await this.#options.worktree();
      if (worktree === undefined) return;
      this.#file = join(worktree.gitDir, 'logs', 'HEAD');
      this.#state = await stateOf(this.#file);
      for (const id of madeIn(await tailOf(this.#file))) this.#seen.add(id);
      this.#timer = setInterval(() => this.#inTurn(() => this.#look()), glance).unref();
    });
  }

  /** All commits that were made by now are told. */
  async settle(): Promise<void> {
    this.#inTurn(() => this.#look());
    await this.#turn;
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#file = '';
  }

  #inTurn(act: () => Promise<void>): void {
    this.#turn = this.#turn.then(act).catch(this.#options.failed);
  }

  async #look(): Promise<void> {
    if (this.#file === '') return;
    const state = await stateOf(this.#file);
    if (state === this.#state) return;
    this.#state = state;
    // git may have cleared its notes, so that where they went on is not to be told by their length.
    const made = madeIn(await tailOf(this.#file)).filter(id => !this.#seen.has(id));
    const worktree = made.length > 0 ? await this.#options.worktree() : undefined;
    for (const id of new Set(made)) {
      this.#seen.add(id);
      if (worktree !== undefined) await this.#tell(worktree, id);
    }
  }

  async #tell(worktree: Worktree, id: string): Promise<void> {
    try {
      const commit = await worktree.made(id);
      if (commit === undefined) return;
      await this.#options.tell(commit, { files: this.#filesOf(worktree, commit), hash: worktree.hash });
    } catch (error) {
      // Where git does not answer, nothing is known.
      if (!isRefusal(error)) throw error;
    }
  }

  /** Those below the recorded folder. */
  #filesOf({ top }: Worktree, { changed }: MadeCommit): CommittedFiles['files'] {
    const prefix = relative(top, this.#options.folder).split(sep).join('/');
    const own = changed.flatMap(({ path, blob }) => {
      const below = prefix === '' ? path : path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : undefined;
      return below === undefined ? [] : [{ path: below, blob }];
    });
    return own.slice(0, most);
  }
}

/** Ids of the commits that git made, by its notes, oldest first. */
function madeIn(notes: string): readonly string[] {
  return notes.split('\n').flatMap(line => {
    const note = /^[0-9a-f]{40,64} (?<id>[0-9a-f]{40,64}) [^\t]*\t(?<act>.*)$/u.exec(line)?.groups;
    return note !== undefined && makes.test(note.act ?? '') ? [note.id!] : [];
  });
}

async function stateOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size}:${mtimeMs}`;
  } catch (error) {
    // No commit yet, or git keeps no such notes here.
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

/** The end of a file, as text; nothing where there is none. */
async function tailOf(file: string): Promise<string> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, longest);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}
