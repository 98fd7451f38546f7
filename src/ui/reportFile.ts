import { ProgressLocation, Uri, type WorkspaceFolder, window, workspace } from 'vscode';
import { cancelled, tellFailure, watching } from './cli.ts';
import type { Surface } from './surface.ts';
import { savedOrAgreed } from './unsaved.ts';

export type ReportNeeds = Pick<Surface, 'line' | 'texts' | 'settings' | 'log' | 'scratch'>;

/**
 * Makes the folder's report as it stands now and answers with its HTML file, which the next call
 * writes anew. `undefined`: cancelled, or it could not be made and the person was told why.
 */
export async function makeReport(surface: ReportNeeds, folder: WorkspaceFolder): Promise<Uri | undefined> {
  if (!(await savedOrAgreed(surface, folder))) return undefined;
  return writeReport(surface, folder, {
    as: 'html',
    file: Uri.joinPath(surface.scratch, `report-${folder.index}.html`),
  });
}

/** Has the command line write the report into the file, in this form. Answers as `makeReport`. */
export function writeReport(
  surface: ReportNeeds,
  folder: WorkspaceFolder,
  { as, file }: { readonly as: 'html' | 'pdf'; readonly file: Uri },
): Thenable<Uri | undefined> {
  const { line, texts, settings, scratch } = surface;
  const language = settings.reportLanguage === 'auto' ? texts.language : settings.reportLanguage;
  return window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('report.making'), cancellable: true },
    async (progress, token) => {
      await workspace.fs.createDirectory(scratch);
      await line.flush();
      const argv = ['report', `--${as}`, file.fsPath, '--language', language];
      const result = await line.runCli(folder.uri, argv, watching(surface, progress, token));
      if (cancelled(token)) return undefined;
      if (result.code === 0) return file;
      void tellFailure(surface, texts.t('report.failed'), result);
      return undefined;
    },
  );
}
