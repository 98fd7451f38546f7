import { relative, sep } from 'node:path';
import { History } from '../git/history.ts';
import { isRefusal } from '../git/program.ts';
import { largestExhibit } from '../journal/exhibits.ts';
import { Refusal } from './command.ts';

/** Full id of the git commit that a person names, such as `HEAD~1` or a tag. Throws Refusal. */
export async function commitNamed(folder: string, rev: string): Promise<string> {
  const found = await asked(folder, rev, history => history.commitNamed(rev));
  if (found === undefined) throw new Refusal('error.noCommit', { commit: rev });
  return found;
}

/** A file's bytes as a commit has them. `path`: absolute; the file may be gone from the disk. Throws Refusal. */
export async function fileIn(folder: string, commit: string, path: string): Promise<Uint8Array> {
  const bytes = await asked(folder, commit, history =>
    history.bytes(commit, relative(history.top, path).split(sep).join('/'), largestExhibit),
  );
  if (bytes === undefined) throw new Refusal('error.missingFile', { file: `${commit}:${path}` });
  if (bytes === 'tooLarge') throw new Refusal('error.exhibitLarge', { most: largestExhibit / 2 ** 20 });
  return bytes;
}

async function asked<T>(folder: string, commit: string, ask: (history: History) => Promise<T>): Promise<T> {
  try {
    return await ask(await History.of(folder));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new Refusal('error.noCommit', { commit }, error);
  }
}
