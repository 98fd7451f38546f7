import { TabInputText, type TextDocument, type WorkspaceFolder, window, workspace } from 'vscode';
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
    document =>
      isUnsaved(document) &&
      !document.isUntitled &&
      workspace.getWorkspaceFolder(document.uri)?.uri.toString() === folder.uri.toString(),
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

/** Measured: a text whose file was written while letters came is called clean, and is not; its tab says so. */
function isUnsaved({ isDirty, uri }: TextDocument): boolean {
  const tabs = window.tabGroups.all.flatMap(group => group.tabs);
  return (
    isDirty ||
    tabs.some(tab => tab.isDirty && tab.input instanceof TabInputText && tab.input.uri.toString() === uri.toString())
  );
}
