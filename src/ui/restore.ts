import { ProgressLocation, type WorkspaceFolder, window, workspace } from 'vscode';
import { tellFailure } from './cli.ts';
import { foldersThat } from './folders.ts';
import type { Surface } from './surface.ts';

type Needs = Pick<Surface, 'line' | 'texts' | 'log'>;

/**
 * `holograph.restore`: a backup back into the data folder. Where the work lies now is the person's to say; what is
 * recorded here already is never overwritten.
 */
export async function restoreBackup(surface: Needs, asked?: WorkspaceFolder): Promise<void> {
  const { line, texts } = surface;
  const picked = await window.showOpenDialog({
    title: texts.t('restore.title'),
    openLabel: texts.t('restore.open'),
    filters: { [texts.t('backup.file')]: ['holograph'], [texts.t('restore.any')]: ['*'] },
  });
  const file = picked?.[0]?.fsPath;
  if (file === undefined) return;
  const place = await placeFor(surface, asked);
  if (place === undefined) return;
  const where = place === 'before' ? [] : ['--folder', place.uri.fsPath];
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('restore.restoring') },
    () => line.runCli(undefined, ['restore', file, ...where, '--language', texts.language]),
  );
  if (result.code === 2) return tellFailure(surface, texts.t('restore.failed'), result);
  // What has its journal now is recorded from now on; where there is none, nothing comes of it.
  for (const folder of workspace.workspaceFolders ?? []) {
    if (line.stateOf(folder.uri).kind === 'notRecorded') await line.takeUp(folder);
  }
  const show = result.code === 0 ? window.showInformationMessage : window.showWarningMessage;
  void show(result.stdout.trim());
}

/** Where the work lies now: a folder of this window that is not recorded, or where it lay. Undefined: put off. */
async function placeFor({ line, texts }: Needs, asked: WorkspaceFolder | undefined) {
  if (asked !== undefined) return asked;
  const free = foldersThat(line, state => state.kind === 'notRecorded' && state.why === 'consent');
  if (free.length === 0) return 'before' as const;
  const items = [
    ...free.map(folder => ({ label: folder.name, description: folder.uri.fsPath, place: folder })),
    { label: texts.t('restore.before'), description: '', place: 'before' as const },
  ];
  return (await window.showQuickPick(items, { placeHolder: texts.t('restore.where') }))?.place;
}
