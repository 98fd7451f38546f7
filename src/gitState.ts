import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What git writes when it moves HEAD, changes its index, or stops in the middle of something. */
const marks = [
  'HEAD',
  'index',
  'logs/HEAD',
  'ORIG_HEAD',
  'MERGE_HEAD',
  'CHERRY_PICK_HEAD',
  'REVERT_HEAD',
  'REBASE_HEAD',
  'AUTO_MERGE',
];

/** While these are there git is writing. */
const locks = ['index.lock', 'HEAD.lock'];

/** How git stands: equal texts, equal states. `busy`: it is at work. Looks at files only. */
export async function stateOf(gitDir: string): Promise<{ readonly text: string; readonly busy: boolean }> {
  const [found, held] = await Promise.all([Promise.all(marks.map(at)), Promise.all(locks.map(at))]);
  return { text: found.join(' '), busy: held.some(lock => lock !== '-') };

  async function at(name: string): Promise<string> {
    try {
      const { mtimeMs, size, ino } = await stat(join(gitDir, name));
      return `${mtimeMs}:${size}:${ino}`;
    } catch (error) {
      if (error instanceof Error && 'code' in error) return '-';
      throw error;
    }
  }
}
