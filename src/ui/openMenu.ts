import { commands, window, workspace } from 'vscode';
import type { RecordingState } from './line.ts';
import { menuItems } from './menu.ts';
import type { Surface } from './surface.ts';

/** `holograph.openMenu`: what can be done here now. */
export async function openMenu({ line, texts }: Surface): Promise<void> {
  const states = (workspace.workspaceFolders ?? []).map(folder => line.stateOf(folder.uri));
  const active = window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
  const state: RecordingState = (active && line.stateOf(active.uri)) ??
    states.find(({ kind }) => kind !== 'notRecorded') ??
    states[0] ?? { kind: 'notRecorded', why: 'folder' };
  const items = menuItems(state).map(({ icon, label, command }) => ({
    label: `$(${icon}) ${texts.t(label)}`,
    command,
  }));
  const picked = await window.showQuickPick(items, { title: 'Holograph', placeHolder: texts.t('menu.pick') });
  if (picked !== undefined) await commands.executeCommand(picked.command);
}
