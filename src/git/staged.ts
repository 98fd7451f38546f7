import { git } from './program.ts';

/** A file that the next commit changes or adds, as the index holds it. */
export interface StagedFile {
  /** Relative to the folder that was asked about, with `/`. */
  readonly path: string;
  /** Full object id of its bytes, hex. */
  readonly blob: string;
}

/**
 * The files below a folder that the index holds otherwise than HEAD, those that it took away left out. `index`: the file
 * of another index, such as git makes for `git commit FILE` and names to its hooks. Rejects where git refuses.
 */
export async function stagedFiles(folder: string, index?: string): Promise<readonly StagedFile[]> {
  const how = ['--cached', '--raw', '--relative', '--no-abbrev', '--no-renames', '--no-ext-diff', '--diff-filter=ACMT'];
  const parts = (await git(folder, undefined, index).raw(['diff', ...how, '-z', '--', '.'])).split('\0');
  const staged: StagedFile[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const blob = /^:\d+ 100\d+ [0-9a-f]+ (?<blob>[0-9a-f]+) \w/u.exec(parts[i]!)?.groups?.blob;
    if (blob !== undefined) staged.push({ path: parts[i + 1]!, blob });
  }
  return staged;
}

/** The bytes of a blob as it is stored. */
export function blobBytes(folder: string, id: string): Promise<Uint8Array> {
  return git(folder).binaryCatFile(['blob', id]) as Promise<Buffer>;
}

/** Topmost folder of the worktree that holds a folder, as git prints it. Rejects where there is none. */
export async function topFolder(folder: string): Promise<string> {
  return (await git(folder).raw(['rev-parse', '--show-toplevel'])).replace(/\r?\n$/, '');
}

/** Where git looks for the hooks of a folder's repository, absolute or relative to the folder. Rejects where git refuses. */
export async function hooksFolder(folder: string): Promise<string> {
  return (await git(folder).raw(['rev-parse', '--git-path', 'hooks'])).replace(/\r?\n$/, '');
}
