import { type WorkspaceFolder, window, workspace } from 'vscode';
import type { Line, RecordingState } from './line.ts';
import type { Surface } from './surface.ts';

/** The window's folders whose recording state is as asked. */
export function foldersThat(line: Line, fits: (state: RecordingState) => boolean): readonly WorkspaceFolder[] {
  return (workspace.workspaceFolders ?? []).filter(folder => fits(line.stateOf(folder.uri)));
}

export function hasJournal({ kind }: RecordingState): boolean {
  return kind !== 'notRecorded';
}

/** Consent or not, nothing is recorded: the journal cannot be opened. */
export function isStopped(state: RecordingState): boolean {
  return state.kind === 'problem' && state.problem.stopped === true;
}

/**
 * The folder a command is about: the only one, else that of the active editor if it is among them,
 * else the person's pick. `undefined`: there is none, or nothing was picked.
 */
export async function pickFolder(
  { texts }: Pick<Surface, 'texts'>,
  folders: readonly WorkspaceFolder[],
): Promise<WorkspaceFolder | undefined> {
  if (folders.length <= 1) return folders[0];
  const active = window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
  if (active && folders.includes(active)) return active;
  const picked = await window.showQuickPick(
    folders.map(folder => ({ label: folder.name, description: folder.uri.fsPath, folder })),
    { placeHolder: texts.t('folder.pick') },
  );
  return picked?.folder;
}

/** The folder whose journal a command is about; says so when no folder of the window has one. */
export async function pickRecorded(surface: Pick<Surface, 'line' | 'texts'>): Promise<WorkspaceFolder | undefined> {
  const folders = foldersThat(surface.line, hasJournal);
  if (folders.length === 0) void window.showInformationMessage(surface.texts.t('folder.noneRecorded'));
  return pickFolder(surface, folders);
}
