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

/** The same of the replay of one file, or of the whole work. */
export async function makeReplay(
  surface: ReportNeeds,
  folder: WorkspaceFolder,
  of: Uri | undefined,
): Promise<Uri | undefined> {
  if (!(await savedOrAgreed(surface, folder))) return undefined;
  const file = Uri.joinPath(surface.scratch, `replay-${folder.index}.html`);
  return writeReport(surface, folder, { as: 'replay', file, ...(of && { of }) });
}

interface Written {
  readonly as: 'html' | 'pdf' | 'replay';
  readonly file: Uri;
  /** Of this file alone. */
  readonly of?: Uri;
}

/** Has the command line write the report into the file, in this form. Answers as `makeReport`. */
export function writeReport(
  surface: ReportNeeds,
  folder: WorkspaceFolder,
  { as, file, of }: Written,
): Thenable<Uri | undefined> {
  const { line, texts, settings, scratch } = surface;
  const language = settings.reportLanguage === 'auto' ? texts.language : settings.reportLanguage;
  return window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: texts.t(as === 'replay' ? 'replay.making' : 'report.making'),
      cancellable: true,
    },
    async (progress, token) => {
      await workspace.fs.createDirectory(scratch);
      await line.flush();
      const argv = ['report', ...(of ? [of.fsPath] : []), `--${as}`, file.fsPath, '--language', language];
      const result = await line.runCli(folder.uri, argv, watching(surface, progress, token));
      if (cancelled(token)) return undefined;
      if (result.code === 0) return file;
      void tellFailure(surface, texts.t(as === 'replay' ? 'replay.failed' : 'report.failed'), result);
      return undefined;
    },
  );
}
