import { commands, ProgressLocation, type WorkspaceFolder, window, workspace } from 'vscode';
import { commands as ids } from '../host/ids.ts';
import { foldersThat, isStopped, pickFolder } from './folders.ts';
import type { NewRecord } from './line.ts';
import type { Surface } from './surface.ts';

type Needs = Pick<Surface, 'line' | 'texts' | 'log'>;

/** `holograph.startRecording`: the command itself is the consent, for one folder. */
export async function startRecording(surface: Needs & Pick<Surface, 'works'>): Promise<void> {
  const { line, texts } = surface;
  if (workspace.workspaceFolders === undefined) {
    const open = texts.t('folder.open');
    const answer = await window.showInformationMessage(texts.t('folder.none'), open);
    if (answer === open) await commands.executeCommand('vscode.openFolder');
    return;
  }
  const unrecorded = foldersThat(line, state => state.kind === 'notRecorded' || isStopped(state));
  if (unrecorded.length === 0) {
    const paused = foldersThat(line, ({ kind }) => kind === 'paused');
    if (paused.length > 0) await resumeRecording(surface);
    else void window.showInformationMessage(texts.t('recording.already'));
    return;
  }
  const folder = await pickFolder(surface, unrecorded);
  if (folder === undefined) return;
  const answer = isStopped(line.stateOf(folder.uri)) ? 'unasked' : await surface.works.ask(folder, true);
  if (answer !== 'settled') await begin(surface, folder, 'command', answer === 'unasked' ? undefined : answer);
}

/** Records a folder from now on, and says so. Where the record would be lost with the machine, that is asked first. */
export async function begin(
  surface: Needs,
  folder: WorkspaceFolder,
  by: 'person' | 'command',
  record?: NewRecord,
): Promise<void> {
  const { line, texts, log } = surface;
  if (!line.dataFolder.lasts && !(await agreesToLoss(surface))) return;
  try {
    await window.withProgress({ location: ProgressLocation.Window, title: texts.t('recording.starting') }, () =>
      line.start(folder, by, record),
    );
  } catch (failure) {
    log.error('Recording did not start', failure);
    // Then its message stands already.
    if (line.stateOf(folder.uri).kind === 'problem') return;
    const show = texts.t('action.showLog');
    const answer = await window.showErrorMessage(texts.t('recording.failed', { folder: folder.name }), show);
    if (answer === show) log.show();
    return;
  }
  void sayStarted(surface, folder);
}

async function sayStarted({ line, texts }: Needs, folder: WorkspaceFolder): Promise<void> {
  const more = texts.t('action.whatIsRecorded');
  const text = texts.t('recording.started', { folder: folder.name, place: line.dataFolder.path });
  if ((await window.showInformationMessage(text, more)) === more) await commands.executeCommand(ids.openWalkthrough);
}

async function agreesToLoss({ line, texts }: Needs): Promise<boolean> {
  const go = texts.t('recording.startAnyway');
  const detail = texts.t('recording.doesNotLast.detail', { place: line.dataFolder.path });
  const answer = await window.showWarningMessage(texts.t('recording.doesNotLast'), { modal: true, detail }, go);
  return answer === go;
}

export async function pauseRecording(surface: Needs): Promise<void> {
  const folders = foldersThat(
    surface.line,
    state => state.kind === 'recording' || (state.kind === 'problem' && !isStopped(state)),
  );
  const folder = await pickFolder(surface, folders);
  if (folder !== undefined) await surface.line.pause(folder);
  else if (folders.length === 0) void window.showInformationMessage(surface.texts.t('recording.nothingToPause'));
}

export async function resumeRecording(surface: Needs): Promise<void> {
  const folders = foldersThat(surface.line, ({ kind }) => kind === 'paused');
  const folder = await pickFolder(surface, folders);
  if (folder !== undefined) await surface.line.resume(folder);
  else if (folders.length === 0) void window.showInformationMessage(surface.texts.t('recording.nothingToResume'));
}
