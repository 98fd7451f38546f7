import { git } from './program.ts';
import type { Commit, Worktree } from './worktree.ts';

/** More pieces than this are asked for as one: a command line has its limits. */
const mostPieces = 200;

/** Zero-based numbers of the lines from one up to another (exclusive). */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The commit that brought each of these lines of a file as it stands in a commit, by zero-based number. Form of the
 * answer: git-blame(1), "the porcelain format". Lines that are older than a shallow repository's history are left
 * out: which commit brought them is not known there. Rejects where git does not answer in time.
 */
export async function annotate(
  { top, shallow }: Worktree,
  commit: string,
  path: string,
  lines: readonly LineRange[],
): Promise<ReadonlyMap<number, Commit>> {
  if (lines.length === 0) return new Map();
  const pieces = lines.length > mostPieces ? [{ from: lines[0]!.from, to: lines.at(-1)!.to }] : lines;
  const which = pieces.flatMap(({ from, to }) => ['-L', `${from + 1},${to}`]);
  const how = ['--porcelain', ...(shallow ? [] : ['--root']), '--no-textconv', '--ignore-revs-file='];
  return read(await git(top).raw(['--literal-pathspecs', 'blame', ...how, ...which, commit, '--', path]));
}

function read(out: string): Map<number, Commit> {
  const commits = new Map<string, Read>();
  const lines = new Map<number, Read>();
  let commit = nothing();
  for (const row of out.split('\n')) {
    const head = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(row);
    if (head !== null) {
      const id = head[1]!;
      commit = commits.get(id) ?? nothing(id);
      commits.set(id, commit);
      lines.set(Number(head[2]) - 1, commit);
    } else if (row === 'boundary') commit.boundary = true;
    else if (row.startsWith('author ')) commit.author = row.slice('author '.length);
    else if (row.startsWith('author-time ')) commit.authored = Number(row.slice('author-time '.length));
    else if (row.startsWith('committer-time ')) commit.committed = Number(row.slice('committer-time '.length));
  }
  return new Map([...lines].filter(([, { boundary }]) => !boundary));
}

interface Read {
  readonly id: string;
  author: string;
  authored: number;
  committed: number;
  /** git looked no further. */
  boundary?: true;
}

function nothing(id = ''): Read {
  return { id, author: '', authored: 0, committed: 0 };
}
