import type { Commit, Movement, Worktree } from './git/worktree.ts';

/** Names under which git keeps what it is at work with, likeliest first: gitrevisions(7). */
const names = ['HEAD', 'MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REBASE_HEAD', 'REVERT_HEAD^', 'ORIG_HEAD'];
/** Places where HEAD was before that are looked at, and changes that were put aside. */
const recent = 6;
const aside = 4;
/** With so many files at once only the likeliest of these are asked about. */
const many = 200;

/** The commits from which git may have taken files just now. */
export interface Candidates {
  /** Likeliest first. */
  readonly commits: readonly Commit[];
  /** By what act of this worktree a commit was made, as far as HEAD's movements tell. */
  readonly acts: ReadonlyMap<string, string>;
  /** Ids of what stands under the paths in the candidates (`commit:path`). */
  readonly files: ReadonlyMap<string, string>;
}

/** A few calls of git, however many the paths. `stashes`: what is known of changes put aside, those taken back too. */
export async function candidatesOf(
  worktree: Worktree,
  paths: readonly string[],
  stashes: readonly string[],
): Promise<Candidates> {
  const heads = await worktree.objects(names);
  const movements = await worktree.movements();
  const before = [...new Set(movements.map(({ id }) => id))].slice(0, recent);
  const shelved = stashes.slice(0, aside).flatMap(id => [id, `${id}^3`]);
  const ids = [...new Set([...heads.values(), ...shelved, ...before])];
  const found = new Map((await worktree.commits(ids)).map(commit => [commit.id, commit]));
  const resolved = await worktree.objects(shelved.filter(name => name.endsWith('^3')));
  const order = [...new Set(ids.map(id => (id.endsWith('^3') ? resolved.get(id) : id)))];
  const all = order.flatMap(id => (id === undefined ? [] : (found.get(id) ?? [])));
  const commits = paths.length > many ? all.slice(0, 3) : all;
  const files = await worktree.objects(commits.flatMap(({ id }) => paths.map(path => `${id}:${path}`)));
  return { commits, acts: actsOf(movements), files };
}

/** The act by which HEAD came to each commit first. */
function actsOf(movements: readonly Movement[]): ReadonlyMap<string, string> {
  return new Map(movements.map(({ id, act }) => [id, act]));
}
