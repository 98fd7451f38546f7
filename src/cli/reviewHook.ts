import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { hookProgram } from '../agents/hooks/hookProgram.ts';
import { isRefusal } from '../git/program.ts';
import { hooksFolder, topFolder } from '../git/staged.ts';
import { dataHome } from '../journal/home.ts';
import { type Call, detailOf, Refusal } from './command.ts';
import { demandProgram } from './hooks.ts';
import { recordedFor } from './journals.ts';
import { writeWhole } from './output.ts';
import { hookWith, hookWithout, isShellScript, reviewedFolders } from './reviewHookText.ts';

/** What `holograph review --hook … --json` prints. Form: `media/schema/reviewHook.schema.json`. */
export interface ReviewHookDocument {
  readonly schema: 'holograph.reviewHook';
  readonly version: 1;
  readonly action: 'install' | 'remove';
  /** Git's hook, absolute. */
  readonly file: string;
  /** It is otherwise now than before. */
  readonly changed: boolean;
  /** Folders that it reviews now. */
  readonly folders: readonly string[];
}

/** `holograph review --hook install|remove`: the review before each commit. What else stands in the hook stays to the letter. */
export async function changeHook(call: Call, action: string): Promise<number> {
  if (action !== 'install' && action !== 'remove') throw new Refusal('error.hookAction', { action });
  const { folder } = recordedFor({ ...call, paths: [] }).consented;
  const { top, hooks } = await placesOf(folder);
  // What a link leads to is the hook; the link stays one.
  const named = join(hooks, 'pre-commit');
  const file = existsSync(named) ? realpathSync(named) : named;
  const before = existsSync(file) ? readFileSync(file).toString('latin1') : undefined;
  if (action === 'install') demandOurs(file, before);
  // Our lines are one each.
  if (/[\r\n]/.test(top + folder)) throw new Refusal('error.arguments', { detail: folder });
  // A script of the shell takes forward slashes on every system.
  const program = hookProgram(dataHome(call.io.env), 'linux').replaceAll('\\', '/');
  const after = action === 'install' ? hookWith(before, { program, top, folder }) : hookWithout(before, folder);
  if (after !== before) await write(call, file, after);
  const folders = after === undefined ? [] : reviewedFolders(after);
  const changed = after !== before;
  if (call.json) {
    const head = { schema: 'holograph.reviewHook', version: 1 } as const;
    call.document({ ...head, action, file, changed, folders } satisfies ReviewHookDocument);
    return 0;
  }
  call.print(call.words.t(changed ? `review.hook.${action}` : 'review.hook.same', { file }));
  if (action === 'install' && changed && isTracked(top, file)) call.note(call.words.t('review.hookTracked', { file }));
  return 0;
}

async function write(call: Call, file: string, text: string | undefined): Promise<void> {
  if (text === undefined) {
    rmSync(file);
    return;
  }
  const home = dataHome(call.io.env);
  await demandProgram(home, hookProgram(home));
  mkdirSync(dirname(file), { recursive: true });
  const mode = existsSync(file) ? statSync(file).mode & 0o777 : 0o755;
  writeWhole(file, Buffer.from(text, 'latin1'), mode);
}

/** Throws Refusal where lines in the hook would do something else than they say. */
function demandOurs(file: string, text: string | undefined): void {
  if (text === undefined) {
    // A link that leads nowhere is the person's: no file is put in its place.
    if (lstatSync(file, { throwIfNoEntry: false })) throw new Refusal('review.hookIdle', { file });
    return;
  }
  if (!isShellScript(text)) throw new Refusal('review.hookOther', { file });
  // Git runs no hook that may not be run; ours would bring the person's own to life.
  if (process.platform !== 'win32' && (statSync(file).mode & 0o100) === 0)
    throw new Refusal('review.hookIdle', { file });
}

async function placesOf(folder: string): Promise<{ readonly top: string; readonly hooks: string }> {
  try {
    return { top: await topFolder(folder), hooks: resolve(folder, await hooksFolder(folder)) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new Refusal('review.noGit', { folder, detail: detailOf(error) }, error);
  }
}

/** The hook is a file of the repository's own, which others get too. */
function isTracked(top: string, file: string): boolean {
  const inside = relative(realpathSync(top), realpathSync(file));
  return !isAbsolute(inside) && !/^\.\.|^\.git([/\\]|$)/.test(inside);
}
