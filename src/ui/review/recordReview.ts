import { FileSystemError, Uri, type WorkspaceFolder, window, workspace } from 'vscode';
import type { ReviewedDocument } from '../../cli/reviewed.ts';
import type { FileReview } from '../../rights/review.ts';
import { tellFailure } from '../cli.ts';
import type { Surface } from '../surface.ts';
import { savedOrAgreed } from '../unsaved.ts';

/** What the person said of themselves last time, offered again. */
const remembered = 'review.reviewer';

interface Reviewer {
  readonly name: string;
  readonly role: string;
}

/** Asks who looked at which files, and what they say; puts it on record. False: nothing was. */
export async function recordReview(
  surface: Surface,
  folder: WorkspaceFolder,
  all: readonly FileReview[],
  given?: string,
): Promise<boolean> {
  const { texts, line, kept } = surface;
  const { t } = texts;
  if (!(await savedOrAgreed(surface, folder))) return false;
  const files = given === undefined ? await pickFiles(surface, all) : [given];
  if (files === undefined || files.length === 0) return false;
  const looked = await bytesOf(folder, files);
  const before = kept.person.get<Reviewer>(remembered, { name: '', role: '' });
  const title = t('review.recordTitle', { n: files.length });
  const name = await window.showInputBox({
    title,
    prompt: t('review.askName'),
    value: before.name,
    validateInput: text => (text.trim() === '' ? t('review.nameEmpty') : undefined),
  });
  if (name === undefined) return false;
  const role = await window.showInputBox({ title, prompt: t('review.askRole'), value: before.role });
  if (role === undefined) return false;
  const approval = await window.showQuickPick(
    (['yes', 'no', 'unsaid'] as const).map(one => ({ label: t(`review.approval.${one}`), one })),
    { title, placeHolder: t('review.askApproval') },
  );
  if (approval === undefined) return false;
  const note = await window.showInputBox({ title, prompt: t('review.askNote') });
  if (note === undefined) return false;
  const said = [
    `--by=${name}`,
    ...(role.trim() === '' ? [] : [`--role=${role}`]),
    ...(note.trim() === '' ? [] : [`--note=${note}`]),
    ...(approval.one === 'unsaid' ? [] : [`--approved=${approval.one}`]),
  ];
  // Answers take a while, and others write: nobody has looked at what came since the first question.
  const changed = differing(files, looked, await bytesOf(folder, files));
  if (changed.length > 0) {
    void window.showWarningMessage(t('review.changedMeanwhile', { files: changed.join(', ') }));
    return false;
  }
  await line.flush();
  const argv = ['reviewed', ...said, '--json', '--language', texts.language, '--', ...files];
  const result = await line.runCli(folder.uri, argv);
  if (result.code !== 0) {
    await tellFailure(surface, t('review.recordFailed'), result);
    return false;
  }
  await kept.person.update(remembered, { name: name.trim(), role: role.trim() } satisfies Reviewer);
  const [review] = (JSON.parse(result.stdout) as ReviewedDocument).reviews;
  void window.showInformationMessage(t('review.recorded', { n: review?.files.length ?? 0, who: name.trim() }));
  return true;
}

/** The files as they stand; undefined: there is none. */
function bytesOf(folder: WorkspaceFolder, files: readonly string[]): Promise<readonly (Uint8Array | undefined)[]> {
  return Promise.all(
    files.map(async path => {
      try {
        return await workspace.fs.readFile(Uri.joinPath(folder.uri, path));
      } catch (error) {
        if (error instanceof FileSystemError) return undefined;
        throw error;
      }
    }),
  );
}

function differing(
  files: readonly string[],
  before: readonly (Uint8Array | undefined)[],
  after: readonly (Uint8Array | undefined)[],
): readonly string[] {
  return files.filter((_, i) => {
    const [then, now] = [before[i], after[i]];
    return then === undefined || now === undefined ? then !== now : Buffer.compare(then, now) !== 0;
  });
}

/** Those that have changed since a review, or had none, are picked beforehand. */
async function pickFiles({ texts }: Surface, all: readonly FileReview[]): Promise<readonly string[] | undefined> {
  const items = all.map(({ path, reviewed }) => ({
    label: path,
    picked: reviewed === null || reviewed.text !== 'same',
    ...(reviewed !== null && {
      description: texts.t(reviewed.text === 'same' ? 'review.reviewed' : 'review.reviewedBefore'),
    }),
  }));
  const picked = await window.showQuickPick(items, { canPickMany: true, title: texts.t('review.pickFiles') });
  return picked?.map(({ label }) => label);
}
