import { type WorkspaceFolder, window, workspace } from 'vscode';
import type { Surface } from './surface.ts';

/**
 * Reports and packages show files as they were last saved. If some of the folder's are not, the person
 * says whether to save them first. False: the person wants neither.
 */
export async function savedOrAgreed(
  { texts: { t } }: Pick<Surface, 'texts'>,
  folder: WorkspaceFolder,
): Promise<boolean> {
  const unsaved = workspace.textDocuments.filter(
    ({ isDirty, isUntitled, uri }) =>
      isDirty && !isUntitled && workspace.getWorkspaceFolder(uri)?.uri.toString() === folder.uri.toString(),
  );
  if (unsaved.length === 0) return true;
  const names = unsaved.map(({ uri }) => workspace.asRelativePath(uri, false)).join(', ');
  const picked = await window.showQuickPick(
    [
      { label: t('unsaved.save'), detail: names, save: true },
      { label: t('unsaved.asSaved'), detail: t('unsaved.detail'), save: false },
    ],
    { title: t('unsaved.question') },
  );
  if (picked?.save) return (await Promise.all(unsaved.map(document => document.save()))).every(Boolean);
  return picked !== undefined;
}
