import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';

/** Worktrees of one repository at most. */
const most = 100;

/**
 * The same folder in the other worktrees of its repository, absolute; none where it lies in no repository. Read from
 * git's own files (gitrepository-layout(5): `gitdir`, `commondir`, `worktrees/<id>/gitdir`), and never written. A worktree
 * and its repository must name each other: else a folder could call any other one its own, and take what was asked there.
 */
export async function otherWorktrees(folder: string): Promise<readonly string[]> {
  const own = await repositoryOf(folder);
  if (own === undefined) return [];
  const tops = new Set<string>();
  if (basename(own.common) === '.git') tops.add(dirname(own.common));
  const names = await readdir(join(own.common, 'worktrees')).catch(() => []);
  for (const name of names.slice(0, most)) {
    const place = join(own.common, 'worktrees', name);
    const top = await topOf(place);
    if (top !== undefined && (await isOne(await placeOf(top), place))) tops.add(top);
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
    if (state?.isFile()) {
      const own = await placeOf(top);
      const shared = own === undefined ? undefined : await firstLine(join(own, 'commondir'));
      // Others than worktrees (submodules) share nothing.
      if (own === undefined || shared === undefined) return undefined;
      const common = resolve(own, shared);
      const named = (await isOne(dirname(own), join(common, 'worktrees'))) && (await isOne(await topOf(own), top));
      return named ? { top, common } : undefined;
    }
    if (dirname(top) === top) return undefined;
  }
}

/** The place in its repository that a worktree names. */
async function placeOf(top: string): Promise<string | undefined> {
  const named = /^gitdir: (.+)$/.exec((await firstLine(join(top, '.git'))) ?? '')?.[1];
  return named === undefined ? undefined : resolve(top, named);
}

/** The worktree that such a place names. */
async function topOf(place: string): Promise<string | undefined> {
  const file = await firstLine(join(place, 'gitdir'));
  return file === undefined ? undefined : dirname(resolve(place, file));
}

async function isOne(a: string | undefined, b: string): Promise<boolean> {
  const real = (path: string) => realpath(path).catch(() => undefined);
  const known = a === undefined ? undefined : await real(a);
  return known !== undefined && known === (await real(b));
}

/** Undefined where the file cannot be read or says nothing. */
async function firstLine(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split(/\r?\n/, 1)[0]?.trim() || undefined;
}
