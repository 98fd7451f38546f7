import { ProgressLocation, type QuickPickItem, Uri, type WorkspaceFolder, window, workspace } from 'vscode';
import type { LabelledEntry, LabelsDocument } from '../../cli/label.ts';
import { tellFailure } from '../cli.ts';
import { hasJournal, pickRecorded } from '../folders.ts';
import type { Surface } from '../surface.ts';
import { asTheyStand, editLabels, pathIn, saveAll } from './labelEdit.ts';

const levels = ['edited', 'parts', 'generated'] as const;

/**
 * `holograph.labelWork`: which files, what the label says with the record's facts beside, whether it speaks of a review. Both
 * halves are written together, in the editor, and can be undone.
 */
export async function labelWork(surface: Surface, asked: unknown): Promise<void> {
  const { texts } = surface;
  const given = asked instanceof Uri ? asked : undefined;
  const folder = (given && workspace.getWorkspaceFolder(given)) ?? (await pickRecorded(surface));
  if (folder === undefined) return;
  if (!hasJournal(surface.line.stateOf(folder.uri)))
    return void window.showInformationMessage(texts.t('folder.noneRecorded'));
  await saveAll(folder);
  const found = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('label.looking') },
    () => ask(surface, folder, ['--dry-run', ...(given ? ['--', given.fsPath] : [])]),
  );
  const files = found && (given ? found : await pickFiles(surface, found));
  if (files === undefined || files.length === 0) return;
  const level = await pickLevel(surface, files);
  if (level === undefined) return;
  const reviewed = level === '--remove' ? [] : await pickReviewed(surface);
  if (reviewed === undefined) return;
  await write(surface, folder, files, [...(level === '' ? [] : [level]), ...reviewed]);
}

/** `holograph.updateLabel`, of a problem in the list: the label says what the record has now; what was chosen stays. */
export async function updateLabel(surface: Surface, asked: unknown): Promise<void> {
  const folder = asked instanceof Uri ? workspace.getWorkspaceFolder(asked) : undefined;
  if (!(asked instanceof Uri) || folder === undefined) return;
  await saveAll(folder, new Set([pathIn(folder, asked)]));
  const files = await ask(surface, folder, ['--dry-run', '--', asked.fsPath]);
  if (files !== undefined) await write(surface, folder, files, []);
}

async function write(
  surface: Surface,
  folder: WorkspaceFolder,
  files: readonly LabelledEntry[],
  options: readonly string[],
): Promise<void> {
  const { texts } = surface;
  const named = files.map(({ file }) => Uri.joinPath(folder.uri, file).fsPath);
  const done = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('label.writing') },
    async () => {
      const isAsPlanned = asTheyStand();
      const plan = await ask(surface, folder, [...options, '--dry-run', '--', ...named]);
      if (plan === undefined) return undefined;
      if (!(await editLabels(surface, folder, plan, isAsPlanned))) {
        void window.showErrorMessage(texts.t('label.failed'));
        return undefined;
      }
      // What stands in the texts now is on record; the file beside and the event come from the command line.
      return ask(surface, folder, [...options, '--', ...named]);
    },
  );
  if (done !== undefined) await tell(surface, folder, done, options.includes('--remove'));
}

async function tell(
  { texts }: Surface,
  folder: WorkspaceFolder,
  files: readonly LabelledEntry[],
  remove: boolean,
): Promise<void> {
  const changed = files.filter(({ did }) => did === 'written' || did === 'changed' || did === 'removed');
  const cannot = files.filter(({ did }) => did === 'cannot').map(({ file }) => file);
  const said = [
    ...(changed.length > 0 ? [texts.t(remove ? 'label.removed' : 'label.done', { n: changed.length })] : []),
    ...(changed.length + cannot.length === 0 ? [texts.t('label.same')] : []),
    ...(cannot.length > 0 ? [texts.t('label.cannot', { files: cannot.join(', ') })] : []),
  ].join(' ');
  const [first] = changed;
  const open = texts.t('label.open');
  const shown = cannot.length > 0 ? window.showWarningMessage : window.showInformationMessage;
  if ((await shown(said, ...(first ? [open] : []))) === open && first)
    await window.showTextDocument(Uri.joinPath(folder.uri, first.file));
}

/** What the command line answers; undefined, and told, where it cannot. That some files cannot be labelled is an answer. */
async function ask(
  surface: Surface,
  folder: WorkspaceFolder,
  argv: readonly string[],
): Promise<readonly LabelledEntry[] | undefined> {
  const { line, texts } = surface;
  await line.flush();
  const result = await line.runCli(folder.uri, ['label', '--json', '--language', texts.language, ...argv]);
  if (result.code <= 1 && result.stdout !== '') return (JSON.parse(result.stdout) as LabelsDocument).files;
  await tellFailure(surface, texts.t('label.failed'), result);
  return undefined;
}

/** Those with AI text on record, or a label. */
async function pickFiles(
  { texts }: Surface,
  all: readonly LabelledEntry[],
): Promise<readonly LabelledEntry[] | undefined> {
  const files = all.filter(({ did, faults }) => did !== 'none' || faults.length > 0);
  if (files.length === 0) {
    void window.showInformationMessage(texts.t('label.noFiles'));
    return undefined;
  }
  const active = window.activeTextEditor?.document.uri.path;
  const items = files.map(entry => ({
    label: entry.file,
    description: factsOf(texts, entry),
    picked:
      active === undefined ||
      !files.some(({ file }) => active.endsWith(`/${file}`)) ||
      active.endsWith(`/${entry.file}`),
    entry,
  }));
  const options = {
    title: texts.t('label.title'),
    placeHolder: texts.t('label.pickFiles'),
    canPickMany: true,
  } as const;
  return (await window.showQuickPick(items, options))?.map(({ entry }) => entry);
}

/** The option that says it; empty: as it was, or as the record has it. */
async function pickLevel({ texts }: Surface, files: readonly LabelledEntry[]): Promise<string | undefined> {
  const least = Math.max(...files.map(({ least }) => (least === null ? -1 : levels.indexOf(least))));
  const [one] = files;
  const proposed = files.length === 1 ? (one?.label?.level ?? one?.proposed ?? undefined) : undefined;
  const items: (QuickPickItem & { option: string })[] = [
    {
      label: texts.t('labelLevel.proposed'),
      ...(proposed && { description: texts.t(`labelLevel.${proposed}`) }),
      ...(one && files.length === 1 && { detail: factsOf(texts, one) }),
      option: '',
    },
    ...levels
      .filter(level => levels.indexOf(level) >= least)
      .map(level => ({ label: texts.t(`labelLevel.${level}`), option: `--level=${level}` })),
    { label: texts.t('labelLevel.remove'), option: '--remove' },
  ];
  const options = { title: texts.t('label.title'), placeHolder: texts.t('label.pickLevel') };
  return (await window.showQuickPick(items, options))?.option;
}

async function pickReviewed({ texts }: Surface): Promise<readonly string[] | undefined> {
  const items = [
    { label: texts.t('label.keepReviewed'), options: [] },
    { label: texts.t('label.reviewed'), options: ['--reviewed'] },
    { label: texts.t('label.unreviewed'), options: ['--unreviewed'] },
  ];
  const options = { title: texts.t('label.title'), placeHolder: texts.t('label.pickReviewed') };
  return (await window.showQuickPick(items, options))?.options;
}

/** The machine share with both bounds, and the tools. */
function factsOf(texts: Surface['texts'], { facts: { machine, human, open, tools } }: LabelledEntry): string {
  const all = machine + human + open;
  const percent = (n: number) =>
    new Intl.NumberFormat(texts.language, { style: 'percent' }).format(all === 0 ? 0 : n / all);
  const share = texts.t('label.share', { low: percent(machine), high: percent(machine + open) });
  return [share, ...new Set(tools.map(({ name }) => name))].join(' · ');
}
