import { ProgressLocation, Uri, type WorkspaceFolder, window, workspace } from 'vscode';
import { cancelled, tellFailure } from './cli.ts';
import type { Surface } from './surface.ts';
import { savedOrAgreed } from './unsaved.ts';

export type ReportNeeds = Pick<Surface, 'line' | 'texts' | 'settings' | 'log' | 'scratch'>;

/**
 * Makes the folder's report as it stands now and answers with its HTML file, which the next call
 * writes anew. `undefined`: cancelled, or it could not be made and the person was told why.
 */
export async function makeReport(surface: ReportNeeds, folder: WorkspaceFolder): Promise<Uri | undefined> {
  const { line, texts, settings, scratch } = surface;
  if (!(await savedOrAgreed(surface, folder))) return undefined;
  const language = settings.reportLanguage === 'auto' ? texts.language : settings.reportLanguage;
  const file = Uri.joinPath(scratch, `report-${folder.index}.html`);
  return window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('report.making'), cancellable: true },
    async (_, token) => {
      await workspace.fs.createDirectory(scratch);
      await line.flush();
      const argv = ['report', '--html', file.fsPath, '--language', language];
      const result = await line.runCli(folder.uri, argv, token);
      if (cancelled(token)) return undefined;
      if (result.code === 0) return file;
      void tellFailure(surface, texts.t('report.failed'), result);
      return undefined;
    },
  );
}
