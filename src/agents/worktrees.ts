import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';

/** Worktrees of one repository at most. */
const most = 100;

/**
 * The same folder in the other worktrees of its repository, absolute; none where it lies in no repository. Read from
 * git's own files (gitrepository-layout(5): `gitdir`, `commondir`, `worktrees/<id>/gitdir`), and never written.
 */
export async function otherWorktrees(folder: string): Promise<readonly string[]> {
  const own = await repositoryOf(folder);
  if (own === undefined) return [];
  const tops = new Set<string>();
  if (basename(own.common) === '.git') tops.add(dirname(own.common));
  const names = await readdir(join(own.common, 'worktrees')).catch(() => []);
  for (const name of names.slice(0, most)) {
    const file = await firstLine(join(own.common, 'worktrees', name, 'gitdir'));
    if (file !== undefined) tops.add(dirname(resolve(own.common, 'worktrees', name, file)));
  }
  tops.delete(own.top);
  return [...tops].map(top => join(top, relative(own.top, folder)));
}

interface Repository {
  /** The worktree's topmost folder. */
  readonly top: string;
  /** Where what all its worktrees share lies. */
  readonly common: string;
}

async function repositoryOf(folder: string): Promise<Repository | undefined> {
  for (let top = folder; ; top = dirname(top)) {
    const dot = join(top, '.git');
    // A folder without it is as one that cannot be read: the next one above is asked.
    const state = await stat(dot).catch(() => undefined);
    if (state?.isDirectory()) return { top, common: dot };
    const named = state?.isFile() ? /^gitdir: (.+)$/.exec((await firstLine(dot)) ?? '')?.[1] : undefined;
    if (named !== undefined) {
      const own = resolve(top, named);
      const shared = await firstLine(join(own, 'commondir'));
      return { top, common: shared === undefined ? own : resolve(own, shared) };
    }
    if (dirname(top) === top) return undefined;
  }
}

/** Undefined where the file cannot be read or says nothing. */
async function firstLine(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split(/\r?\n/, 1)[0]?.trim() || undefined;
}
