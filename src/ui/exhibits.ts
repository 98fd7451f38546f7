import { Uri, type WorkspaceFolder, window, workspace } from 'vscode';
import type { ExhibitsDocument } from '../cli/exhibit.ts';
import { tellFailure } from './cli.ts';
import { hasJournal, pickRecorded } from './folders.ts';
import type { Surface } from './surface.ts';

/** As the command line names them. */
const kinds = ['draft', 'plan', 'letter', 'version', 'agreement', 'terms', 'other'] as const;

/** `holograph.attachExhibit`: a file from the explorer, or one that is picked; what it is, and what it shows. */
export async function attachExhibit(surface: Surface, asked: unknown): Promise<void> {
  const { texts } = surface;
  const given = asked instanceof Uri ? asked : undefined;
  const folder = (given && recordedFolderOf(surface, given)) ?? (await pickRecorded(surface));
  const file = folder && (given ?? (await pickFile(surface, folder)));
  if (folder === undefined || file === undefined) return;
  const title = texts.t('exhibit.title');
  const kind = await window.showQuickPick(
    kinds.map(one => ({ label: texts.t(`exhibitKind.${one}`), one })),
    { title, placeHolder: texts.t('exhibit.pickKind') },
  );
  if (kind === undefined) return;
  const shows = await window.showInputBox({
    title,
    prompt: texts.t('exhibit.shows'),
    validateInput: text => (text.trim() === '' ? texts.t('exhibit.showsNothing') : undefined),
  });
  if (shows === undefined) return;
  const date = await window.showInputBox({
    title,
    prompt: texts.t('exhibit.date'),
    validateInput: text => (/^(\d{4}(-\d\d(-\d\d)?)?)?$/.test(text.trim()) ? undefined : texts.t('describe.dayHint')),
  });
  if (date === undefined) return;
  const dated = date.trim() === '' ? [] : [`--date=${date.trim()}`];
  const argv = ['exhibit', 'add', `--shows=${shows}`, `--kind=${kind.one}`, ...dated, '--json'];
  await surface.line.flush();
  const result = await surface.line.runCli(folder.uri, [...argv, '--language', texts.language, '--', file.fsPath]);
  if (result.code !== 0) return tellFailure(surface, texts.t('exhibit.failed'), result);
  const [exhibit] = (JSON.parse(result.stdout) as ExhibitsDocument).exhibits;
  void window.showInformationMessage(texts.t('exhibit.done', { name: exhibit?.name ?? '', file: exhibit?.file ?? '' }));
}

/** `holograph.setMilestone`: the person says how far the work has come. */
export async function setMilestone(surface: Surface): Promise<void> {
  const { line, texts } = surface;
  const folder = await pickRecorded(surface);
  const said =
    folder && (await window.showInputBox({ title: texts.t('milestone.title'), prompt: texts.t('milestone.ask') }));
  if (folder === undefined || said === undefined || said.trim() === '') return;
  // What was done until now belongs to it.
  await line.flush();
  const result = await line.runCli(folder.uri, ['milestone', '--language', texts.language, '--', said]);
  if (result.code !== 0) return tellFailure(surface, texts.t('milestone.failed'), result);
  void window.showInformationMessage(texts.t('milestone.done', { text: said.trim() }));
}

function recordedFolderOf({ line }: Surface, file: Uri): WorkspaceFolder | undefined {
  const folder = workspace.getWorkspaceFolder(file);
  return folder !== undefined && hasJournal(line.stateOf(folder.uri)) ? folder : undefined;
}

async function pickFile({ texts }: Surface, folder: WorkspaceFolder): Promise<Uri | undefined> {
  const picked = await window.showOpenDialog({
    title: texts.t('exhibit.title'),
    openLabel: texts.t('exhibit.attach'),
    defaultUri: folder.uri,
  });
  return picked?.[0];
}
