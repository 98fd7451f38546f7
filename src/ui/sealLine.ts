import { env, ProgressLocation, window } from 'vscode';
import { tellFailure } from './cli.ts';
import { pickRecorded } from './folders.ts';
import type { Surface } from './surface.ts';

/** `holograph.copySealLine`: the head is signed, and the line that states it lies on the clipboard. */
export async function copySealLine(surface: Surface): Promise<void> {
  const { line, texts } = surface;
  const folder = await pickRecorded(surface);
  if (folder === undefined) return;
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('sealLine.making') },
    async () => {
      await line.flush();
      return line.runCli(folder.uri, ['seal']);
    },
  );
  if (result.code !== 0) return tellFailure(surface, texts.t('sealLine.failed'), result);
  await env.clipboard.writeText(result.stdout.trim());
  await window.showInformationMessage(texts.t('sealLine.done'));
}
