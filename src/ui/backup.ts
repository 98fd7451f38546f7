import { commands, ProgressLocation, Uri, window } from 'vscode';
import { cancelled, remarks, tellFailure } from './cli.ts';
import { pickRecorded } from './folders.ts';
import type { Surface } from './surface.ts';

/** `holograph.backup`: a copy of a folder's journal in one file, while it is recorded. */
export async function backUp(surface: Pick<Surface, 'line' | 'texts' | 'log'>): Promise<void> {
  const { line, texts } = surface;
  const folder = await pickRecorded(surface);
  if (folder === undefined) return;
  const day = new Date().toISOString().slice(0, 10);
  const target = await window.showSaveDialog({
    title: texts.t('backup.title'),
    saveLabel: texts.t('backup.save'),
    // Beside the folder, not in it: what is in the work becomes part of the work.
    defaultUri: Uri.joinPath(folder.uri, '..', `${folder.name}-${day}.holograph`),
    filters: { [texts.t('backup.file')]: ['holograph'] },
  });
  if (target === undefined) return;
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('backup.making'), cancellable: true },
    async (_, token) => {
      await line.flush();
      const made = await line.runCli(folder.uri, ['backup', target.fsPath, '--language', texts.language], { token });
      return cancelled(token) ? undefined : made;
    },
  );
  if (result === undefined) return;
  if (result.code !== 0) return tellFailure(surface, texts.t('backup.failed'), result);
  const reveal = texts.t('action.showFile');
  const said = [...result.stdout.trim().split('\n'), ...remarks(result)].join(' · ');
  if ((await window.showInformationMessage(said, reveal)) === reveal) {
    await commands.executeCommand('revealFileInOS', target);
  }
}
